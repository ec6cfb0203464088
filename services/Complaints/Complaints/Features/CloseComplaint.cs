using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Features;

internal static class CloseComplaint
{
    /// <param name="WithoutConfirmationReason">Why the customer's confirmation is not to be had; sales manager
    /// only.</param>
    internal sealed record Closing(string? WithoutConfirmationReason);

    internal sealed record Reopening(string Reason);

    internal sealed class ClosingValidator : AbstractValidator<Closing>
    {
        public ClosingValidator() => RuleFor(r => r.WithoutConfirmationReason).MayBeText();
    }

    internal sealed class ReopeningValidator : AbstractValidator<Reopening>
    {
        public ReopeningValidator() => RuleFor(r => r.Reason).IsText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/complaints/{id:guid}/close", Close)
            .AsCommand()
            .WithSummary("Close the complaint")
            .WithDescription(
                """
                Rules C5.6.1 and C5.6.2; customer service or sales. 409 `corrective-action-open` while a corrective action is not verified as effective,
                `customer-not-answered`, `customer-not-confirmed` (only the sales manager closes without the confirmation, with a reason).
                """
            )
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/reopen", Reopen)
            .AsCommand()
            .WithSummary("The fault recurred: open the complaint again")
            .WithDescription(
                """
                Rule C5.6.2; customer service, sales or QC, with a reason. A new round begins with targets of its own, and every corrective action of the
                complaint that was found effective goes back to analysis, because it was not; QC sets its new due date by assigning.
                """
            )
            .Produces<ComplaintView>();
    }

    private static Task<CommandResult> Close(
        Guid id,
        Closing body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        caller.ChangeComplaintAsync(
            store,
            id,
            (c, flow) => c.Close(flow, body.WithoutConfirmationReason),
            cancellationToken
        );

    private static async Task<CommandResult> Reopen(
        Guid id,
        Reopening body,
        ComplaintsDb store,
        ComplaintTargets targets,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var actions = caller.Actor.IsStaff()
            ? await store
                .CorrectiveActions.Where(a => a.ComplaintId == id && a.State == CorrectiveActionState.Closed)
                .ToListAsync(cancellationToken)
            : [];
        return await caller.ChangeComplaintAsync(
            store,
            id,
            (c, flow) => c.Recur(actions, flow, body.Reason, null, targets),
            cancellationToken
        );
    }

    /// <summary>The complaint and these actions of it reopen together.</summary>
    internal static Rules.Refusal? Recur(
        this Complaint complaint,
        IEnumerable<CorrectiveAction> actions,
        Rules.FlowContext flow,
        string reason,
        DateOnly? dueOn,
        ComplaintTargets targets
    )
    {
        if (complaint.Reopen(flow, reason, targets) is { } refused)
        {
            return refused;
        }

        foreach (var action in actions)
        {
            if (action.Reopen(flow with { PolicyVersion = action.PolicyVersion }, reason, dueOn) is { } refusal)
            {
                return refusal;
            }

            complaint.Follow(action);
        }

        return null;
    }
}
