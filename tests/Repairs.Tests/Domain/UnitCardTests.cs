using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>The card of a unit that repairs (P3.1.1).</summary>
public sealed class UnitCardTests
{
    private static readonly RepairUnit Second = new(Guid.CreateVersion7(), "順達防水", UnitKind.Subcontractor);
    private static readonly RepairUnit Third = new(Guid.CreateVersion7(), "恆固防水", UnitKind.Subcontractor);

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_two_step_ins_When_carded_Then_each_unit_that_did_not_come_shows_its_own()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        StepInChargeTests.StepIn(order, "2026-03-12", Second);
        StepInChargeTests.StepIn(order, "2026-03-14", Third);

        foreach (var unit in new[] { Parties.Subcontractor, Second.Id })
        {
            var card = Card(unit, "2026-03-14 12:00", order);
            (card.Orders, card.TakenOver, card.ReceivedInTimePercent, card.StartedInTimePercent).ShouldBe(
                (1, 1, 0m, 0m)
            );
        }

        var last = Card(Third.Id, "2026-03-14 12:00", order);
        (last.Orders, last.TakenOver, last.ReceivedInTimePercent, last.StartedInTimePercent).ShouldBe(
            (1, 0, null, null)
        );
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_orders_that_are_late_When_carded_Then_a_paused_one_is_not_and_a_withdrawn_one_counts_nowhere()
    {
        var late = A.RepairOrder().At(RepairOrderState.Dispatched);
        var paused = A.RepairOrder().At(RepairOrderState.Dispatched);
        paused.Receive(A.Context(Parties.UnitMan)).ShouldBeNull();
        paused.Pause(A.Context(Parties.UnitMan), RepairPauseReason.Weather, null).ShouldBeNull();
        var withdrawn = A.RepairOrder().At(RepairOrderState.Dispatched);
        withdrawn.Withdraw(A.Context(Someone.InCustomerService()), "twice").ShouldBeNull();

        var card = Card(Parties.Subcontractor, "2026-03-14 00:00", late, paused, withdrawn);

        (card.Orders, card.ReceivedInTimePercent, card.StartedInTimePercent).ShouldBe((2, 50m, 0m));
        Card(Parties.Subcontractor, "2026-03-14 00:00", paused).StartedInTimePercent.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_an_objection_When_carded_Then_the_receipt_is_not_late()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        order.Object(A.Context(Parties.UnitMan), "not ours").ShouldBeNull();

        Card(Parties.Subcontractor, "2026-03-13 00:00", order).ReceivedInTimePercent.ShouldBeNull();
    }

    [Theory]
    [Trait("Rule", "P3.1.1")]
    [InlineData("2026-03-13 23:59", 100)]
    [InlineData("2026-03-14 00:00", 0)]
    public void Given_somebody_on_site_early_When_carded_Then_the_beginning_of_the_work_counts(
        string began,
        int percent
    )
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        order.Arrive(A.Context(Parties.UnitMan, A.At("2026-03-11 09:00"))).ShouldBeNull();
        order.Start(A.Context(Parties.UnitMan, A.At(began))).ShouldBeNull();

        Card(Parties.Subcontractor, "2026-03-20 00:00", order).StartedInTimePercent.ShouldBe(percent);
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_repair_that_failed_once_When_carded_Then_its_first_inspection_counts_with_cost_and_charge()
    {
        var order = A.RepairOrder().At(RepairOrderState.Done);
        order.AddCost(A.Context(Someone.InEngineering()), CostKind.Labour, "人工", 100m).ShouldBeNull();
        order.FailInspection(A.Context(Someone.InQuality()), "leaks").ShouldBeNull();
        var good = A.RepairOrder().At(RepairOrderState.Accepted);

        var card = GetUnitCard.Of(Parties.Subcontractor, [order, good], 40m, A.Today, A.Moment);

        (card.FirstTimePassPercent, card.AcceptedAtOncePercent).ShouldBe((50m, 100m));
        (card.Cost, card.ChargedBack).ShouldBe((100m, 40m));
    }

    private static GetUnitCard.UnitCard Card(Guid unit, string at, params RepairOrder[] orders)
    {
        var context = A.Context(Someone.InEngineering(), A.At(at));
        return GetUnitCard.Of(unit, orders, 0m, context.Today, context.Now);
    }
}
