using CustomerService.Contracts.Projects.V1;
using CustomerService.Records.Features;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>A subcontractor that does not come, through the API (P3.1.1, worked case 9).</summary>
public sealed class StepInStoryTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.1.1")]
    [Trait("Case", "9")]
    public async Task From_the_missed_receipt_to_the_settled_charge_back()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        (await it.DoAsync("give-notice")).Code.ShouldBe("unit-not-late");
        (await it.DoAsync("step-in")).Code.ShouldBe("unit-not-late");

        // Tuesday 24:00 is over.
        await RunAsync($"update repair_orders set receipt_due_on = receipt_due_on - 2 where id = {it.Id}");
        var overdue = await Fixture.OrderEventAsync(it.Id, "receipt-overdue");
        overdue.Text("repairUnitId").ShouldBe(it.UnitId.ToString());
        (await RepairListTests.ListAsync(it, "receiptOverdue=true")).ShouldBe([it.Id]);
        (await it.DoAsync("step-in")).Code.ShouldBe("notice-missing");
        (await it.DoAsync("give-notice")).Ok();
        (await it.DoAsync("step-in")).Ok()["costs"]["chargedUnitName"]!.ToString().ShouldBe("宏達防水分包");
        (await it.Unit.GetAsync(it.Record)).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        var card = (await it.Unit.GetAsync("/v1/repair-orders/unit-card")).Ok();
        (card["orders"].GetValue<int>(), card["takenOver"].GetValue<int>()).ShouldBe((1, 1));
        card["startedInTimePercent"].GetValue<decimal>().ShouldBe(0m);

        (await it.DoAsync("brief")).Ok();
        (await it.OwnRepairer.ChangeAsync(it.Record, "start")).Ok();
        await CostAsync(it, CostKind.Labour, 1200.00m);
        await CostAsync(it, CostKind.Material, 350.00m);
        await it.PhotographAsync(it.OwnRepairer);
        (await it.OwnRepairer.ChangeAsync(it.Record, "finish", it.Finishing())).Ok();
        (await it.DoAsync("pass-inspection")).Ok();
        (await it.DoAsync("accept")).Ok();
        (await it.DoAsync("draw-lessons")).Ok();
        (await it.Engineer.ChangeAsync(it.Record, "return", new ReturnRepairRecord.Request("齊全"))).Code.ShouldBe(
            "charge-back-not-proposed"
        );
        (await it.DoAsync("charge-back")).Ok();
        (await it.Engineer.ChangeAsync(it.Record, "return", new ReturnRepairRecord.Request("齊全"))).Ok();

        await PrintAsync(it);

        // The unit sees the charge-back, and of the order nothing any more.
        var charge = (await it.Unit.GetAsync("/v1/charge-backs")).Ok().Items.Single();
        (await it.Unit.GetAsync("/v1/repair-orders/unit-card"))
            .Ok()["chargedBack"]
            .GetValue<decimal>()
            .ShouldBe(1550.00m);
        charge["amount"]!.GetValue<decimal>().ShouldBe(1550.00m);
        var record = $"/v1/charge-backs/{charge["id"]}";
        (await it.Owner.GetAsync(record)).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await it.Unit.ChangeAsync(record, "dispute", new { reason = "未收到通知" })).Ok().State.ShouldBe("disputed");
        (await it.Head.ChangeAsync(record, "revise", new { amount = 1550.00m, reason = "附掛號回執" })).Ok();
        (await it.Unit.ChangeAsync(record, "accept", new { remark = "同意" })).Ok();
        var settled = await it.Finance.ChangeAsync(
            record,
            "settle",
            new { on = RepairsFixture.Iso(Fixture.Today), reference = "抵扣質保金" }
        );
        settled.Ok().State.ShouldBe("settled");
        settled["words"].AsArray().Count.ShouldBe(5);

        var part = (await it.Finance.GetAsync($"/v1/repair-orders/costs?by=part&projectId={it.ProjectId}"))
            .Ok()
            .Body!.AsArray()
            .Single()!;
        (Sum(part, "cost"), Sum(part, "chargedBack"), Sum(part, "net"), Sum(part, "settled")).ShouldBe(
            (1550.00m, -1550.00m, 0.00m, 1550.00m)
        );
        (await it.Owner.GetAsync("/v1/repair-orders/costs")).Code.ShouldBe("role-missing");
        (await Fixture.EventAsync(Guid.Parse(charge["id"]!.ToString()), "repairs.charge-back.ended.v1"))
            .Text("outcome")
            .ShouldBe("settled");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_an_objection_When_engineering_decides_Then_held_up_or_reassigned()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        (await it.DoAsync("object")).Ok();
        (await it.DoAsync("brief")).Code.ShouldBe("objection-open");
        (await it.DoAsync("overrule")).Ok()["assignment"]["objections"]!.AsArray().Count.ShouldBe(1);
        (await it.DoAsync("object")).Ok();

        var reassigned = await it.Engineer.ChangeAsync(
            it.Record,
            "reassign",
            it.Dispatching() with
            {
                RepairUnitId = RepairsFixture.OwnUnit,
                UnitReason = "異議成立",
            }
        );

        reassigned.Ok()["dispatch"]["repairUnitIsOwn"]!.GetValue<bool>().ShouldBeTrue();
        reassigned["earlierAssignments"].AsArray().Count.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_two_step_ins_When_carded_Then_the_second_unit_that_did_not_come_shows_it_too()
    {
        var (it, second) = (await Case.Of(Fixture).ToAsync("dispatched"), Case.Of(Fixture));
        foreach (var unit in new[] { second.UnitId, RepairsFixture.OwnUnit })
        {
            await RunAsync($"update repair_orders set receipt_due_on = receipt_due_on - 2 where id = {it.Id}");
            (await it.DoAsync("give-notice")).Ok();
            var input = it.Dispatching() with { RepairUnitId = unit };
            (await it.Head.ChangeAsync(it.Record, "step-in", input)).Ok();
        }

        (await it.ReadAsync()).Ok()["costs"]["chargedUnitId"]!.ToString().ShouldBe(it.UnitId.ToString());
        foreach (var unit in new[] { it, second })
        {
            var card = (await unit.Unit.GetAsync("/v1/repair-orders/unit-card")).Ok();
            (card["orders"].GetValue<int>(), card["takenOver"].GetValue<int>()).ShouldBe((1, 1));
        }
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_a_charge_back_When_it_is_withdrawn_Then_a_later_cost_is_charged_with_a_new_one()
    {
        var it = await Case.Of(Fixture).ToAsync("accepted");
        (await it.DoAsync("add-cost")).Ok();
        (await it.DoAsync("charge-back")).Ok();
        (await it.DoAsync("add-cost")).Code.ShouldBe("charged-back-already");
        var charge = (await it.Head.GetAsync($"/v1/charge-backs?projectId={it.ProjectId}")).Ok().Items.Single();

        (await it.Head.ChangeAsync($"/v1/charge-backs/{charge["id"]}", "withdraw", new { reason = "補錄費用" })).Ok();

        (await it.DoAsync("add-cost")).Ok();
        (await it.DoAsync("return")).Code.ShouldBe("charge-back-not-proposed");
        (await it.DoAsync("charge-back")).Ok();
        (await it.Unit.GetAsync("/v1/charge-backs"))
            .Ok()
            .Items.Select(item => item["amount"]!.GetValue<decimal>())
            .Max()
            .ShouldBe(2400m);
        (await it.DoAsync("return")).Ok();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Rule", "S3")]
    [Trait("Rule", "S4")]
    public async Task Given_an_open_and_an_ended_charge_back_When_the_unit_is_renamed_or_merged_Then_the_open_one_follows(
        bool isMerged
    )
    {
        var it = await Case.Of(Fixture).ToAsync("accepted");
        (await it.DoAsync("add-cost")).Ok();
        (await it.DoAsync("charge-back")).Ok();
        var ended = await OnlyAsync(it);
        (await it.Head.ChangeAsync(ended, "withdraw", new { reason = "補錄費用" })).Ok();
        (await it.DoAsync("add-cost")).Ok();
        (await it.DoAsync("charge-back")).Ok();
        var open = await OnlyAsync(it, "state=proposed&");
        var former = (await it.Head.GetAsync(open)).Ok().Text("unitName");
        var into = isMerged ? Guid.CreateVersion7() : it.UnitId;

        await Fixture.DeliverAsync(
            isMerged
                ? new OrganisationMerged(it.UnitId, 5, "宏達防水分包", into, "宏達建設", null, null, A.Moment)
                : new OrganisationRevised(it.UnitId, 2, "宏達建設", "subcontractor", null, null, null, null)
        );

        var followed = (await it.Head.GetAsync(open)).Ok();
        (followed.Text("unitId"), followed.Text("unitName")).ShouldBe((into.ToString(), "宏達建設"));
        var kept = (await it.Head.GetAsync(ended)).Ok();
        (kept.Text("unitId"), kept.Text("unitName")).ShouldBe((it.UnitId.ToString(), former));
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task Given_a_charge_back_When_it_is_held_Then_it_belongs_to_the_warranty_of_its_order()
    {
        var it = await Case.Of(Fixture).ToAsync("accepted");
        (await it.DoAsync("add-cost")).Ok();
        (await it.DoAsync("charge-back")).Ok();
        var charge = await OnlyAsync(it);
        var holder = Fixture.As(Someone.ManagementRepresentative());

        var held = (
            await holder.PostAsync(
                $"/v1/retention-entries/charge-back/{charge.Split('/')[^1]}/hold",
                new HoldRequest("訴訟")
            )
        ).Ok();

        var until = (await it.ReadAsync()).Ok()["warranty"]["until"]!.ToString();
        held.Text("warrantyThrough").ShouldBe(until);
    }

    private static async Task<string> OnlyAsync(Case it, string filter = "") =>
        "/v1/charge-backs/"
        + (await it.Head.GetAsync($"/v1/charge-backs?{filter}projectId={it.ProjectId}")).Ok().Items.Single()["id"];

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public async Task Given_orders_on_site_objected_to_or_neither_When_listed_Then_filter_and_item_agree_on_what_is_overdue()
    {
        var (neither, there, objected) = (
            await Case.Of(Fixture).ToAsync("dispatched"),
            await Case.Of(Fixture).ToAsync("dispatched"),
            await Case.Of(Fixture).ToAsync("dispatched")
        );
        var emergency = await Case.Of(Fixture).ToAsync("dispatched", DefectSeverity.Emergency);
        (await there.DoAsync("arrive")).Ok();
        (await emergency.DoAsync("arrive")).Ok();
        (await objected.DoAsync("object")).Ok();
        foreach (var it in new[] { neither, there, objected, emergency })
        {
            await RunAsync(
                $"""
                update repair_orders set receipt_due_on = receipt_due_on - 2,
                    start_due_at = start_due_at - interval '9 days' where id = {it.Id}
                """
            );
        }

        foreach (
            var (it, receipt, start) in new[]
            {
                (neither, true, true),
                (there, false, true),
                (objected, false, true),
                (emergency, false, false),
            }
        )
        {
            (await RepairListTests.ListAsync(it, "receiptOverdue=true")).Count.ShouldBe(receipt ? 1 : 0);
            (await RepairListTests.ListAsync(it, "startOverdue=true")).Count.ShouldBe(start ? 1 : 0);
            var item = (await it.Head.GetAsync($"/v1/repair-orders?projectId={it.ProjectId}")).Ok().Items.Single();
            (item["receiptOverdue"]!.GetValue<bool>(), item["startOverdue"]!.GetValue<bool>()).ShouldBe(
                (receipt, start)
            );
        }
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_old_orders_When_a_defect_is_entered_Then_an_open_one_at_any_age_and_one_accepted_within_90_days()
    {
        var open = await Case.Of(Fixture).OpenedAsync();
        var (recent, past) = (await Case.Of(Fixture).ToAsync("accepted"), await Case.Of(Fixture).ToAsync("accepted"));
        foreach (var it in new[] { open, recent, past })
        {
            await RunAsync($"update repair_orders set opened_on = opened_on - 200 where id = {it.Id}");
        }

        var day = RepairsFixture.Iso(Fixture.Today.AddDays(-91));
        await RunAsync(
            $"""
            update repair_orders set opened_on = current_date,
                owner_responses = jsonb_set(owner_responses, array['0', 'on'], to_jsonb({day}::text)) where id = {past.Id}
            """
        );

        (await KindsAsync(open)).ShouldBe(["duplicate"]);
        (await KindsAsync(recent)).ShouldBe(["recurrence"]);
        (await KindsAsync(past)).ShouldBeEmpty();
        (await recent.OpenAsync()).Ok()["recurrenceOf"]["id"]!.ToString().ShouldBe(recent.Id.ToString());
        ((await past.OpenAsync()).Ok().Body!["recurrenceOf"]).ShouldBeNull();

        static async Task<IReadOnlyList<string>> KindsAsync(Case it) =>
            [
                .. (await it.Service.GetAsync($"/v1/repair-orders/similar?projectId={it.ProjectId}&partCode=roof"))
                    .Ok()
                    .Body!.AsArray()
                    .Select(one => one!["kind"]!.ToString()),
            ];
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_a_defect_to_be_confirmed_When_the_company_finds_nobody_Then_recorded_with_a_photo()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var photo = await it.Service.PostAsync(
            it.Record + "/files?purpose=photo",
            TestPictures.Form(TestPictures.Photo, "門口.jpg")
        );
        var request = new RecordAttempt.Request { Note = "約定時間無人在家", PhotoId = photo.Ok().Id };

        (await it.Service.ChangeAsync(it.Record, "attempt", request)).Ok()["waiting"]["for"]!
            .ToString()
            .ShouldBe("owner");
        (await it.DoAsync("confirm")).Ok()["waiting"]["for"]!.ToString().ShouldBe("engineering");
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public async Task Given_targets_that_pass_When_the_jobs_come_by_Then_marked_announced_and_listed()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        await RunAsync(
            $"""
            update repair_orders set start_due_at = start_due_at - interval '9 days',
                finish_due_at = finish_due_at - interval '20 days' where id = {it.Id}
            """
        );

        await Fixture.OrderEventAsync(it.Id, "start-overdue");
        await Fixture.OrderEventAsync(it.Id, "completion-overdue");
        (await RepairListTests.ListAsync(it, "startOverdue=true&finishOverdue=true&paused=false")).ShouldBe([it.Id]);
        (await it.DoAsync("pause")).Ok();
        (await RepairListTests.ListAsync(it, "startOverdue=true")).ShouldBeEmpty();
        (await it.DoAsync("resume")).Ok();
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_the_same_defect_When_entered_again_Then_offered_merged_and_taken_apart()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var similar = await it.Service.GetAsync(
            $"/v1/repair-orders/similar?projectId={it.ProjectId}&partCode=roof&location={Uri.EscapeDataString("3號樓屋面")}"
        );
        similar.Ok().Body!.AsArray().Single()!["kind"]!.ToString().ShouldBe("duplicate");

        var second = (await it.OpenAsync()).Ok();
        var merged = await it.Service.ChangeAsync(
            $"/v1/repair-orders/{second.Id}",
            "merge",
            new MergeRepairOrder.Request(it.Id)
        );
        merged.Ok().State.ShouldBe("merged");
        merged.Text("number").ShouldBe(second.Number);
        (await it.ReadAsync()).Ok()["mergedOrders"].AsArray().Single()!["number"]!.ToString().ShouldBe(second.Number);
        (await it.Service.ChangeAsync($"/v1/repair-orders/{second.Id}", "unmerge")).Ok().State.ShouldBe("opened");
        (await it.ReadAsync()).Ok()["mergedOrders"].AsArray().ShouldBeEmpty();
        await Fixture.OrderEventAsync(second.Id, "unmerged");
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public async Task Given_an_accepted_repair_When_the_defect_comes_back_Then_flagged_and_the_second_fault_asks_for_a_capa()
    {
        var it = await Case.Of(Fixture).ToAsync("closed");

        var again = (await it.OpenAsync()).Ok();
        again["recurrenceOf"]["number"]!.ToString().ShouldBe((await it.ReadAsync()).Number);
        await Fixture.OrderEventAsync(again.Id, "recurred");
        var second = Case.Of(Fixture).Around(again.Id);
        (await second.DoAsync("judge-recurrence")).Ok();
        foreach (var action in new[] { "confirm", "analyse" })
        {
            (await second.DoAsync(action)).Ok();
        }

        (await second.DoAsync("draw-lessons")).Ok()["lessons"]["capaGround"]!.ToString().ShouldBe("recurs-in-project");
        (await Fixture.OrderEventAsync(again.Id, "capa-requested")).Text("ground").ShouldBe("recurs-in-project");
        var named = await it.OpenAsync(it.Notice() with { RecurrenceOfId = Guid.CreateVersion7() });
        named.Code.ShouldBe("recurrence-unknown");
    }

    private static async Task PrintAsync(Case it)
    {
        foreach (var form in new[] { "task-sheet", "unit-notice", "evidence", "repair-record" })
        {
            var shown = (await it.Head.GetAsync($"{it.Record}/forms/{form}", "zh-Hant")).Ok();
            shown["sections"].AsArray().Count.ShouldBeGreaterThan(0);
            foreach (var language in new[] { "zh-Hant", "en" })
            {
                var (printed, bytes) = await it.Head.DownloadAsync($"{it.Record}/forms/{form}.pdf?language={language}");
                if (File.Exists(Servers.Fonts.Cjk))
                {
                    bytes.AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue(form);
                }
                else
                {
                    printed.Code.ShouldBe("font-missing");
                }
            }
        }

        (await it.Owner.GetAsync($"{it.Record}/forms/task-sheet")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        // What the system did is not put down to a name of a program.
        var evidence = (await it.Head.GetAsync($"{it.Record}/forms/evidence", "zh-Hant")).Ok().Readable();
        evidence.ShouldContain("系統");
        evidence.ShouldNotContain("  repairs");
        (await it.Owner.GetAsync($"{it.Record}/forms/evidence")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await it.Head.GetAsync($"{it.Record}/forms/task-sheet")).Text("number").ShouldMatch(@"^RW-\d{4}-\d{4}$");
    }

    private static decimal Sum(System.Text.Json.Nodes.JsonNode line, string name) => line[name]!.GetValue<decimal>();

    private static async Task CostAsync(Case it, CostKind kind, decimal amount) =>
        (
            await it.OwnRepairer.ChangeAsync(
                it.Record,
                "add-cost",
                new AddRepairCost.Request
                {
                    Kind = kind,
                    Text = "維修",
                    Amount = amount,
                }
            )
        ).Ok();

    // As if the days had passed.
    private async Task RunAsync(FormattableString change)
    {
        using var scope = Fixture.Service.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<RepairsDb>().Database.ExecuteSqlAsync(change);
    }
}
