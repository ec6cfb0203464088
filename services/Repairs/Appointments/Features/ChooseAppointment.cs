using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Appointments.Features;

internal static class ChooseAppointment
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/appointments/{id:guid}/choose", Handle)
            .AsCommand()
            .WithSummary("The owner picks one of the times")
            .WithDescription("Rule P3.2.1. 409: slot-not-offered, times-expired.")
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
            (appointment, context) => appointment.Choose(context, body.Slot),
            AppointmentView.Show,
            cancellation
        );
}
