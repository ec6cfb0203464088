using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>What is done in the field counts from when it was done, not from when that was told (P3.2.2, P3.2.3).</summary>
public sealed class FieldTimeTests
{
    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_an_objection_told_late_When_kept_Then_with_both_times()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);

        order.Object(Unit("2026-03-11 18:00"), "not ours", A.At("2026-03-11 08:00")).ShouldBeNull();

        order.FieldSteps.ShouldHaveSingleItem().ShouldBe(Told("object", "2026-03-11 08:00", "2026-03-11 18:00"));
        order.ObjectedAt.ShouldBe(A.At("2026-03-11 08:00"));
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_a_pause_and_its_end_told_late_When_kept_Then_the_clocks_stood_still_between_them()
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        var (from, to) = (A.At("2026-03-11 08:00"), A.At("2026-03-12 09:00"));

        order.Pause(Unit("2026-03-13 18:00"), RepairPauseReason.Weather, "rain", from).ShouldBeNull();
        order
            .Resume(Unit("2026-03-13 18:00"), from.AddMinutes(-1))
            .ShouldNotBeNull()
            .Missing.ShouldBe(["time-since-pause"]);
        order.Resume(Unit("2026-03-13 18:00"), to).ShouldBeNull();

        var pause = order.Pauses.ShouldHaveSingleItem();
        (pause.From, pause.To).ShouldBe((from, to));
        (order.StartDueAt, order.FinishDueAt).ShouldBe((A.At("2026-03-15 00:00"), A.At("2026-03-22 00:00")));
        order.Waiting.Times.Single(t => t.Party == WaitingParty.Weather).Seconds.ShouldBe(25 * 3600);
        order.FieldSteps.ShouldBe([
            Told("pause", "2026-03-11 08:00", "2026-03-13 18:00"),
            Told("resume", "2026-03-12 09:00", "2026-03-13 18:00"),
        ]);
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_cost_told_late_When_kept_Then_on_the_day_of_the_work()
    {
        var order = A.RepairOrder().At(RepairOrderState.InRepair);

        order
            .AddCost(Unit("2026-03-13 18:00"), CostKind.Labour, "人工", 100m, doneAt: A.At("2026-03-12 17:00"))
            .ShouldBeNull();
        order
            .AddCost(Unit("2026-03-13 18:00"), CostKind.Labour, "人工", 100m, doneAt: A.At("2026-03-13 18:01"))
            .ShouldNotBeNull()
            .Code.ShouldBe("done-at-impossible");

        order.Costs.ShouldHaveSingleItem().On.ShouldBe(A.Day("2026-03-12"));
        order.FieldSteps.ShouldHaveSingleItem().Action.ShouldBe("add-cost");
    }

    [Theory]
    [Trait("Rule", "P3.2.2")]
    [InlineData("2026-03-13 16:00", false)]
    [InlineData("2026-03-14 00:00", true)]
    public void Given_a_start_marked_overdue_When_told_after_it_Then_missed_only_if_it_was_done_after_it(
        string doneAt,
        bool missed
    )
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        order.MarkStartOverdue(A.Context(Someone.System(), A.At("2026-03-14 00:00"))).ShouldBeNull();

        order.Start(Unit("2026-03-14 09:00"), A.At(doneAt)).ShouldBeNull();

        (order.StartOverdueOn is not null, order.BegunInTime).ShouldBe((missed, !missed));
        order.PendingEvents.OfType<RepairOrderStarted>().ShouldHaveSingleItem().StartMissed.ShouldBe(missed);
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_an_emergency_marked_overdue_When_the_arrival_in_time_is_told_Then_not_missed()
    {
        var order = new RepairOrderBuilder
        {
            Severity = DefectSeverity.Emergency,
            EmergencyReason = EmergencyReason.Safety,
        }.At(RepairOrderState.Briefed);
        var due = order.StartDueAt!.Value;
        order.MarkStartOverdue(A.Context(Someone.System(), due)).ShouldBeNull();

        order.Arrive(A.Context(Parties.UnitMan, due.AddHours(2)), due.AddMinutes(-1)).ShouldBeNull();
        order.Start(A.Context(Parties.UnitMan, due.AddHours(3))).ShouldBeNull();

        order.PendingEvents.OfType<RepairOrderStarted>().ShouldHaveSingleItem().StartMissed.ShouldBe(false);
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_receipt_marked_overdue_When_the_receipt_in_time_is_told_Then_not_missed()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        order.MarkReceiptOverdue(A.Context(Someone.System(), A.At("2026-03-12 00:00"))).ShouldBeNull();

        order.Receive(Unit("2026-03-12 09:00"), A.At("2026-03-11 20:00")).ShouldBeNull();

        order.ReceiptOverdueOn.ShouldBeNull();
        order.PendingEvents.OfType<RepairOrderReceived>().ShouldHaveSingleItem().ReceiptMissed.ShouldBe(false);
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_an_end_marked_overdue_When_the_end_in_time_is_told_Then_not_missed()
    {
        var order = A.RepairOrder().At(RepairOrderState.InRepair);
        order.MarkFinishOverdue(A.Context(Someone.System(), A.At("2026-03-21 00:00"))).ShouldBeNull();

        order.Finish(Unit("2026-03-21 09:00"), A.Work(A.Day("2026-03-20"))).ShouldBeNull();

        order.FinishOverdueOn.ShouldBeNull();
        order.PendingEvents.OfType<RepairOrderFinished>().ShouldHaveSingleItem().CompletionMissed.ShouldBe(false);
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_a_pause_before_the_target_told_after_it_When_marked_overdue_Then_not_missed()
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        order.MarkStartOverdue(A.Context(Someone.System(), A.At("2026-03-14 00:00"))).ShouldBeNull();

        order.Attempt(Unit("2026-03-14 09:00"), "nobody", null, A.At("2026-03-13 15:00")).ShouldBeNull();

        (order.StartOverdueOn, order.PausedSince).ShouldBe((null, A.At("2026-03-13 15:00")));
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_a_briefing_When_a_start_before_it_is_told_Then_refused()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        var head = A.Context(Someone.HeadOfEngineering(), A.At("2026-03-11 10:00"));
        order.Brief(head, A.Day("2026-03-11"), "how", A.Crew(), A.Principles()).ShouldBeNull();

        var refusal = order.Start(Unit("2026-03-11 12:00"), A.At("2026-03-11 09:59")).ShouldNotBeNull();

        refusal.Code.ShouldBe("done-at-impossible");
        refusal.Missing.ShouldBe(["time-since-briefing"]);
        order.Start(Unit("2026-03-11 12:00"), A.At("2026-03-11 10:00")).ShouldBeNull();
    }

    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData("2026-03-11 10:59", "done-at-impossible")]
    [InlineData("2026-03-11 18:01", "done-at-impossible")]
    [InlineData("2026-03-11 11:00", null)]
    public void Given_a_start_When_the_end_is_told_Then_between_it_and_now(string doneAt, string? code)
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        order.Start(Unit("2026-03-11 12:00"), A.At("2026-03-11 11:00")).ShouldBeNull();

        var work = A.Work(A.Day("2026-03-11")) with { DoneAt = A.At(doneAt) };
        (order.Finish(Unit("2026-03-11 18:00"), work)?.Code).ShouldBe(code);
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_no_emergency_When_somebody_is_on_site_Then_the_start_is_still_to_come()
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        order.Arrive(Unit("2026-03-11 09:00")).ShouldBeNull();

        RepairOrderDeadlines.IsStartOverdue(order, A.At("2026-03-14 00:00")).ShouldBeTrue();
        order.MarkStartOverdue(A.Context(Someone.System(), A.At("2026-03-14 00:00"))).ShouldBeNull();
        order.Start(Unit("2026-03-14 09:00")).ShouldBeNull();
        order.BegunInTime.ShouldBe(false);
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_work_begun_late_When_paused_Then_the_target_of_the_start_stays_missed()
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        order.Start(Unit("2026-03-14 09:00")).ShouldBeNull();
        order.Pause(Unit("2026-03-14 10:00"), RepairPauseReason.Material, null).ShouldBeNull();
        order.Resume(Unit("2026-03-18 10:00")).ShouldBeNull();

        (order.StartDueAt, order.FinishDueAt).ShouldBe((A.At("2026-03-14 00:00"), A.At("2026-03-25 00:00")));
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_a_pause_When_an_arrival_before_it_is_told_Then_it_goes_on()
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        order.Pause(Unit("2026-03-11 11:00"), RepairPauseReason.Weather, "rain").ShouldBeNull();

        order.Arrive(Unit("2026-03-11 12:00"), A.At("2026-03-11 10:00")).ShouldBeNull();

        order.PausedSince.ShouldBe(A.At("2026-03-11 11:00"));
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_somebody_on_site_When_an_attempt_before_it_is_told_Then_the_owners_time_until_then()
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        order.Arrive(Unit("2026-03-11 15:00")).ShouldBeNull();

        order.Attempt(Unit("2026-03-11 16:00"), "nobody", null, A.At("2026-03-11 09:00")).ShouldBeNull();

        order.PausedSince.ShouldBeNull();
        order.Pauses.ShouldHaveSingleItem().To.ShouldBe(A.At("2026-03-11 15:00"));
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_a_defect_to_be_confirmed_When_nobody_is_there_Then_the_owners_time_until_it_is_confirmed()
    {
        var order = A.RepairOrder().Build();
        var service = (string at) => A.Context(Someone.InCustomerService(), A.At(at));
        order.Attempt(Unit("2026-03-11 09:00"), "nobody", null).ShouldNotBeNull().Code.ShouldBe("role-missing");
        order
            .Attempt(service("2026-03-11 09:00"), "nobody", null, A.At("2026-03-09 23:59"))
            .ShouldNotBeNull()
            .Missing.ShouldBe(["date-after-notice"]);

        order.Attempt(service("2026-03-11 09:00"), "nobody", null).ShouldBeNull();
        order.WaitsFor.ShouldBe(WaitingParty.Owner);
        order
            .Confirm(service("2026-03-12 09:00"), ConfirmationMethod.OnSite, A.Day("2026-03-12"), "王", "重做")
            .ShouldBeNull();

        (order.PausedSince, order.WaitsFor).ShouldBe((null, WaitingParty.Engineering));
        order.Waiting.Times.Single(t => t.Party == WaitingParty.Owner).Seconds.ShouldBe(24 * 3600);
    }

    private static CommandContext Unit(string at) => A.Context(Parties.UnitMan, A.At(at));

    private static FieldStep Told(string action, string doneAt, string toldAt) =>
        new(action, A.At(doneAt), A.At(toldAt), Parties.UnitMan.Name);
}

/// <summary>A unit's objection holds up its receipt (P3.1.1).</summary>
public sealed class ObjectionClockTests
{
    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_an_undecided_objection_When_the_day_of_the_receipt_passes_Then_not_overdue_until_decided()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        order.Object(A.Context(Parties.UnitMan, A.At("2026-03-11 09:00")), "not ours").ShouldBeNull();

        order
            .MarkReceiptOverdue(A.Context(Someone.System(), A.At("2026-03-13 00:00")))
            .ShouldNotBeNull()
            .Code.ShouldBe("receipt-not-due");
        order.IsUnitLate(A.Context(Someone.HeadOfEngineering(), A.At("2026-03-13 00:00"))).ShouldBeFalse();

        order.Overrule(A.Context(Someone.InEngineering(), A.Day("2026-03-13")), "yours").ShouldBeNull();
        order.MarkReceiptOverdue(A.Context(Someone.System(), A.At("2026-03-14 23:59"))).ShouldNotBeNull();
        order.MarkReceiptOverdue(A.Context(Someone.System(), A.At("2026-03-15 00:00"))).ShouldBeNull();
    }

    [Theory]
    [Trait("Rule", "P3.1.1")]
    [InlineData("2026-03-11 23:59", true)]
    [InlineData("2026-03-12 00:00", false)]
    public void Given_an_objection_When_the_unit_drops_it_by_receiving_Then_in_time_if_it_objected_in_time(
        string objected,
        bool inTime
    )
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        order.Object(A.Context(Parties.UnitMan, A.At(objected)), "not ours").ShouldBeNull();

        order.Receive(A.Context(Parties.UnitMan, A.At("2026-03-13 09:00"))).ShouldBeNull();

        (order.Receipt!.InTime, order.ObjectedAt, order.OpenObjection).ShouldBe((inTime, null, null));
    }
}

/// <summary>Who bears the cost after a step-in, and when it is charged back (P3.1.1).</summary>
public sealed class StepInChargeTests
{
    private static readonly RepairUnit Second = new(Guid.CreateVersion7(), "順達防水", UnitKind.Subcontractor);
    private static readonly RepairUnit Third = new(Guid.CreateVersion7(), "恆固防水", UnitKind.Subcontractor);

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_step_in_When_another_steps_in_and_the_order_is_reassigned_Then_the_first_unit_still_bears_the_cost()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        StepIn(order, "2026-03-12", Second);
        (order.RepairUnitId, order.ChargedUnitId).ShouldBe((Second.Id, Parties.Subcontractor));

        StepIn(order, "2026-03-14", Third);
        (order.RepairUnitId, order.ChargedUnitId).ShouldBe((Third.Id, Parties.Subcontractor));
        order
            .EarlierAssignments.Select(before => (before.UnitId, before.SteppedIn))
            .ShouldBe([(Parties.Subcontractor, true), (Second.Id, true)]);

        order.Object(A.Context(Someone.InRepairUnit(Third.Id), A.Day("2026-03-14")), "no people").ShouldBeNull();
        var input = A.DispatchInput() with { Unit = Parties.OwnUnit, UnitReason = "own crew" };
        order.Reassign(A.Context(Someone.InEngineering(), A.Day("2026-03-14")), input).ShouldBeNull();
        (order.RepairUnitId, order.ChargedUnitId, order.ChargedUnitName).ShouldBe(
            (Parties.OwnUnit.Id, Parties.Subcontractor, Parties.Unit.Name)
        );
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_a_unit_that_was_stepped_in_for_When_it_is_merged_Then_found_under_the_one_that_stayed()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        StepIn(order, "2026-03-12", Second);
        StepIn(order, "2026-03-14", Third);
        var stayed = Guid.CreateVersion7();

        order.MoveUnit(A.Context(Someone.System()), Second.Id, stayed, "順達");

        order.EarlierAssignments.Select(before => before.UnitId).ShouldBe([Parties.Subcontractor, stayed]);
    }

    [Theory]
    [Trait("Rule", "P3.1.1")]
    [InlineData(RepairOrderState.Done)]
    [InlineData(RepairOrderState.Inspected)]
    public void Given_work_that_may_go_back_to_repair_When_charged_back_Then_refused(object state)
    {
        var order = new RepairOrderBuilder { Decision = A.DispatchInput() with { ChargeBack = true } }.At(
            (RepairOrderState)state
        );
        order.AddCost(A.Context(Someone.InEngineering()), CostKind.Labour, "人工", 100m).ShouldBeNull();

        order
            .ChargeBack(A.Context(Someone.HeadOfEngineering()), Guid.CreateVersion7(), null)
            .ShouldNotBeNull()
            .Code.ShouldBe("not-in-this-state");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_charge_back_When_it_is_withdrawn_Then_costs_are_taken_again_and_a_new_cost_is_owed()
    {
        var order = new RepairOrderBuilder { Decision = A.DispatchInput() with { ChargeBack = true } }.At(
            RepairOrderState.Accepted
        );
        var engineer = A.Context(Someone.InEngineering());
        var head = A.Context(Someone.HeadOfEngineering());
        var charge = Guid.CreateVersion7();
        order.AddCost(engineer, CostKind.Labour, "人工", 100m).ShouldBeNull();
        order.ChargeBack(head, charge, null).ShouldBeNull();
        order.AddCost(engineer, CostKind.Labour, "人工", 50m).ShouldNotBeNull().Code.ShouldBe("charged-back-already");

        order.DropChargeBack(head, Guid.CreateVersion7(), "another one");
        order.ChargeBackId.ShouldBe(charge);
        order.DropChargeBack(head, charge, "業主使用不當");

        (order.ChargeBackId, order.OwesChargeBack).ShouldBe((null, false));
        order.AddCost(engineer, CostKind.Labour, "人工", 50m).ShouldBeNull();
        order.OwesChargeBack.ShouldBeTrue();
        order.ChargeBack(head, Guid.CreateVersion7(), null).ShouldBeNull();
    }

    internal static void StepIn(RepairOrder order, string day, RepairUnit unit)
    {
        var head = A.Context(Someone.HeadOfEngineering(), A.Day(day));
        order.GiveNotice(head, NoticeChannel.Mail, "come", "Li").ShouldBeNull();
        order.StepIn(head, A.DispatchInput() with { Unit = unit }).ShouldBeNull();
    }
}
