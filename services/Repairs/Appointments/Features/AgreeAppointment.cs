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
            .WithDescription("Rule P3.2.1.")
            .Produces<AppointmentView>();

    private static Task<CommandResult> Handle(Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ChangeAsync(
            db.Appointments.VisibleTo(caller.Actor),
            id,
            (appointment, context) => appointment.Agree(context),
            AppointmentView.Show,
            cancellation
        );
}
