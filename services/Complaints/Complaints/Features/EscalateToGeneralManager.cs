using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class EscalateToGeneralManager
{
    /// <param name="To">To whom; the general manager by default.</param>
    internal sealed record Request(string Note, Leader? To);

    /// <summary>Who is told of a major quality problem.</summary>
    internal enum Leader
    {
        GeneralManager,
        DeputyGeneralManager,
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Note).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/escalate-to-general-manager", Handle)
            .AsCommand()
            .WithSummary("The head of QC escalates a major quality problem to the general manager or the deputy")
            .WithDescription(
                """
                Rule C5.5.2. 409 `not-a-major-problem` unless the severity is `critical` or the assessment makes it
                one (`assess`). The department heads then meet.
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
            (complaint, context) =>
                complaint.EscalateToGeneralManager(
                    context,
                    body.Note,
                    body.To == Leader.DeputyGeneralManager ? Roles.DeputyGeneralManager : Roles.GeneralManager
                ),
            ComplaintView.From,
            cancellation
        );
}
