using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Features;

internal static class ReopenCorrectiveAction
{
    internal sealed record Request(string Reason, DateOnly? DueOn);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Reason).IsText();
            RuleFor(r => r.DueOn).NotNull();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/corrective-actions/{id:guid}/reopen", Handle)
            .AsCommand()
            .WithSummary("What was found effective recurred: analyse anew")
            .WithDescription(
                """
                Rule C5.6.2; QC, customer service or sales, with the reason and a new due day (409 `due-in-the-past`). Counted in `recurrences`. Where its
                complaint was closed meanwhile, that is reopened in the same step, because no complaint is closed over an open action.
                """
            )
            .Produces<CorrectiveActionView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb store,
        ComplaintTargets targets,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var action = await store
            .CorrectiveActions.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(a => a.Id == id, cancellationToken);
        var complaint = action?.ComplaintId is { } complaintId
            ? await store.Complaints.FirstAsync(c => c.Id == complaintId, cancellationToken)
            : null;
        return caller.Change(
            action,
            a =>
            {
                if (a.Reopen(caller.Flow(a.PolicyVersion), body.Reason, body.DueOn!.Value) is { } refusal)
                {
                    return refusal;
                }

                if (
                    complaint?.State == ComplaintState.Closed
                    && complaint.Reopen(caller.Flow(complaint.PolicyVersion), body.Reason, targets) is { } refused
                )
                {
                    return refused;
                }

                complaint?.Follow(a);
                return null;
            },
            a => CorrectiveActionView.From(a, caller)
        );
    }
}
