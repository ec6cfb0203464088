using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.Appointments;
using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>A time agreed with the owner (P3.2.1).</summary>
public sealed class AppointmentTests
{
    // Monday 2026-03-16, 9 to 11.
    private static readonly TimeSlot Monday = new(A.At("2026-03-16 09:00"), A.At("2026-03-16 11:00"));
    private static readonly TimeSlot Friday = new(A.At("2026-03-13 14:00"), A.At("2026-03-13 16:00"));

    [Fact]
    public void The_flow_table_is_sound() =>
        FlowChecks.Problems(AppointmentFlow.Table, RepairsTexts.Manager, Texts.Common).ShouldBeEmpty();

    [Fact]
    [Trait("Rule", "S1")]
    public void Whatever_is_tried_only_the_table_changes_an_appointment() =>
        new FlowWalk<Appointment, AppointmentState, AppointmentAction>(AppointmentFlow.Table)
            .Start(AppointmentAction.Offer, move => Appointment.Offer(move.Context, Order(), [Friday, Monday], "h"))
            .On(AppointmentAction.Choose, (a, move) => a.Choose(move.Context, move.OneIn(3) ? Later(move) : Monday))
            .On(
                AppointmentAction.Propose,
                (a, move) => a.Propose(move.Context, move.OneIn(3) ? Friday : Later(move), null)
            )
            .On(AppointmentAction.Agree, (a, move) => a.Agree(move.Context))
            .On(AppointmentAction.Remind, (a, move) => a.Remind(move.Context))
            .On(AppointmentAction.Cancel, (a, move) => move.OneIn(5) ? a.Cancel(move.Context, "x") : NotTried)
            .On(AppointmentAction.FollowOrder, (a, move) => a.FollowUnit(move.Context, Parties.Subcontractor, "宏達"))
            .On(
                AppointmentAction.FollowMerge,
                (a, move) => move.OneIn(2) ? a.MoveTo(move.Context, Order()) : Moved(a, move.Context)
            )
            .By(
                Parties.OwnerMan,
                Parties.UnitMan,
                Someone.InCustomerService(),
                Someone.WithEveryRole(),
                Someone.AtCustomer(Guid.CreateVersion7()),
                Someone.System("repairs")
            )
            .Every(TimeSpan.Zero, TimeSpan.FromHours(3), TimeSpan.FromDays(1), TimeSpan.FromDays(4))
            .Run(walks: 300, steps: 30);

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_offer_When_the_owner_picks_Then_agreed_and_reminded_on_the_working_day_before()
    {
        var appointment = Offered();
        var owner = A.Context(appointment.Holder);

        appointment
            .Choose(owner, new(Monday.From, Monday.To.AddHours(1)))
            .ShouldNotBeNull()
            .Code.ShouldBe("slot-not-offered");
        appointment.Choose(owner, Monday).ShouldBeNull();

        appointment.PendingEvents.OfType<RepairAppointmentAgreed>().ShouldHaveSingleItem().From.ShouldBe(Monday.From);
        appointment.ReminderOn.ShouldBe(A.Day("2026-03-13"));
        appointment
            .Remind(A.Context(Someone.System(), A.At("2026-03-12 23:59")))
            .ShouldNotBeNull()
            .Code.ShouldBe("no-reminder-due");
        appointment.Remind(A.Context(Someone.System(), A.At("2026-03-13 00:00"))).ShouldBeNull();
        VisitCalendar.Of(appointment, A.Moment).ShouldContain("DTSTART:20260316T010000Z\r\n");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_another_time_of_the_owner_When_the_company_agrees_Then_it_holds()
    {
        var appointment = Offered();
        var wish = new TimeSlot(A.At("2026-03-18 09:00"), A.At("2026-03-18 10:00"));

        appointment.Propose(A.Context(Parties.OwnerMan), wish, "not Monday").ShouldBeNull();
        appointment.WorkSteps(A.Context(Someone.System())).ShouldContain(step => step.Action == "agree");
        appointment.Agree(A.Context(Someone.InCustomerService())).ShouldBeNull();

        (appointment.State, appointment.From).ShouldBe((AppointmentState.Agreed, wish.From));
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_an_order_that_goes_to_another_unit_When_its_appointment_follows_Then_that_one_agrees()
    {
        var appointment = Offered();
        var other = Guid.CreateVersion7();

        appointment
            .FollowUnit(A.Context(Someone.InCustomerService()), other, "順達")
            .ShouldNotBeNull()
            .Code.ShouldBe("role-missing");
        appointment.FollowUnit(A.Context(Someone.System()), other, "順達").ShouldBeNull();

        appointment.OutsideOrganisation(Roles.RepairUnit).ShouldBe(other);
        appointment.Choose(A.Context(appointment.Holder), Monday).ShouldBeNull();
        appointment.PendingEvents.OfType<RepairAppointmentAgreed>().ShouldHaveSingleItem().RepairUnitId.ShouldBe(other);
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_agreed_time_When_its_order_has_ended_Then_cancelled_by_the_system_and_announced()
    {
        var appointment = Offered();
        appointment.Choose(A.Context(appointment.Holder), Monday).ShouldBeNull();

        appointment.Cancel(A.Context(Someone.System()), "withdrawn").ShouldBeNull();

        appointment.State.ShouldBe(AppointmentState.Cancelled);
        appointment
            .PendingEvents.OfType<RepairAppointmentCancelled>()
            .ShouldHaveSingleItem()
            .From.ShouldBe(Monday.From);
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_times_that_are_over_When_picked_Then_refused() =>
        Offered()
            .Choose(A.Context(Parties.OwnerMan, A.At("2026-03-16 09:00")), Monday)
            .ShouldNotBeNull()
            .Code.ShouldBe("times-expired");

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(0)]
    [InlineData(4)]
    public void Given_no_time_or_more_than_three_When_offered_Then_refused(int count) =>
        Appointment
            .Offer(
                A.Context(Someone.InCustomerService()),
                Order(),
                [.. Enumerable.Range(0, count).Select(i => new TimeSlot(Monday.From.AddDays(i), Monday.To.AddDays(i)))],
                "h"
            )
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("slots");

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_an_agreed_time_When_its_order_is_merged_Then_it_is_the_other_orders_and_still_reminded()
    {
        var appointment = Offered();
        appointment.Choose(A.Context(appointment.Holder), Monday).ShouldBeNull();
        var into = Order() with { Number = "WX-2", Location = "3 號樓屋面" };

        appointment
            .MoveTo(A.Context(Someone.InCustomerService()), into)
            .ShouldNotBeNull()
            .Code.ShouldBe("role-missing");
        appointment.MoveTo(A.Context(Someone.System()), into).ShouldBeNull();

        (appointment.RepairOrderId, appointment.RepairOrderNumber, appointment.Location).ShouldBe(
            (into.Id, "WX-2", "3 號樓屋面")
        );
        (appointment.State, appointment.From).ShouldBe((AppointmentState.Agreed, Monday.From));
        appointment.Remind(A.Context(Someone.System(), A.At("2026-03-13 00:00"))).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_a_time_that_came_over_two_merges_When_the_first_is_undone_Then_it_goes_back_to_where_it_was()
    {
        var appointment = Offered();
        var (first, firstNumber) = (appointment.RepairOrderId, appointment.RepairOrderNumber);
        var system = A.Context(Someone.System());
        var second = Order() with { Id = Guid.CreateVersion7(), Number = "WX-2" };
        var third = Order() with { Id = Guid.CreateVersion7(), Number = "WX-3" };
        appointment.MoveTo(system, second).ShouldBeNull();
        appointment.MoveTo(system, third).ShouldBeNull();
        appointment.MovedFromIds.ShouldBe([first, second.Id]);

        appointment.MoveBack(system, second).ShouldBeNull();
        (appointment.RepairOrderNumber, appointment.MovedFromIds.ShouldHaveSingleItem()).ShouldBe(("WX-2", first));

        appointment.MoveBack(system, Order() with { Id = first, Number = firstNumber }).ShouldBeNull();
        (appointment.RepairOrderId, appointment.MovedFromIds.Length).ShouldBe((first, 0));
    }

    private static Refusal? Moved(Appointment appointment, CommandContext context) =>
        appointment.MoveOrganisation(context, Parties.Subcontractor, Parties.Subcontractor, "宏達");

    private static Refusal NotTried { get; } = Refusal.ByRule("not-tried", "P3.2.1", []);

    private static TimeSlot Later(Move move) => new(move.Context.Now.AddDays(2), move.Context.Now.AddDays(3));

    private static Appointment Offered()
    {
        var appointment = Appointment
            .Offer(A.Context(Someone.InCustomerService()), Order(), [Friday, Monday], "h")
            .Required();
        appointment.MarkSaved();
        return appointment;
    }

    private static OrderToVisit Order() =>
        new(Guid.CreateVersion7(), "WX-1", Parties.Owner, Parties.Subcontractor, "濱江花園", "屋面");
}
