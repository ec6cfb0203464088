using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class EscalateToGeneralManager
{
    internal sealed record Request(string Note);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Note).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/escalate-to-general-manager", Handle)
            .AsCommand()
            .WithSummary("The head of QC escalates a major quality problem to the general manager")
            .WithDescription(
                """
                Rule C5.5.2. 409 `not-a-major-problem` unless the severity is `critical`. The department heads then
                meet.
                """
            )
            .Produces<ComplaintView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            (complaint, context) => complaint.EscalateToGeneralManager(context, body.Note),
            ComplaintView.From,
            cancellation
        );
}
