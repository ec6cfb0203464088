using CustomerService.Rules;
using static CustomerService.Repairs.Appointments.Domain.AppointmentAction;
using static CustomerService.Repairs.Appointments.Domain.AppointmentState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Repairs.Appointments.Domain.Appointment,
    CustomerService.Repairs.Appointments.Domain.AppointmentState,
    CustomerService.Repairs.Appointments.Domain.AppointmentAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Repairs.Appointments.Domain.Appointment>;

namespace CustomerService.Repairs.Appointments.Domain;

/// <summary>The life of an appointment, rule P3.2.1.</summary>
internal static class AppointmentFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("appointment")
        .Start(Offer, Offered, "P3.2.1", Offerers)

        .From(Offered)           .On(Choose,     Agreed,    "P3.2.1", TheOwner, OwnOrder, IsOpen, IsOffered)
        .From(Offered)           .MayOn(Propose, Proposed,  "P3.2.1", TheOwner, OwnOrder, IsOpen, IsToCome)
        .From(Proposed)          .On(Agree,      Agreed,    "P3.2.1", Offerers)
        .From(Offered, Proposed, Agreed)
                                 .MayOn(Cancel,  Cancelled, "P3.2.1", [Roles.System, .. Offerers])
        .From(Agreed)            .Stay(Remind,   "P3.2.1", TheSystem, ReminderIsDue)
        .In(Offered, Proposed, Agreed)
            .Stay(FollowOrder, "P3.2.1", TheSystem)
            .Stay(FollowMerge, "S4", TheSystem)
        .EndsButReopens(Agreed)
        .Abandons(Cancelled)
        .Build();

    private static readonly string[] TheSystem = [Roles.System];
    internal static readonly string[] Offerers =
    [
        Roles.CustomerService,
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.RepairUnit,
    ];
    private static readonly string[] TheOwner = [Roles.Customer];

    private static readonly Guard OwnOrder = Guard.RequirePeople(
        (appointment, _) => People.Of(new Taker(Roles.Customer, OrganisationId: appointment.OwnerId)),
        code: "not-own-order",
        rule: "P3.2.1",
        missing: ["owner"],
        suppliedBy: TheOwner
    );
    private static readonly Guard IsOpen = Guard.Require(
        (appointment, context) => context.Now < appointment.ExpiresAt,
        code: "times-expired",
        rule: "P3.2.1",
        missing: ["new-offer"],
        suppliedBy: Offerers
    );
    private static readonly Guard IsOffered = Guard.RequireInput<TimeSlot>(
        (appointment, _, given) => appointment.Slots.Contains(given),
        code: "slot-not-offered",
        rule: "P3.2.1",
        missing: ["offered-slot"],
        suppliedBy: TheOwner
    );
    private static readonly Guard IsToCome = Guard.RequireInput<TimeSlot>(
        (_, context, given) => given.From > context.Now && given.To > given.From,
        code: "slot-in-past",
        rule: "P3.2.1",
        missing: ["time-to-come"],
        suppliedBy: TheOwner
    );
    private static readonly Guard ReminderIsDue = Guard.Require(
        (appointment, context) =>
            appointment is { RemindedOn: null, ReminderOn: { } day }
            && context.Today >= day
            && context.Now < appointment.From,
        code: "no-reminder-due",
        rule: "P3.2.1",
        missing: ["reminder-day"],
        suppliedBy: TheSystem
    );
}
