using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Production fixes the days of a repair (P2.1.2).</summary>
public sealed class PlanTests
{
    private static readonly CommandContext Production = A.Context(Someone.InProduction());

    [Theory]
    [Trait("Rule", "P2.1.2")]
    [InlineData(RepairOrderState.Confirmed)]
    [InlineData(RepairOrderState.Analysed)]
    [InlineData(RepairOrderState.Reviewed)]
    [InlineData(RepairOrderState.Approved)]
    public void Given_an_order_before_it_is_issued_When_planned_twice_Then_the_days_are_moved(object state)
    {
        var order = new RepairOrderBuilder { Unplanned = true }.At((RepairOrderState)state);

        order.PlanDays(Production, A.Today, A.Today.AddDays(2)).ShouldBeNull();
        order.PlanDays(Production, A.Today.AddDays(1), A.Today.AddDays(1)).ShouldBeNull();

        order.Plan.ShouldBe(new RepairPlan(A.Today.AddDays(1), A.Today.AddDays(1), Stamp.Of(Production)));
        order.State.ShouldBe((RepairOrderState)state);
    }

    [Fact]
    [Trait("Rule", "P2.1.2")]
    public void Given_no_planned_days_When_an_approved_order_is_issued_Then_refused_and_production_supplies_them()
    {
        var order = new RepairOrderBuilder { Unplanned = true }.At(RepairOrderState.Approved);

        Refused.By(
            order.Dispatch(A.Context(Someone.InEngineering()), A.DispatchInput()),
            "repair-not-planned",
            "P2.1.2",
            ["planned-days"],
            Roles.Production
        );

        order.PlanDays(Production, A.Today, A.Today).ShouldBeNull();
        order.Dispatch(A.Context(Someone.InEngineering()), A.DispatchInput()).ShouldBeNull();
    }

    [Theory]
    [Trait("Rule", "P2.1.2")]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_an_emergency_When_issued_unplanned_Then_planned_afterwards_before_it_is_closed(
        bool beforeApproval
    )
    {
        var order = new RepairOrderBuilder
        {
            Severity = DefectSeverity.Emergency,
            EmergencyReason = EmergencyReason.Structure,
            BeforeApproval = beforeApproval,
            Unplanned = true,
        }.At(RepairOrderState.Accepted);
        if (beforeApproval)
        {
            order.Analyse(A.Context(Someone.InEngineering()), "f", "c", "m", ["x"]).ShouldBeNull();
            order.Review(A.Context(Someone.HeadOfEngineering()), "fine").ShouldBeNull();
            order.Ratify(A.Context(Someone.UnitLeader()), "ok").ShouldBeNull();
        }

        Refused.By(
            order.Return(A.Context(Parties.UnitMan), null),
            "repair-not-planned",
            "P2.1.2",
            ["planned-days"],
            Roles.Production
        );

        order.PlanDays(Production, A.Today, A.Today).ShouldBeNull();
        order.Return(A.Context(Parties.UnitMan), null).ShouldBeNull();
    }

    [Theory]
    [Trait("Rule", "P2.1.2")]
    [InlineData(RepairOrderState.Dispatched)]
    [InlineData(RepairOrderState.Accepted)]
    public void Given_an_issued_order_When_planned_again_Then_refused(object state)
    {
        var order = A.RepairOrder().At((RepairOrderState)state);

        Refused.By(
            order.PlanDays(Production, A.Today, A.Today),
            "planned-already",
            "P2.1.2",
            ["unplanned-order"],
            Roles.Production
        );
    }

    [Theory]
    [Trait("Rule", "P2.1.2")]
    [InlineData(0, -1, "ends-before-beginning", "day-not-before-first")]
    [InlineData(-1, 0, "planned-before-notice", "date-after-notice")]
    public void Given_days_that_cannot_be_When_planned_Then_refused(int from, int to, string code, string missing)
    {
        var order = new RepairOrderBuilder { Unplanned = true }.At(RepairOrderState.Confirmed);

        Refused.By(
            order.PlanDays(Production, A.Today.AddDays(from), A.Today.AddDays(to)),
            code,
            "P2.1.2",
            [missing],
            Roles.Production
        );
    }

    [Theory]
    [Trait("Rule", "P2.1.2")]
    [InlineData(Roles.Engineering)]
    [InlineData(Roles.CustomerService)]
    [InlineData(Roles.RepairUnit)]
    public void Given_another_than_production_When_they_plan_Then_refused(string role) =>
        A.RepairOrder()
            .At(RepairOrderState.Approved)
            .PlanDays(A.Context(role), A.Today, A.Today)
            .ShouldNotBeNull()
            .Code.ShouldBe("role-missing");

    [Theory]
    [Trait("Rule", "P2.1.2")]
    [InlineData(RepairOrderState.Opened)]
    [InlineData(RepairOrderState.Closed)]
    public void Given_an_order_that_is_not_confirmed_or_over_When_planned_Then_refused(object state) =>
        A.RepairOrder()
            .At((RepairOrderState)state)
            .PlanDays(Production, A.Today, A.Today)
            .ShouldNotBeNull()
            .Code.ShouldBe("not-in-this-state");

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_production_When_it_confirms_the_defect_for_customer_service_Then_refused() =>
        A.RepairOrder()
            .Build()
            .Confirm(Production, ConfirmationMethod.Phone, A.Today, "王先生", "重做")
            .ShouldNotBeNull()
            .Code.ShouldBe("role-missing");
}
