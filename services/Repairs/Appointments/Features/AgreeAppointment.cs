using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Appointments.Features;

internal static class AgreeAppointment
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/appointments/{id:guid}/agree", Handle)
            .AsCommand()
            .WithSummary("The company agrees to the time that the owner proposes")
            .WithDescription(
                "Rule P3.2.1. The owner is told by mail where a mail server is set and their address is known."
            )
            .Produces<AppointmentView>();

    private static Task<CommandResult> Handle(
        Guid id,
        RepairsDb db,
        RepairsMails mails,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Appointments.VisibleTo(caller.Actor),
            id,
            async (appointment, context) =>
            {
                if (appointment.Agree(context) is { } refusal)
                {
                    return refusal;
                }

                await mails.AppointmentAsync(context, appointment, cancellation);
                return null;
            },
            AppointmentView.Show,
            cancellation
        );
}
