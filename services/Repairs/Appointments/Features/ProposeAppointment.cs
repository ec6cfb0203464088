using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Appointments.Features;

internal static class ProposeAppointment
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/appointments/{id:guid}/propose", Handle)
            .AsCommand()
            .WithSummary("The owner proposes another time")
            .WithDescription("Rule P3.2.1. 409: slot-in-past, times-expired.")
            .WithExample(
                new SlotRequest(
                    new DateTimeOffset(2026, 3, 16, 9, 0, 0, TimeSpan.FromHours(8)),
                    new DateTimeOffset(2026, 3, 16, 11, 0, 0, TimeSpan.FromHours(8))
                )
            )
            .Produces<AppointmentView>();

    private static Task<CommandResult> Handle(
        Guid id,
        SlotRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Appointments.VisibleTo(caller.Actor),
            id,
            (appointment, context) => appointment.Propose(context, body.Slot, body.Word),
            AppointmentView.Show,
            cancellation
        );
}
