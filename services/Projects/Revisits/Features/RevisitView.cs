using System.Text.Json.Serialization;
using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

/// <summary>What became of a finding in another service: a repair order or a corrective action.</summary>
/// <param name="Id">The order or action.</param>
/// <param name="Number">Its number; null until it is known.</param>
/// <param name="State">Its state.</param>
/// <param name="On">Since when.</param>
/// <param name="Done">Nothing more will come.</param>
internal sealed record FollowUpView(Guid Id, string? Number, string State, DateOnly? On, bool Done);

internal sealed record FindingView(
    Guid Id,
    string Part,
    string Location,
    string Description,
    FindingSeverity Severity,
    bool RepairWanted,
    bool CorrectiveActionWanted,
    string? Explanation,
    string? ProposedSolution,
    Liability? Liability,
    string? Cause,
    string? ResponsibleUnit,
    Guid? ResponsibleUnitId,
    FollowUpView? RepairOrder,
    FollowUpView? CorrectiveAction
);

internal sealed record RevisitView(
    Guid Id,
    string State,
    long Version,
    Guid ProjectId,
    Guid OwnerId,
    int Number,
    DateOnly DueOn,
    DateOnly? PlanDate,
    bool Overdue,
    string? FileNumber,
    string? Purpose,
    int PolicyVersion,
    DateOnly? HeldOn,
    RevisitForm? Form,
    IReadOnlyList<Attendee> Attendees,
    IReadOnlyList<FindingView> Findings,
    OwnerRepresentative? OwnerRepresentative,
    string? OwnerOpinion,
    Signature? OwnerSignature,
    Judgement? Judgement,
    Disposition? Disposition,
    DateOnly? ClosedOn,
    string? CancelReason,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions
)
{
    public static RevisitView From(Revisit r, Caller caller) => From(r, caller, []);

    public static RevisitView From(Revisit r, Caller caller, IReadOnlyList<FollowUp> followUps) =>
        new(
            r.Id,
            Spelling.Kebab(r.State.ToString()),
            r.Version,
            r.ProjectId,
            r.OwnerId,
            r.Number,
            r.DueOn,
            r.PlanDate,
            r.IsOpen && Deadlines.IsOverdue(r.DueOn, caller.Today),
            r.FileNumber,
            r.Purpose,
            r.PolicyVersion,
            r.HeldOn,
            r.Form,
            r.Attendees,
            r.Findings.Select(f =>
                    Finding(f, r.Judgement?.Findings.FirstOrDefault(j => j.FindingId == f.Id), followUps)
                )
                .ToList(),
            r.OwnerRepresentative,
            r.OwnerOpinion,
            r.OwnerSignature,
            r.Judgement,
            r.Disposition,
            r.ClosedOn,
            r.CancelReason,
            r.AllowedActions(caller.Flow(r.PolicyVersion))
        );

    /// <summary>With the state of what came from the findings.</summary>
    public static async Task<RevisitView> FromAsync(
        Revisit r,
        ProjectsDb store,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var ids = r.Findings.Select(f => (Guid?)f.Id).ToList();
        var followUps =
            ids.Count == 0
                ? []
                : await store
                    .FollowUps.AsNoTracking()
                    .Where(f => ids.Contains(f.SourceId))
                    .ToListAsync(cancellationToken);
        return From(r, caller, followUps);
    }

    private static FindingView Finding(Finding f, FindingJudgement? judgement, IReadOnlyList<FollowUp> followUps)
    {
        FollowUpView? Of(string kind) =>
            followUps.FirstOrDefault(u => u.Kind == kind && u.SourceId == f.Id) is { } u
                ? new(u.Id, u.Number, u.State, u.StateOn, u.IsDone)
                : null;
        return new(
            f.Id,
            f.Part,
            f.Location,
            f.Description,
            f.Severity,
            f.RepairWanted,
            f.CorrectiveActionWanted,
            f.Explanation,
            f.ProposedSolution,
            judgement?.Liability,
            judgement?.Cause,
            judgement?.ResponsibleUnit,
            judgement?.ResponsibleUnitId,
            Of(FollowUp.RepairOrder),
            Of(FollowUp.CorrectiveAction)
        );
    }
}

/// <summary>A revisit in a list.</summary>
internal sealed record RevisitListItem(
    Guid Id,
    string State,
    long Version,
    Guid ProjectId,
    string ProjectName,
    string ContractNumber,
    Guid OwnerId,
    string OwnerName,
    int Number,
    DateOnly DueOn,
    bool Overdue,
    string? FileNumber,
    DateOnly? HeldOn,
    int FindingCount
);
