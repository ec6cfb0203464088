using System.Net;
using System.Text.RegularExpressions;
using CustomerService.Repairs.Components.Features;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Features;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Repairs.Rmas.Features;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>What customers are mailed of their offers, what the clock marks, and what a scan finds (C3.1.1, C3.1.2,
/// C10).</summary>
public sealed partial class OfferMailTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "C5.1.1.1")]
    [Trait("Rule", "C3.1.2")]
    public async Task Given_an_offer_by_mail_When_sent_reminded_and_lapsed_Then_the_customer_has_a_mail_of_each()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var unit = await QuotedAsync(it);
        (await it.DoAsync(unit, it.Service, "send-offer", new MakeOutOffer.SendRequest(ContactChannel.Mail))).Ok();

        var sent = await MailAsync(it, 1);
        sent.ShouldContain("817.00");
        var path = new Uri(Address().Match(sent).Value).AbsolutePath.Replace(
            "/api/repairs",
            "",
            StringComparison.Ordinal
        );
        var page = (await new ApiClient(Fixture.Service.Http, null).GetAsync(path)).Ok();
        page["_actions"].AsArray().Select(action => action!.ToString()).ShouldContain("consent");

        await SetAsync($"update rma_units set offer_sent_on = offer_sent_on - 4 where id = {unit}");
        (await MailAsync(it, 2)).ShouldContain("尚未收到");
        await SetAsync(
            $"update rma_units set offer_sent_on = offer_sent_on - 11, offer_valid_through = offer_valid_through - 15 where id = {unit}"
        );
        (await MailAsync(it, 3)).ShouldContain("失效");

        var read = (await it.Service.GetAsync($"/v1/rma-units/{unit}")).Ok();
        read.State.ShouldBe("lapsed");
        await Fixture.EventAsync(unit, "repairs.rma-unit.offer-lapsed.v1");
        (await it.Service.GetAsync($"/v1/rma-units/{unit}/timeline?limit=200"))
            .Ok()
            .Items.Where(entry => entry["kind"]!.ToString() == "mail")
            .Select(entry => entry["mail"]!["occasion"]!.ToString())
            .Distinct()
            .ShouldBe(["offer-lapsed", "offer-reminder", "offer-sent"], ignoreOrder: true);
    }

    [Fact]
    [Trait("Rule", "C5.1.1.1")]
    public async Task Given_an_offer_by_fax_When_sent_Then_nothing_is_mailed()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var unit = await QuotedAsync(it);

        (await it.DoAsync(unit, it.Service, "send-offer", new MakeOutOffer.SendRequest(ContactChannel.Fax))).Ok();

        (await it.Service.GetAsync($"/v1/rma-units/{unit}/timeline?limit=200"))
            .Ok()
            .Items.ShouldNotContain(entry => entry["kind"]!.ToString() == "mail");
    }

    [Fact]
    [Trait("Rule", "C3.1.2")]
    public async Task Given_nobody_reached_in_time_When_the_job_comes_by_Then_marked_once_and_listed_until_reached()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var unit = await ChargedAsync(it);
        var list = $"/v1/rma-units?customerId={it.CustomerId}&contactOverdue=";
        (await it.Service.GetAsync(list + "true")).Ok().Items.ShouldBeEmpty();
        await SetAsync($"update rma_units set contact_due_on = contact_due_on - 10 where id = {unit}");

        await Fixture.EventAsync(unit, "repairs.rma-unit.contact-overdue.v1");

        (await it.Service.GetAsync(list + "true")).Ok().Items.Single()["id"]!.ToString().ShouldBe(unit.ToString());
        (await it.Service.GetAsync(list + "false")).Ok().Items.ShouldBeEmpty();
        var seen = (await it.Service.GetAsync($"/v1/rma-units/{unit}")).Ok();
        seen["contactOverdue"].GetValue<bool>().ShouldBeTrue();
        var customers = (await it.Customer.GetAsync($"/v1/rma-units/{unit}")).Ok().Body!;
        customers["contactOverdue"].ShouldBeNull();
        customers["contactOverdueOn"].ShouldBeNull();
        var told = new MakeOutOffer.ContactRequest(ContactChannel.Phone, "李經理", true, "同意面談");
        (await it.DoAsync(unit, it.Service, "log-contact", told)).Ok();
        (await it.Service.GetAsync(list + "true")).Ok().Items.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C10")]
    [Trait("Rule", "C3.1.1")]
    public async Task Given_the_codes_on_papers_When_scanned_Then_the_record_of_each_and_not_for_strangers()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.MachineAsync(1);
        var unit = (await it.UnitsAsync((await it.ReceivedAsync(it.Serial(1))).Id)).Single();
        await it.DiagnosedAsync(unit);
        await it.PassedAsync(unit);
        var shipment = (await it.ShipAsync(1, unit)).Ok();
        var number = shipment.Text("number");
        number.ShouldNotBeEmpty();

        var found = (await it.Service.GetAsync("/v1/scan/" + number.ToLowerInvariant())).Ok();

        found["found"]["kind"]!.ToString().ShouldBe("shipment");
        found["found"]["id"]!.ToString().ShouldBe(shipment.Id.ToString());
        found["found"]["address"]!.ToString().ShouldBe($"/api/repairs/v1/shipments/{shipment.Id}");
        found["promisedTo"].ToString().ShouldBe(it.CustomerName);
        found["next"].AsArray().ShouldNotBeEmpty();
        (await it.Stranger.GetAsync("/v1/scan/" + number)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await it.Service.GetAsync("/v1/scan/NO-SUCH")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_a_number_that_is_taken_When_entered_again_Then_the_refusal_names_the_other_machine()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var machine = await it.MachineAsync(1);

        var refused = await it.Service.PostAsync(
            "/v1/product-serials",
            new RegisterProductSerial.Request(it.Serial(1).ToLowerInvariant(), it.ModelId)
        );

        refused.Refused("serial-exists", "S4");
        refused["existingId"].ToString().ShouldBe(machine.ToString());
        refused["existingNumber"].ToString().ShouldBe(it.Serial(1));
        refused["existingCustomer"].ToString().ShouldBe(it.CustomerName);
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public async Task Given_a_maker_who_does_not_answer_When_the_day_passes_Then_marked_once_until_another_day_is_named()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var unit = (await it.UnitsAsync((await it.ReceivedAsync(it.Serial(1))).Id)).Single();
        var claim = (
            await it.Service.PostAsync(
                "/v1/maker-claims",
                new PrepareMakerClaim.Request(unit, "華芯電子", "MAINBOARD", "主控板", "MB-7", 1, "擊穿", 320m)
            )
        ).Ok();
        var path = $"/v1/maker-claims/{claim.Id}";
        (
            await it.Repairer.ChangeAsync(
                path,
                "send",
                new PrepareMakerClaim.SendRequest(it.Today, "順豐", "SF3", "R-1")
            )
        ).Ok();
        Fixture.NamesOf(claim.Id).ShouldNotContain("overdue");
        await SetAsync($"update maker_claims set expected_on = {it.Today.AddDays(-1)} where id = {claim.Id}");

        await Fixture.EventAsync(claim.Id, "repairs.maker-claim.overdue.v1");

        (await OverdueOnAsync(claim.Id)).ShouldBe(it.Today);
        (
            await it.Repairer.ChangeAsync(
                path,
                "expect",
                new AnswerMakerClaim.ExpectRequest(it.Today.AddDays(5), "缺料")
            )
        ).Ok();
        (await OverdueOnAsync(claim.Id)).ShouldBeNull();
        Fixture.NamesOf(claim.Id).Count(name => name == "overdue").ShouldBe(1);
    }

    private async Task<DateOnly?> OverdueOnAsync(Guid claim)
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RepairsDb>();
        return (await db.MakerClaims.AsNoTracking().SingleAsync(one => one.Id == claim)).OverdueOn;
    }

    private async Task<Guid> ChargedAsync(GoodsCase it)
    {
        await it.MachineAsync(1, monthsAgo: 30);
        var unit = (await it.UnitsAsync((await it.ReceivedAsync(it.Serial(1))).Id)).Single();
        await it.DiagnosedAsync(unit);
        return unit;
    }

    private async Task<Guid> QuotedAsync(GoodsCase it)
    {
        var unit = await ChargedAsync(it);
        (
            await it.DoAsync(
                unit,
                it.Repairer,
                "make-out-offer",
                new MakeOutOffer.Request(
                    [new("更換主控板", 1, 680.00m, "MAINBOARD"), new("工時", 2, 90.00m)],
                    5m,
                    "老客戶"
                )
            )
        ).Ok();
        return unit;
    }

    private async Task<string> MailAsync(GoodsCase it, int count)
    {
        await Eventually.Holds(() =>
        {
            Fixture.Mail.To(it.Mail).Count.ShouldBe(count);
            return Task.CompletedTask;
        });
        return Fixture.Mail.To(it.Mail)[^1].TextBody!;
    }

    private async Task SetAsync(FormattableString sql)
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RepairsDb>().Database.ExecuteSqlAsync(sql);
    }

    [GeneratedRegex("https?://\\S+")]
    private static partial Regex Address();
}
