using System.Net;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Repairs.Products.Features;
using CustomerService.Repairs.Tests.Domain;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>The QR code on a machine: what is covered until when, and a report (C3.1.1, C5.1.3).</summary>
public sealed class SerialLinkTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "C3.1.1")]
    public async Task Given_a_link_When_its_label_is_printed_Then_it_names_the_machine()
    {
        var (it, path) = await LinkedAsync();

        var (answer, file) = await Fixture.Anonymous().DownloadAsync(path + "/label.pdf?language=en");

        if (File.Exists(Servers.Fonts.Cjk))
        {
            file.AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue(it.Serial(1));
        }
        else
        {
            answer.Code.ShouldBe("font-missing");
        }

        (await Fixture.Anonymous().GetAsync("/v1/customer-links/nothing/label.pdf")).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public async Task Given_a_code_When_scanned_Then_the_machine_and_nothing_of_its_customer()
    {
        var (it, path) = await LinkedAsync();

        var page = (await Fixture.Anonymous().GetAsync(path + "/machine")).Ok();

        page.Text("serial").ShouldBe(it.Serial(1));
        page["covered"]!.GetValue<bool>().ShouldBeTrue();
        page["mainComponents"]!.AsArray().Single()!.ToString().ShouldBe("主控板");
        page.Body!.AsObject()
            .Select(member => member.Key)
            .ShouldBe(
                [
                    "_actions",
                    "language",
                    "serial",
                    "modelCode",
                    "modelName",
                    "state",
                    "warrantyEndsOn",
                    "covered",
                    "mainComponents",
                    "inRepair",
                    "validThrough",
                ],
                ignoreOrder: true
            );
        page.Actions.ShouldBe(["report"]);
        (await Fixture.Anonymous().PageAsync(path + "/machine")).Html.ShouldContain("data-to=\"../report\"");
        page.Raw.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    [Trait("Rule", "C5.1.1")]
    public async Task Given_a_code_When_a_repair_is_reported_with_photos_Then_an_rma_with_the_three_answers()
    {
        var (it, path) = await LinkedAsync();
        var anonymous = Fixture.Anonymous();

        var receipt = (await anonymous.PostAsync(path + "/report", Report(it, UseSerialLink.Wish.Repair))).Ok();
        (
            await anonymous.PostAsync(
                $"{path}/photos?reportId={receipt.Id}",
                TestPictures.Form(TestPictures.Png, "a.png")
            )
        ).Ok();

        var rma = (await it.Service.GetAsync($"/v1/rmas/{receipt.Id}")).Ok();
        rma["answers"]!["reason"]!.ToString().ShouldBe("開機無反應");
        rma["lines"]!.AsArray().Single()!["serials"]!.AsArray().Single()!.ToString().ShouldBe(it.Serial(1));
        var photo = (await it.Service.GetAsync($"/v1/rmas/{receipt.Id}/files")).Ok().Items.Single();
        photo["purpose"]!.ToString().ShouldBe("damage");
        (await anonymous.GetAsync(path + "/machine")).Ok()["inRepair"]!.GetValue<bool>().ShouldBeTrue();
        (await anonymous.PostAsync(path + "/report", Report(it, UseSerialLink.Wish.Repair))).Refused(
            "serial-in-open-rma",
            "S4"
        );
        (
            await anonymous.PostAsync(
                $"{path}/photos?reportId={Guid.CreateVersion7()}",
                TestPictures.Form(TestPictures.Png, "a.png")
            )
        ).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Rule", "C5.1.3")]
    public async Task Given_a_code_When_an_exchange_is_asked_Then_a_case_with_all_three_answers_and_never_without()
    {
        var (it, path) = await LinkedAsync();
        var anonymous = Fixture.Anonymous();
        var report = Report(it, UseSerialLink.Wish.Exchange);
        (await anonymous.PostAsync(path + "/report", report with { PurchasedOn = null })).Status.ShouldBe(
            HttpStatusCode.BadRequest
        );

        var receipt = (await anonymous.PostAsync(path + "/report", report)).Ok();

        var one = (await it.Service.GetAsync($"/v1/return-cases/{receipt.Id}")).Ok();
        one["missingAnswers"]!.AsArray().ShouldBeEmpty();
        one.Text("kind").ShouldBe("exchange");
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public async Task Given_a_revoked_code_When_used_Then_refused_and_an_unknown_one_is_not_found()
    {
        var (it, path) = await LinkedAsync();
        var machine = (await it.Service.GetAsync($"/v1/product-serials?number={it.Serial(1)}")).Ok().Items.Single();
        var link = (await it.Service.GetAsync($"/v1/product-serials/{machine["id"]}/links")).Ok().Items.Single();
        link["path"].ShouldBeNull("the secret is told once");

        (await it.Service.PostAsync($"/v1/serial-links/{link["id"]}/revoke", null, $"\"{link["version"]}\"")).Ok();

        (await Fixture.Anonymous().GetAsync(path + "/machine")).Refused("link-revoked", "C3.1.1");
        (await Fixture.Anonymous().PostAsync(path + "/report", Report(it, UseSerialLink.Wish.Repair))).Refused(
            "link-revoked",
            "C3.1.1"
        );
        (await Fixture.Anonymous().GetAsync("/v1/customer-links/nothing/machine")).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
        (await it.Customer.GetAsync($"/v1/product-serials/{machine["id"]}/links")).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }

    private async Task<(GoodsCase It, string Path)> LinkedAsync()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var machine = await it.MachineAsync(1);
        var made = (await it.Service.PostAsync($"/v1/product-serials/{machine}/links", null)).Ok();
        return (it, made.Text("path")[..^"/machine".Length]);
    }

    private static UseSerialLink.Request Report(GoodsCase it, UseSerialLink.Wish wish) =>
        new(wish, it.Today.AddMonths(-1), "變頻電機", "開機無反應", "李小姐", "021-6666");
}

/// <summary>The rules of the link behind a machine's QR code.</summary>
public sealed class SerialLinkRuleTests
{
    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_a_link_When_its_last_day_has_passed_Then_expired_and_revoked_once()
    {
        var link = SerialLink.Make(Goods.Service, Goods.Serial(), "hash").Required();

        link.Check(link.ValidThrough).ShouldBeNull();
        link.Check(link.ValidThrough.AddDays(1))!.Code.ShouldBe("link-expired");
        link.Revoke(A.Context(Someone.InFinance()))!.Code.ShouldBe("role-missing");
        link.Revoke(Goods.Service).ShouldBeNull();
        link.Revoke(Goods.Service)!.Code.ShouldBe("link-revoked");
        link.Check(link.ValidThrough)!.Code.ShouldBe("link-revoked");
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_machine_without_customer_When_a_link_is_made_Then_refused()
    {
        var serial = ProductSerial
            .Register(Goods.Service, new("SN-9", Goods.Model(), null, null, null, null))
            .Required();
        SerialLink.Make(Goods.Service, serial, "hash").Failed(out var refusal, out _);
        refusal!.Code.ShouldBe("serial-without-customer");
    }
}
