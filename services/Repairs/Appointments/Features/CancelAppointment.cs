using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Appointments.Features;

internal static class CancelAppointment
{
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/appointments/{id:guid}/cancel", Handle)
            .AsCommand()
            .WithSummary("The appointment is given up")
            .WithDescription(
                "Rule P3.2.1. The owner is told by mail, without the reason, where a mail server is set and their address is "
                    + "known."
            )
            .WithExample(new Request("業主改期"))
            .Produces<AppointmentView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
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
                if (appointment.Cancel(context, body.Reason) is { } refusal)
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
