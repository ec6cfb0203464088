using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Confirming the defect with the owner, in time or late (P3.2.1).</summary>
public sealed class ConfirmationTests
{
    private static readonly CommandContext CustomerService = A.Context(Someone.InCustomerService());
    private static readonly CommandContext System = A.Context(Actor.System("repairs"));

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Given_a_due_day_When_confirmed_Then_in_time_through_that_day(int daysAfterNotice, bool inTime)
    {
        var order = Notified(A.Today.AddDays(-5)).Build();
        var on = order.NotifiedOn.AddDays(daysAfterNotice);

        order.Confirm(CustomerService, ConfirmationMethod.Phone, on, "王先生", "重做").ShouldBeNull();

        order.Confirmation.ShouldBe(
            new Confirmation(ConfirmationMethod.Phone, on, "王先生", "重做", inTime, Stamp.Of(CustomerService))
        );
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("重做");
        order
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(new RepairOrderConfirmed(order.Id, 2, Parties.Owner, on, inTime));
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(1, "date-in-future", "past-date")]
    [InlineData(-1, "before-notice", "date-after-notice")]
    public void Given_a_wrong_day_When_confirmed_Then_refused(int days, string code, string missing)
    {
        var order = A.RepairOrder().Build();

        var refusal = order.Confirm(CustomerService, ConfirmationMethod.OnSite, A.Today.AddDays(days), "王", "重做");

        Refused.By(refusal, code, "P3.2.1", [missing], Roles.CustomerService, Roles.Engineering, Roles.EngineeringHead);
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_unconfirmed_order_past_its_day_When_marked_Then_marked_and_announced()
    {
        var order = Notified(A.Today.AddDays(-3)).Build();

        order.MarkOverdue(System).ShouldBeNull();

        (order.ConfirmationOverdueOn, order.State).ShouldBe((A.Today, RepairOrderState.Opened));
        order
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(
                new RepairOrderConfirmationOverdue(
                    order.Id,
                    2,
                    order.Number,
                    order.ProjectId,
                    order.ProjectName,
                    order.OwnerId,
                    A.Today.AddDays(-3),
                    A.Today.AddDays(-1)
                )
            );
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_order_marked_overdue_When_marked_again_Then_refused()
    {
        var order = Notified(A.Today.AddDays(-3)).Build();
        order.MarkOverdue(System).ShouldBeNull();

        Refused.By(order.MarkOverdue(System), "marked-already", "P3.2.1", ["unmarked-order"], Roles.System);
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_the_due_day_itself_When_marked_Then_refused()
    {
        var order = Notified(A.Today.AddDays(-2)).Build();

        Refused.By(order.MarkOverdue(System), "not-yet-due", "P3.2.1", ["due-day-over"], Roles.System);
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(-2, false)]
    [InlineData(-3, true)]
    public void Given_any_order_When_asked_whether_overdue_Then_the_database_says_the_same(int notified, bool overdue)
    {
        var order = Notified(A.Today.AddDays(notified)).Build();
        var confirmed = Notified(A.Today.AddDays(notified)).At(RepairOrderState.Confirmed);

        RepairOrderDeadlines.IsConfirmationOverdue(order, A.Today).ShouldBe(overdue);
        RepairOrderDeadlines.ConfirmationOverdue(true, A.Today).Compile()(order).ShouldBe(overdue);
        RepairOrderDeadlines.ConfirmationOverdue(false, A.Today).Compile()(order).ShouldBe(!overdue);
        RepairOrderDeadlines.ConfirmationToMark(A.Today).Compile()(order).ShouldBe(overdue);
        RepairOrderDeadlines.IsConfirmationOverdue(confirmed, A.Today).ShouldBeFalse("it is confirmed");
        RepairOrderDeadlines.ConfirmationOverdue(true, A.Today).Compile()(confirmed).ShouldBeFalse();
        RepairOrderDeadlines.ConfirmationToMark(A.Today).Compile()(confirmed).ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_order_marked_overdue_When_the_job_looks_again_Then_it_is_overdue_and_not_to_be_marked()
    {
        var order = Notified(A.Today.AddDays(-3)).Build();
        order.MarkOverdue(System).ShouldBeNull();

        RepairOrderDeadlines.ConfirmationToMark(A.Today).Compile()(order).ShouldBeFalse();
        RepairOrderDeadlines.IsConfirmationOverdue(order, A.Today).ShouldBeTrue();
    }

    private static RepairOrderBuilder Notified(DateOnly on) => new() { NotifiedOn = on };
}
