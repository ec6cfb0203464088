using System.Text.Json.Serialization;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Features;

/// <summary>A corrective action (CAPA).</summary>
/// <param name="Source"><c>complaint</c> or <c>revisit</c>.</param>
/// <param name="SourceId">The complaint or the finding.</param>
/// <param name="SourceNumber">Number of the complaint or of the contract.</param>
/// <param name="DueOn">Last day of execution that is in time; null until QC has set it.</param>
/// <param name="Ineffective">How often the effect was not there.</param>
/// <param name="Recurrences">How often it came back after it had been found effective.</param>
/// <param name="Actions">What this caller could do now; each is the last part of the address to post to.</param>
internal sealed record CorrectiveActionView(
    Guid Id,
    string Number,
    CorrectiveActionState State,
    long Version,
    string Source,
    Guid SourceId,
    string SourceNumber,
    Guid? ComplaintId,
    Guid? ProjectId,
    string Subject,
    string Description,
    string? Department,
    DateOnly OpenedOn,
    DateOnly? DueOn,
    bool Overdue,
    ProposalView? Proposal,
    ReviewView? Review,
    ExecutionView? Execution,
    VerificationView? Verification,
    int Ineffective,
    int Recurrences,
    DateOnly? ClosedOn,
    IReadOnlyList<ActionRoundView> Rounds,
    int PolicyVersion,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions
)
{
    public static CorrectiveActionView From(CorrectiveAction a, Caller caller) =>
        new(
            a.Id,
            a.Number,
            a.State,
            a.Version,
            a.Source,
            a.SourceId,
            a.SourceNumber,
            a.ComplaintId,
            a.ProjectId,
            a.Subject,
            a.Description,
            a.Department,
            a.OpenedOn,
            a.DueOn,
            ActionDeadline.IsOverdue(a.State, a.DueOn, caller.Today),
            ProposalView.From(a.Proposal),
            ReviewView.From(a.Review),
            ExecutionView.From(a.Execution),
            VerificationView.From(a.Verification),
            a.Ineffective,
            a.Recurrences,
            a.ClosedOn,
            a.Rounds.Select(ActionRoundView.From).ToList(),
            a.PolicyVersion,
            a.AllowedActions(caller.Flow(a.PolicyVersion))
        );
}

internal sealed record ProposalView(
    string Disposition,
    string Cause,
    string CorrectiveAction,
    string PreventiveAction,
    string By,
    string? Department,
    DateOnly On
)
{
    public static ProposalView? From(Proposal? p) =>
        p is null ? null : new(p.Disposition, p.Cause, p.Correction, p.Prevention, p.By.Name, p.By.Department, p.On);
}

internal sealed record ReviewView(bool Approved, string Opinion, string By, DateOnly On)
{
    public static ReviewView? From(Review? r) => r is null ? null : new(r.Approved, r.Opinion, r.By.Name, r.On);
}

internal sealed record ExecutionView(string Record, DateOnly ExecutedOn, bool InTime, string By)
{
    public static ExecutionView? From(Execution? e) => e is null ? null : new(e.Record, e.On, e.InTime, e.By.Name);
}

internal sealed record VerificationView(bool Effective, string Evidence, string By, DateOnly On)
{
    public static VerificationView? From(Verification? v) =>
        v is null ? null : new(v.Effective, v.Evidence, v.By.Name, v.On);
}

/// <summary>A pass that did not last.</summary>
/// <param name="EndedBy"><c>sent-back</c>, <c>ineffective</c> or <c>recurred</c>.</param>
internal sealed record ActionRoundView(
    int Number,
    DateOnly? DueOn,
    ProposalView? Proposal,
    ReviewView? Review,
    ExecutionView? Execution,
    VerificationView? Verification,
    string EndedBy,
    string Reason,
    DateOnly EndedOn
)
{
    public static ActionRoundView From(ActionRound r) =>
        new(
            r.Number,
            r.DueOn,
            ProposalView.From(r.Proposal),
            ReviewView.From(r.Review),
            ExecutionView.From(r.Execution),
            VerificationView.From(r.Verification),
            r.EndedBy,
            r.Reason,
            r.EndedOn
        );
}

/// <summary>What every change of a corrective action does around its own step.</summary>
internal static class CorrectiveActionChange
{
    public static async Task<CommandResult> ChangeActionAsync(
        this Caller caller,
        ComplaintsDb store,
        Guid id,
        Func<CorrectiveAction, FlowContext, Refusal?> step,
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
                if (step(a, caller.Flow(a.PolicyVersion)) is { } refusal)
                {
                    return refusal;
                }

                complaint?.Follow(a);
                return null;
            },
            a => CorrectiveActionView.From(a, caller)
        );
    }
}
