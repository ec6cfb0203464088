using System.Net;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Returns.Features;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Repairs.Rmas.Features;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>A user's path: twenty machines in, nineteen counted, two charged, one exchanged, all where they belong.</summary>
public sealed class RmaStoryTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "C3.1.1")]
    public async Task Twenty_machines_in_nineteen_counted_two_charged_one_exchanged_and_all_where_they_belong()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.TermsAsync();
        // The first two are out of warranty.
        for (var i = 1; i <= 21; i++)
        {
            await it.MachineAsync(i, i <= 2 ? 30 : 1);
        }

        var serials = Enumerable.Range(1, 20).Select(it.Serial).ToList();
        var rma = (await it.DeclareAsync(new DeclareRma.LineRequest(Serials: serials, Words: "開機無反應"))).Ok();
        var counted = (
            await it.Service.ChangeAsync(
                $"/v1/rmas/{rma.Id}",
                "receive",
                new ReceiveRma.Request([
                    .. serials.Take(19).Select(s => new ReceiveRma.ItemRequest(s.Replace('S', 'Ｓ'))),
                ])
            )
        ).Ok();
        counted.State.ShouldBe("counted");
        counted["missing"].AsArray().Single()!["serial"]!.ToString().ShouldBe(it.Serial(20));
        var units = await it.UnitsAsync(rma.Id);
        (await it.DoAsync(units[0], it.Service, "hand-over")).Refused("count-not-confirmed", "C5.1.1");
        Task<ApiAnswer> Confirm(string serial, int quantity) =>
            it.Service.ChangeAsync(
                $"/v1/rmas/{rma.Id}",
                "confirm",
                new ConfirmRmaCount.Request(19, null, new("李經理", WordBy.Letter, it.Today), [new(quantity, serial)])
            );
        var another = await Confirm(it.Serial(19), 1);
        another.Refused("count-line-differs", "C5.1.1");
        another.Readable().ShouldContain(it.Serial(20));
        var agreed = (await Confirm(it.Serial(20), 0)).Ok();
        agreed["confirmations"][0]!["lines"]![0]!["serial"]!.ToString().ShouldBe(it.Serial(20));

        // One consents, one refuses.
        foreach (var unit in units)
        {
            await it.DiagnosedAsync(unit);
        }

        var (consents, refuses, exchanged) = (units[0], units[1], units[2]);
        (await it.DoAsync(consents, it.Repairer, "start-repair")).Refused("consent-needed", "C5.1.1.1");
        var consent = await it.OfferedAsync(consents);
        (await it.DoAsync(consents, it.Service, "make-out-charge", new MakeOutCharge.Request(817m))).Refused(
            "consent-missing",
            "C5.1.1.1"
        );
        (await it.DoAsync(consents, it.Customer, "consent", consent)).Ok();
        var charged = (await it.DoAsync(consents, it.Service, "make-out-charge", new MakeOutCharge.Request(817m))).Ok();
        charged["charge"]["number"]!.ToString().ShouldStartWith("FM002-");
        charged.Text("offerNumber").ShouldStartWith("FM001-");
        (await it.DoAsync(consents, it.Handler, "annotate", new MakeOutCharge.AnnotateRequest("林"))).Ok();
        (await it.DoAsync(consents, it.Repairer, "receive-original")).Ok();
        await it.PassedAsync(consents, from: "finish-repair");

        _ = await it.OfferedAsync(refuses);
        (
            await it.DoAsync(
                refuses,
                it.Service,
                "refuse",
                new AnswerOffer.Request(1, Recorded: new("李經理", WordBy.Phone, it.Today))
            )
        ).Ok();
        (await it.DoAsync(refuses, it.Handler, "annotate", new MakeOutCharge.AnnotateRequest("林"))).Ok();
        (await it.DoAsync(refuses, it.Repairer, "receive-original")).Ok();
        (await it.DoAsync(refuses, it.Repairer, "reassemble")).Ok();

        // One is exchanged: its machine's warranty goes on with the other.
        var asked = (
            await it.Service.PostAsync(
                "/v1/return-cases",
                new RequestReturn.Request(it.CustomerId, ReturnKind.Exchange, UnitId: exchanged, Reason: "多次維修")
            )
        ).Ok();
        (await it.ReturnAsync(asked.Id, it.Service, "raise-doubt", new DecideReturn.DoubtRequest("批次不良"))).Ok();
        var inspected = (
            await it.ReturnAsync(
                asked.Id,
                it.Qc,
                "inspect",
                new DecideReturn.InspectRequest("定子短路", true, ReturnLiability.Company, 1, 1)
            )
        ).Ok();
        inspected["report"]["number"]!.ToString().ShouldStartWith("JY-");
        (await it.ReturnAsync(asked.Id, it.Service, "accept", new DecideReturn.Request("4.2", "品質問題"))).Ok();
        (
            await it.ReturnAsync(
                asked.Id,
                it.Service,
                "ship-replacement",
                new IssueReturnSlip.ReplacementRequest(1, it.Serial(21))
            )
        ).Refused("goods-or-slip-missing", "C5.1.5");
        (await it.ReturnAsync(asked.Id, it.AfterSales, "receive-goods", new IssueReturnSlip.GoodsRequest(1))).Ok();
        var slip = (
            await it.ReturnAsync(asked.Id, it.Service, "issue-slip", new IssueReturnSlip.Request(it.Today, "品質問題"))
        ).Ok();
        slip["slip"]["number"]!.ToString().ShouldStartWith("TH-");
        (await it.ReturnAsync(asked.Id, it.Salesman, "hand-slip", new IssueReturnSlip.HandRequest())).Ok();
        (await it.ReturnAsync(asked.Id, it.Finance, "book-slip", new IssueReturnSlip.HandRequest())).Refused(
            "slip-not-signed",
            "C5.1.5"
        );
        (await it.ReturnAsync(asked.Id, it.AfterSales, "collect-slip", new IssueReturnSlip.HandRequest())).Ok();
        (
            await it.ReturnAsync(
                asked.Id,
                it.AfterSales,
                "ship-replacement",
                new IssueReturnSlip.ReplacementRequest(1, it.Serial(21), "順豐", "SF9")
            )
        ).Ok();
        (await it.ReturnAsync(asked.Id, it.SalesManager, "sign-slip", new IssueReturnSlip.SignRequest("洪"))).Ok();
        (await it.ReturnAsync(asked.Id, it.Finance, "book-slip", new IssueReturnSlip.HandRequest())).Ok();
        (await it.ReturnAsync(asked.Id, it.Service, "close")).Refused("replacement-not-delivered", "C3.1.1");
        var proof = new ConfirmReplacement.Request
        {
            Proof = ReceiptProof.Carrier,
            Receiver = "李經理",
            On = it.Today,
            FileId = Guid.CreateVersion7(),
        };
        (await it.ReturnAsync(asked.Id, it.Service, "confirm-replacement", proof)).Code.ShouldBe("proof-unknown");
        var scan = (
            await it.Service.PostAsync(
                $"/v1/return-cases/{asked.Id}/files?purpose=scan",
                TestPictures.Form(TestPictures.Pdf, "簽收單.pdf")
            )
        ).Ok();
        var delivered = (
            await it.ReturnAsync(asked.Id, it.Service, "confirm-replacement", proof with { FileId = scan.Id })
        ).Ok();
        delivered["replacement"]["delivery"]!["carrier"]!.ToString().ShouldBe("順豐");
        delivered["replacement"]["delivery"]!["fileId"]!.ToString().ShouldBe(scan.Id.ToString());
        var seen = (await it.Customer.GetAsync($"/v1/return-cases/{asked.Id}")).Ok()["replacement"]["delivery"]!;
        (seen["receiver"]!.ToString(), seen["fileId"], seen["by"]).ShouldBe(("李經理", null, null));
        (await it.ReturnAsync(asked.Id, it.Service, "close")).Ok().State.ShouldBe("closed");

        // The others are repaired under warranty; two shipments, both received.
        var repaired = units.Skip(3).ToList();
        foreach (var unit in repaired)
        {
            await it.PassedAsync(unit);
        }

        var first = (await it.ShipAsync(10, repaired.Take(10).ToList())).Ok();
        first.Number.ShouldStartWith("FM003-");
        var second = (await it.ShipAsync(8, [.. repaired.Skip(10), consents, refuses])).Ok();
        foreach (var shipment in new[] { first, second })
        {
            var path = $"/v1/shipments/{shipment.Id}";
            (await it.Service.ChangeAsync(path, "dispatch", new SendShipment.Request("順豐", "SF1"))).Ok();
            (
                await it.Customer.ChangeAsync(
                    path,
                    "confirm-receipt",
                    new SendShipment.ReceiptRequest(ReceiptProof.Portal, it.Today, "李經理")
                )
            ).Ok();
        }

        await Eventually.Holds(async () => (await it.Service.GetAsync($"/v1/rmas/{rma.Id}")).State.ShouldBe("closed"));
        var all = (await it.Service.GetAsync($"/v1/rma-units?rmaId={rma.Id}&limit=200")).Ok().Items;
        all.Count(unit => unit["state"]!.ToString() == "delivered").ShouldBe(18);
        all.Count(unit => unit["state"]!.ToString() == "exchanged").ShouldBe(1);
        all.Count(unit => unit["place"]?.ToString() == "warehouse").ShouldBe(1, "the exchanged one is ours");
        var machine = (await it.Service.GetAsync($"/v1/product-serials?number={it.Serial(21)}")).Ok().Items.Single();
        var life = (await it.Service.GetAsync($"/v1/product-serials/{machine["id"]}/life")).Ok();
        life["chain"].AsArray().Select(link => link!["number"]!.ToString()).ShouldBe([it.Serial(3), it.Serial(21)]);
        life["chain"].AsArray().Select(link => link!["warrantyEndsOn"]!.ToString()).Distinct().Count().ShouldBe(1);
        life["repairs"].AsArray().Count.ShouldBe(1);
        life["returns"].AsArray().Count.ShouldBe(1);
        foreach (
            var form in new[]
            {
                $"rma-units/{consents}/forms/fm001",
                $"rma-units/{consents}/forms/fm002",
                $"shipments/{first.Id}/forms/fm003",
                $"return-cases/{asked.Id}/forms/slip",
                $"return-cases/{asked.Id}/forms/inspection-report",
                $"rmas/{rma.Id}/labels",
            }
        )
        {
            await PrintAsync(it, form);
        }

        var printedSlip = (await it.Service.GetAsync($"/v1/return-cases/{asked.Id}/forms/slip", "zh-Hant")).Ok();
        printedSlip.Readable().ShouldContain("東區", Shouldly.Case.Sensitive, "the region by its name");
    }

    // CS_KEEP_PDFS names a folder in which somebody wants to look at them.
    internal static async Task PrintAsync(GoodsCase it, string form)
    {
        foreach (var language in new[] { "zh-Hant", "en" })
        {
            var (printed, bytes) = await it.Service.DownloadAsync($"/v1/{form}.pdf?language={language}");
            if (!File.Exists(Servers.Fonts.Cjk))
            {
                printed.Code.ShouldBe("font-missing");
                continue;
            }

            bytes.AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue($"{form} {printed.Code}");
        }
    }

    [Fact]
    [Trait("Rule", "C5.1.1.1")]
    public async Task A_customer_without_an_account_confirms_consents_and_tracks_by_links()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.MachineAsync(1, 30);
        var rma = (
            await it.DeclareAsync(
                new DeclareRma.LineRequest(Serials: [it.Serial(1), it.Serial(2)], ModelId: it.ModelId)
            )
        ).Ok();
        (
            await it.Service.ChangeAsync($"/v1/rmas/{rma.Id}", "receive", new ReceiveRma.Request([new(it.Serial(1))]))
        ).Ok();
        var unit = (await it.UnitsAsync(rma.Id)).Single();

        var confirm = await LinkAsync(it, rma.Id, LinkScope.ConfirmCount);
        var page = (await Fixture.Anonymous().GetAsync(confirm)).Ok();
        (page["declared"].GetValue<int>(), page["received"].GetValue<int>()).ShouldBe((2, 1));
        page.Actions.ShouldBe(["confirm"]);
        (await Fixture.Anonymous().PageAsync(confirm, "zh-Hant")).Html.ShouldContain("確認收到 1 件");
        (
            await Fixture.Anonymous().PostAsync(confirm + "/consent", new UseCustomerLink.AnswerRequest(1, "x", "李"))
        ).Refused("link-for-something-else", "C5.1.1");
        (
            await Fixture.Anonymous().PostAsync(confirm + "/confirm", new UseCustomerLink.ConfirmRequest(1, "李經理"))
        ).Refused("count-line-differs", "C5.1.1");
        page["toConfirm"].AsArray().Single()!["serial"]!.ToString().ShouldBe(it.Serial(2));
        (
            await Fixture
                .Anonymous()
                .PostAsync(
                    confirm + "/confirm",
                    new UseCustomerLink.ConfirmRequest(1, "李經理", [new(0, it.Serial(2))])
                )
        )
            .Ok()
            .Actions.ShouldBeEmpty();

        (await it.DoAsync(unit, it.Service, "record-fault", new DiagnoseRmaUnit.FaultRequest("不轉"))).Ok();
        await it.DiagnosedAsync(unit);
        var offer = await it.OfferedAsync(unit);
        var answer = await LinkAsync(it, rma.Id, LinkScope.AnswerOffer, unit);
        var offered = (await Fixture.Anonymous().GetAsync(answer)).Ok();
        offered["offer"]["sum"]!.ToString().ShouldBe("817.00");
        offered.Actions.ShouldBe(["consent", "refuse"], ignoreOrder: true);
        offered.Text("language").ShouldBe("zh-Hant");
        (await Fixture.Anonymous().PageAsync(answer, "zh-Hant")).Html.ShouldContain("請填寫「同意維修」");
        (
            await Fixture
                .Anonymous()
                .PostAsync(answer + "/consent", new UseCustomerLink.AnswerRequest(1, offer.Hash, "李經理", "好的"))
        ).Refused("consent-words-missing", "C5.1.1.1");
        (
            await Fixture
                .Anonymous()
                .PostAsync(answer + "/consent", new UseCustomerLink.AnswerRequest(1, offer.Hash, "李經理", "同意維修"))
        ).Ok();

        var track = await LinkAsync(it, rma.Id, LinkScope.Track);
        (await Fixture.Anonymous().GetAsync(track)).Ok()["units"].AsArray().Single()!["state"]!
            .ToString()
            .ShouldBe("consented");
        (await Fixture.Anonymous().PageAsync(track, "zh-Hant")).Html.ShouldContain("您已同意維修");
        var made = (
            await it.Service.PostAsync(
                $"/v1/rmas/{rma.Id}/customer-links",
                new MakeCustomerLink.Request(LinkScope.Track, "李經理")
            )
        ).Ok();
        (await it.Service.PostAsync($"/v1/customer-links/{made.Id}/revoke", null, made.ETag)).Ok();
        var gone = await Fixture.Anonymous().GetAsync(made.Text("path"));
        gone.Refused("link-revoked", "C5.1.1");
        gone.Status.ShouldBe(HttpStatusCode.Gone);
        (await Fixture.Anonymous().GetAsync("/v1/customer-links/nothing")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Rule", "C5.1.2")]
    public async Task Two_people_ship_the_same_unit_at_once_and_one_form_is_made_out_without_a_gap()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.MachineAsync(1);
        await it.MachineAsync(2);
        var rma = await it.ReceivedAsync(it.Serial(1), it.Serial(2));
        var units = await it.UnitsAsync(rma.Id);
        foreach (var unit in units)
        {
            await it.DiagnosedAsync(unit);
            await it.PassedAsync(unit);
        }

        var both = await Task.WhenAll(it.ShipAsync(1, units[0]), it.ShipAsync(1, units[0]));

        both.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        var refused = both.Single(answer => answer.Status != HttpStatusCode.Created);
        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.Conflict, "not-in-this-state"));
        var first = both.Single(answer => answer.Status == HttpStatusCode.Created).Number;
        var second = (await it.ShipAsync(1, units[1])).Ok().Number;
        (int.Parse(second[^4..], null) - int.Parse(first[^4..], null)).ShouldBe(1, "no number was lost");
    }

    [Fact]
    [Trait("Rule", "C5.1.1")]
    public async Task A_thousand_serials_come_in_by_one_command_and_by_a_file_with_what_is_wrong_refused()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var serials = Enumerable.Range(1, 1000).Select(it.Serial).ToList();
        var rma = (await it.DeclareAsync(new DeclareRma.LineRequest(it.ModelId, serials, Words: "整批"))).Ok();

        var received = (
            await it.Service.ChangeAsync(
                $"/v1/rmas/{rma.Id}",
                "receive",
                new ReceiveRma.Request([.. serials.Select(s => new ReceiveRma.ItemRequest(s))])
            )
        ).Ok();

        (received.State, received["received"].GetValue<int>()).ShouldBe(("confirmed", 1000));
        var scanned = (await it.Repairer.GetAsync($"/v1/scan/{it.Serial(500).ToLowerInvariant()}")).Ok();
        scanned["unit"]["number"]!.ToString().ShouldBe($"{rma.Number}-500");
        (await it.Service.GetAsync($"/v1/scan/{rma.Number}-500"))
            .Ok()["next"]
            .AsArray()
            .Select(step => step!.ToString())
            .ShouldContain("hand-over");
        (await it.DeclareAsync(new DeclareRma.LineRequest(it.ModelId, [it.Serial(7)]))).Refused(
            "serial-in-open-rma",
            "S4"
        );
        var bulk = (
            await it.Service.PostAsync(
                "/v1/rma-unit-steps",
                new ActOnRmaUnits.Request(
                    ActOnRmaUnits.BulkAction.HandOver,
                    [.. (await it.UnitsAsync(rma.Id)).Take(3), Guid.CreateVersion7()]
                )
            )
        ).Ok();
        (bulk["done"].GetValue<int>(), bulk["refused"].GetValue<int>()).ShouldBe((3, 1));
        var unknown = bulk.Items.Single(line => line["code"] is not null);
        (unknown["code"]!.ToString(), unknown["number"]).ShouldBe(("not-found", null));
        bulk.Items.Count(line => line["done"]!.GetValue<bool>() && line["number"] is not null).ShouldBe(3);
        var (known, unit) = (Guid.CreateVersion7(), (await it.UnitsAsync(rma.Id))[0]);
        await Fixture.DeliverAsync(
            new UserChanged(known, 1, "曹師傅", [Roles.RepairGroup], [], null, null, true, null)
        );
        ActOnRmaUnits.Request Give(Guid to) => new(ActOnRmaUnits.BulkAction.AssignTo, [unit], PersonId: to);
        (await it.Service.PostAsync("/v1/rma-unit-steps", Give(Guid.CreateVersion7()))).Refused(
            "account-unknown",
            "S3"
        );
        // The account may be heard of a moment later.
        await Eventually.IsTrue(
            async () => (await it.Service.PostAsync("/v1/rma-unit-steps", Give(known))).Status == HttpStatusCode.OK,
            "the account is known"
        );
    }

    private static async Task<string> LinkAsync(GoodsCase it, Guid rma, LinkScope scope, Guid? unit = null) =>
        (
            await it.Service.PostAsync(
                $"/v1/rmas/{rma}/customer-links",
                new MakeCustomerLink.Request(scope, "李經理", unit)
            )
        )
            .Ok()
            .Text("path");
}
