using CustomerService.Contracts.Projects.V1;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Returns.Features;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Repairs.Rmas.Features;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>Repairs and returns of one machine know of each other; lists and jobs of what has lain too long.</summary>
public sealed class ReturnAndRepairTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "C5.1.3")]
    public async Task Given_a_machine_that_is_here_When_asked_back_by_its_serial_Then_its_unit_waits_until_withdrawn()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.MachineAsync(1);
        var unit = (await it.UnitsAsync((await it.ReceivedAsync(it.Serial(1))).Id)).Single();
        await it.DiagnosedAsync(unit);

        var asked = (await AskAsync(it, ReturnKind.Return)).Ok();

        asked["goods"]["unitId"]!.ToString().ShouldBe(unit.ToString());
        (await AskAsync(it, ReturnKind.Return)).Refused("return-open-already", "S4");
        (await it.DoAsync(unit, it.Repairer, "start-repair")).Refused("unit-asked-back", "C5.1.3");
        (await it.ReturnAsync(asked.Id, it.Service, "withdraw", new RequestReturn.WithdrawRequest("保留"))).Ok();
        (await it.DoAsync(unit, it.Repairer, "start-repair")).Ok();
    }

    [Fact]
    [Trait("Rule", "C5.1.3")]
    public async Task Given_a_machine_that_is_asked_back_When_it_comes_for_repair_Then_linked_and_kept_as_returned()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.TermsAsync();
        await it.MachineAsync(1);
        var asked = (await AskAsync(it, ReturnKind.Return)).Ok();
        var unit = (await it.UnitsAsync((await it.ReceivedAsync(it.Serial(1))).Id)).Single();
        await it.DiagnosedAsync(unit);
        (await it.DoAsync(unit, it.Repairer, "start-repair")).Refused("unit-asked-back", "C5.1.3");

        await AcceptedAsync(it, asked.Id);
        (await it.ReturnAsync(asked.Id, it.AfterSales, "receive-goods", new IssueReturnSlip.GoodsRequest(1))).Ok();

        var kept = (await it.Service.GetAsync($"/v1/rma-units/{unit}")).Ok();
        (kept.State, kept.Text("holder")).ShouldBe(("returned", "售后小侯"));
        // It stands in the ledger of its unit, and in no second one.
        (await it.Service.GetAsync($"/v1/return-cases/{asked.Id}"))
            .Ok()["held"]
            .AsArray()
            .ShouldBeEmpty();
        (await Fixture.EventAsync(unit, "repairs.rma-unit.ended.v1")).Text("result").ShouldBe("returned");
        (await it.DeclareAsync(new DeclareRma.LineRequest(Serials: [it.Serial(1)]))).Refused(
            "serial-not-sold",
            "C5.1.5"
        );
    }

    [Fact]
    [Trait("Rule", "C5.1.3")]
    public async Task Given_a_lot_When_asked_back_twice_or_after_its_end_Then_refused()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var unit = await LotAsync(it, 2);
        RequestReturn.Request Ask() => new(it.CustomerId, ReturnKind.Return, UnitId: unit, Reason: "x");

        var first = (await it.Service.PostAsync("/v1/return-cases", Ask())).Ok();
        (await it.Service.PostAsync("/v1/return-cases", Ask())).Refused("return-open-already", "S4");
        (await it.ReturnAsync(first.Id, it.Service, "withdraw", new RequestReturn.WithdrawRequest("保留"))).Ok();
        (await it.DoAsync(unit, it.Service, "hand-over")).Ok();
        (
            await it.DoAsync(
                unit,
                it.Qc,
                "scrap",
                new MoveRmaUnit.ScrapRequest("報廢", new("李經理", RepairOrders.Domain.WordBy.Mail, it.Today))
            )
        ).Ok();
        (await it.Service.PostAsync("/v1/return-cases", Ask())).Refused("unit-not-here", "C3.1.1");
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public async Task Given_a_lot_When_split_moved_and_merged_Then_the_quantities_are_where_they_were_put()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var unit = await LotAsync(it, 5);
        (await it.DoAsync(unit, it.Service, "split", new MoveRmaUnit.SplitRequest(5))).Refused(
            "split-out-of-range",
            "C3.1.1"
        );

        var part = Guid.Parse(
            (await it.DoAsync(unit, it.Service, "split", new MoveRmaUnit.SplitRequest(2))).Ok()["part"][
                "id"
            ]!.ToString()
        );
        var move = new MoveRmaUnit.Request(Place.Warehouse, "A-3");
        (await it.DoAsync(part, it.AfterSales, "move-to", move)).Ok().Text("holder").ShouldBe("售后小侯");
        (await it.DoAsync(part, it.AfterSales, "move-to", move)).Refused("already-there", "C3.1.1");
        (await it.DoAsync(part, it.Service, "merge-into", new MoveRmaUnit.MergeRequest(unit))).Refused(
            "lots-differ",
            "C3.1.1"
        );
        (await it.DoAsync(part, it.Service, "move-to", new MoveRmaUnit.Request(Place.Intake))).Ok();
        (await it.DoAsync(part, it.Service, "merge-into", new MoveRmaUnit.MergeRequest(unit)))
            .Ok()
            .State.ShouldBe("merged");
        (await it.Service.GetAsync($"/v1/rma-units/{unit}")).Ok()["quantity"].GetValue<int>().ShouldBe(5);
    }

    [Fact]
    [Trait("Rule", "C5.1.1.1")]
    public async Task Given_customer_service_When_a_consent_is_handed_in_Then_only_with_a_scan_of_this_unit()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.MachineAsync(1, 30);
        await it.MachineAsync(2, 30);
        var units = await it.UnitsAsync((await it.ReceivedAsync(it.Serial(1), it.Serial(2))).Id);
        await it.DiagnosedAsync(units[0]);
        var offer = await it.OfferedAsync(units[0]);
        Task<ApiAnswer> Consent(string copy) =>
            it.DoAsync(units[0], it.Service, "consent", offer with { SignedCopy = copy });

        (await Consent("在檔案櫃")).Refused("signed-copy-unknown", "C5.1.1.1");
        (await Consent(await FileAsync(it, units[1], "scan"))).Refused("signed-copy-unknown", "C5.1.1.1");
        (await Consent(await FileAsync(it, units[0], "photo"))).Refused("signed-copy-unknown", "C5.1.1.1");
        (await Consent(await FileAsync(it, units[0], "scan"))).Ok().State.ShouldBe("consented");
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public async Task Given_goods_and_offers_that_lie_too_long_When_listed_and_swept_Then_found_and_told()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.MachineAsync(1, 30);
        await it.MachineAsync(2, 1);
        var rma = await it.ReceivedAsync(it.Serial(1), it.Serial(2));
        var units = await it.UnitsAsync(rma.Id);
        await it.DiagnosedAsync(units[0]);
        await it.OfferedAsync(units[0]);
        (await IdsAsync(it, $"rma-units?rmaId={rma.Id}&idle=true")).ShouldBeEmpty();

        await RunAsync(
            $"update rma_units set held_since = held_since - interval '30 days' where id = '{units[1]}'",
            $"update rma_units set offer_sent_on = offer_sent_on - 3 where id = '{units[0]}'"
        );

        (await IdsAsync(it, $"rma-units?rmaId={rma.Id}&idle=true")).ShouldBe([units[1]]);
        (await IdsAsync(it, $"rma-units?rmaId={rma.Id}&idle=false")).ShouldBe([units[0]]);
        (await Fixture.EventAsync(units[0], "repairs.rma-unit.offer-reminder-due.v1")).Text("reminder").ShouldBe("1");

        await it.DiagnosedAsync(units[1]);
        await it.PassedAsync(units[1]);
        var shipment = (await it.ShipAsync(1, units[1])).Ok();
        var sent = await BulkAsync(it, shipment.Id);
        (sent["done"].GetValue<int>(), sent["refused"].GetValue<int>()).ShouldBe((1, 1));
        (await IdsAsync(it, $"shipments?customerId={it.CustomerId}&toChase=true")).ShouldBeEmpty();
        await RunAsync($"update shipments set shipped_on = shipped_on - 30 where id = '{shipment.Id}'");
        (await IdsAsync(it, $"shipments?customerId={it.CustomerId}&toChase=true")).ShouldBe([shipment.Id]);
    }

    [Fact]
    [Trait("Rule", "C5.1.2")]
    public async Task Given_a_shipment_that_has_not_left_When_cancelled_Then_the_unit_can_go_on_another()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.MachineAsync(1);
        var unit = (await it.UnitsAsync((await it.ReceivedAsync(it.Serial(1))).Id)).Single();
        await it.DiagnosedAsync(unit);
        await it.PassedAsync(unit);
        var first = (await it.ShipAsync(1, unit)).Ok();

        (
            await it.Service.ChangeAsync(
                $"/v1/shipments/{first.Id}",
                "cancel",
                new SendShipment.CancelRequest("地址錯誤")
            )
        )
            .Ok()
            .State.ShouldBe("cancelled");

        (await it.ShipAsync(1, unit)).Ok().Number.ShouldNotBe(first.Number);
    }

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public async Task Given_slips_and_an_advance_When_they_lie_too_long_Then_listed_reminded_and_collected_in_bulk()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.TermsAsync();
        await it.MachineAsync(1);
        await it.MachineAsync(2);
        var asked = (await AskAsync(it, ReturnKind.Exchange)).Ok().Id;
        await AcceptedAsync(it, asked);
        (
            await it.ReturnAsync(
                asked,
                it.SalesManager,
                "approve-advance",
                new IssueReturnSlip.AdvanceRequest("停產線", it.Today)
            )
        ).Ok();
        (
            await it.ReturnAsync(
                asked,
                it.Service,
                "ship-replacement",
                new IssueReturnSlip.ReplacementRequest(1, it.Serial(2))
            )
        ).Ok();
        (await it.ReturnAsync(asked, it.Service, "issue-slip", new IssueReturnSlip.Request(it.Today, "品質"))).Ok();
        (await it.ReturnAsync(asked, it.Salesman, "hand-slip", new IssueReturnSlip.HandRequest())).Ok();
        var mine = $"return-cases?customerId={it.CustomerId}";
        (await IdsAsync(it, mine + "&slipHeldTooLong=true")).ShouldBeEmpty();
        (await IdsAsync(it, mine + "&advanceOverdue=true")).ShouldBeEmpty();

        var day = RepairsFixture.Iso(it.Today.AddDays(-1));
        await RunAsync(
            $"update return_cases set slip_held_since = slip_held_since - interval '5 days' where id = '{asked}'",
            $"update return_cases set advance_deadline = '{day}', advance = jsonb_set(advance, array['deadline'], "
                + $"to_jsonb('{day}'::text)) where id = '{asked}'"
        );

        (await IdsAsync(it, mine + "&slipHeldTooLong=true")).ShouldBe([asked]);
        (await Fixture.EventAsync(asked, "repairs.return-case.slip-reminder-due.v1"))
            .Text("holder")
            .ShouldBe("regional-sales");
        await Eventually.Holds(async () => (await IdsAsync(it, mine + "&advanceOverdue=true")).ShouldBe([asked]));
        var done = (
            await it.AfterSales.PostAsync(
                "/v1/return-case-steps",
                new ActOnReturns.Request(ActOnReturns.BulkAction.CollectSlip, [asked, Guid.CreateVersion7()])
            )
        ).Ok();
        (done["done"].GetValue<int>(), done["refused"].GetValue<int>()).ShouldBe((1, 1));
        done = (
            await it.SalesManager.PostAsync(
                "/v1/return-case-steps",
                new ActOnReturns.Request(ActOnReturns.BulkAction.SignSlip, [asked], "洪經理")
            )
        ).Ok();
        done["done"].GetValue<int>().ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_a_slip_on_its_way_When_the_customer_is_merged_Then_region_language_and_address_are_the_survivors()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.TermsAsync();
        await it.MachineAsync(1);
        var asked = (await AskAsync(it, ReturnKind.Return)).Ok().Id;
        await AcceptedAsync(it, asked);
        (await it.ReturnAsync(asked, it.Service, "issue-slip", new IssueReturnSlip.Request(it.Today, "品質"))).Ok();
        var (into, sales) = (Guid.CreateVersion7(), Someone.With("西區業務", "sales", Roles.RegionalSales));
        await Fixture.DeliverAsync(
            new OrganisationRegistered(
                into,
                1,
                "保留客戶",
                "customer",
                null,
                "成都市",
                "王經理",
                "028-1",
                "west",
                Language: "en",
                Addresses: [new("delivery", "成都市 1 號門")]
            )
        );

        await Fixture.DeliverAsync(
            new OrganisationMerged(it.CustomerId, 5, "原名", into, "保留客戶", null, null, DateTimeOffset.UtcNow)
        );

        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RepairsDb>();
        var moved = await db.ReturnCases.AsNoTracking().FirstAsync(one => one.Id == asked);
        (moved.Customer.Region, moved.Customer.Language, moved.Customer.Address).ShouldBe(
            ("west", "en", "成都市 1 號門")
        );
        (await it.ReturnAsync(asked, it.Salesman, "hand-slip", new IssueReturnSlip.HandRequest())).Refused(
            "not-your-region",
            "C5.1.5"
        );
        var west = Fixture.Service.As(sales with { Regions = ["west"] });
        (await it.ReturnAsync(asked, west, "hand-slip", new IssueReturnSlip.HandRequest())).Ok();
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public async Task Given_a_machine_that_came_back_When_scanned_by_its_serial_Then_its_case_says_who_has_it_and_where()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.TermsAsync();
        await it.MachineAsync(1);
        // It was here for repair before; that stay is over.
        var unit = (await it.UnitsAsync((await it.ReceivedAsync(it.Serial(1))).Id)).Single();
        (await it.Service.GetAsync($"/v1/scan/{it.Serial(1)}")).Ok()["found"]["kind"]!.ToString().ShouldBe("rma-unit");
        await it.DiagnosedAsync(unit);
        await it.PassedAsync(unit);
        var shipment = (await it.ShipAsync(1, unit)).Ok();
        await BulkAsync(it, shipment.Id);
        (
            await it.Service.ChangeAsync(
                $"/v1/shipments/{shipment.Id}",
                "confirm-receipt",
                new SendShipment.ReceiptRequest(ReceiptProof.Carrier, it.Today, "李經理", "POD-1")
            )
        ).Ok();
        var asked = (await AskAsync(it, ReturnKind.Exchange)).Ok().Id;
        await AcceptedAsync(it, asked);
        var mine = $"return-cases?customerId={it.CustomerId}";
        (
            await it.ReturnAsync(asked, it.AfterSales, "move-goods", new MoveReturnedGoods.Request(Place.Warehouse))
        ).Refused("goods-not-here", "C3.1.1");
        var scanned = (await it.AfterSales.GetAsync($"/v1/scan/{it.Serial(1).ToLowerInvariant()}")).Ok();
        scanned["found"]["id"]!.ToString().ShouldBe(asked.ToString());
        scanned["next"].AsArray().Select(step => step!.ToString()).ShouldContain("receive-goods");

        (await it.ReturnAsync(asked, it.AfterSales, "receive-goods", new IssueReturnSlip.GoodsRequest(1))).Ok();

        scanned = (await it.Qc.GetAsync($"/v1/scan/{it.Serial(1)}")).Ok();
        scanned["next"].AsArray().Select(step => step!.ToString()).ShouldContain("move-goods");
        var moved = (
            await it.ReturnAsync(asked, it.Qc, "move-goods", new MoveReturnedGoods.Request(Place.Quality, "檢驗台"))
        ).Ok();
        var held = moved["held"].AsArray().ShouldHaveSingleItem()!;
        (held["place"]!.ToString(), held["holder"]!.ToString(), held["note"]!.ToString()).ShouldBe(
            ("quality", "質檢員", "檢驗台")
        );
        moved["movements"].AsArray().Count.ShouldBe(2);
        (await it.Customer.GetAsync($"/v1/return-cases/{asked}")).Ok()["held"].AsArray().ShouldBeEmpty();

        // The same machine cannot come in for repair as well.
        var rma = (await it.DeclareAsync(new DeclareRma.LineRequest(it.ModelId, Quantity: 1))).Ok();
        (
            await it.Service.ChangeAsync(
                $"/v1/rmas/{rma.Id}",
                "receive",
                new ReceiveRma.Request([new(Serial: it.Serial(1))])
            )
        ).Refused("serial-received-elsewhere", "C5.1.1");

        (await IdsAsync(it, mine + "&idle=true")).ShouldBeEmpty();
        await RunAsync($"update return_cases set held_since = held_since - interval '30 days' where id = '{asked}'");
        (await IdsAsync(it, mine + "&idle=true")).ShouldBe([asked]);
        (await IdsAsync(it, mine + "&idle=false")).ShouldBeEmpty();
        (await it.ReturnAsync(asked, it.Qc, "scrap-goods", new MoveReturnedGoods.ScrapRequest("報廢"))).Ok();
        (await IdsAsync(it, mine + "&idle=true")).ShouldBeEmpty();
    }

    private static async Task<ApiAnswer> BulkAsync(GoodsCase it, Guid shipment) =>
        (
            await it.Service.PostAsync(
                "/v1/shipment-dispatches",
                new DispatchShipments.Request([new(shipment, "順豐", "SF1"), new(Guid.CreateVersion7(), "順豐", "SF2")])
            )
        ).Ok();

    private static Task<ApiAnswer> AskAsync(GoodsCase it, ReturnKind kind) =>
        it.Service.PostAsync(
            "/v1/return-cases",
            new RequestReturn.Request(it.CustomerId, kind, it.Serial(1), Reason: "無法啟動")
        );

    private static async Task AcceptedAsync(GoodsCase it, Guid asked)
    {
        (await it.ReturnAsync(asked, it.Service, "raise-doubt", new DecideReturn.DoubtRequest("異響"))).Ok();
        (
            await it.ReturnAsync(
                asked,
                it.Qc,
                "inspect",
                new DecideReturn.InspectRequest("短路", true, ReturnLiability.Company, 1, 1)
            )
        ).Ok();
        (await it.ReturnAsync(asked, it.Service, "accept", new DecideReturn.Request("4.2", "符合"))).Ok();
    }

    private static async Task<Guid> LotAsync(GoodsCase it, int quantity)
    {
        var rma = (
            await it.DeclareAsync(new DeclareRma.LineRequest(it.ModelId, Quantity: quantity, Words: "噪音"))
        ).Ok();
        (
            await it.Service.ChangeAsync(
                $"/v1/rmas/{rma.Id}",
                "receive",
                new ReceiveRma.Request([new(ModelId: it.ModelId, Quantity: quantity)])
            )
        ).Ok();
        return (await it.UnitsAsync(rma.Id)).Single();
    }

    private static async Task<string> FileAsync(GoodsCase it, Guid unit, string purpose) =>
        (
            await it.Service.PostAsync(
                $"/v1/rma-units/{unit}/files?purpose={purpose}",
                TestPictures.Form(TestPictures.Png, "a.png")
            )
        )
            .Ok()
            .Id.ToString();

    private static async Task<IReadOnlyList<Guid>> IdsAsync(GoodsCase it, string list) =>
        [.. (await it.Service.GetAsync($"/v1/{list}")).Ok().Items.Select(item => Guid.Parse(item["id"]!.ToString()))];

    private async Task RunAsync(params IReadOnlyList<string> statements)
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RepairsDb>().Database;
        foreach (var statement in statements)
        {
            await database.ExecuteSqlRawAsync(statement);
        }
    }
}
