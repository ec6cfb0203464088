using System.Text.Json.Serialization;
using CustomerService.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Features;

/// <summary>A complaint as the caller may see it. What is internal (liability, corrective actions, pauses,
/// reports) is null for customers.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Number">Number of FM004, per year without gaps.</param>
/// <param name="State">State.</param>
/// <param name="Version">Version; its ETag.</param>
/// <param name="Round">1, and one more with each reopening.</param>
/// <param name="Targets">Targets of the present round, UTC.</param>
/// <param name="Actions">What this caller could do now; each is the last part of the address to post to
/// (<c>open-corrective-action</c>: <c>corrective-actions</c>).</param>
internal sealed record ComplaintView(
    Guid Id,
    string Number,
    ComplaintState State,
    long Version,
    int Round,
    DateOnly RegisteredOn,
    Guid CustomerId,
    string CustomerName,
    string Contact,
    string Phone,
    Channel Channel,
    string Subject,
    string Description,
    Severity Severity,
    Reference Reference,
    Origin? Origin,
    string TakenBy,
    TargetsView Targets,
    ResponseView? Response,
    TriageView? Triage,
    AnswerView? Answer,
    ConfirmationView? Confirmation,
    DateOnly? ClosedOn,
    IReadOnlyList<ObjectionView> Objections,
    LiabilityView? Liability,
    IReadOnlyList<ActionLinkView>? CorrectiveActions,
    IReadOnlyList<PauseView>? Pauses,
    IReadOnlyList<ReportView>? Reports,
    IReadOnlyList<MeetingGround>? MeetingGrounds,
    IReadOnlyList<RoundView>? Rounds,
    string? ClosedWithoutConfirmation,
    int? PolicyVersion,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions
)
{
    public static ComplaintView From(Complaint c, Caller caller)
    {
        var staff = caller.Actor.IsStaff();
        var flow = caller.Flow(c.PolicyVersion);
        return new(
            c.Id,
            c.Number,
            c.State,
            c.Version,
            c.Round,
            c.RegisteredOn,
            c.CustomerId,
            c.CustomerName,
            c.Contact,
            c.Phone,
            c.Channel,
            c.Subject,
            c.Description,
            c.Severity,
            c.Reference,
            c.OriginKind is null ? null : new Origin(c.OriginKind, c.OriginId, c.OriginNumber),
            c.TakenBy.Name,
            new(
                c.OpenedAt,
                c.ResponseDueAt,
                c.RespondedAt,
                c.Response?.InTime,
                c.ResolutionDueAt,
                c.ResolvedAt,
                c.ResolvedInTime,
                c.IsPaused
            ),
            c.Response is { } r ? new(r.At, r.By.Name, r.Message) : null,
            c.Triage is { } t && (staff || t.Outcome != TriageOutcome.ToQc)
                ? new(t.Outcome, t.Note, t.By.Name, t.On)
                : null,
            c.Answered is { } a ? new(a.Cause, a.Traceability, a.Conclusion, a.By.Name, a.At) : null,
            c.Confirmation is { } y ? new(y.Signature.PrintedName, y.Signature.At, y.Opinion, y.RecordedBy.Name) : null,
            c.ClosedOn,
            c.Objections.Select(o => new ObjectionView(o.Reason, o.By.Name, o.At, o.RejectedConclusion)).ToList(),
            staff && c.Ruling is { } l
                ? new(l.Liability, l.Department, l.CauseCode, l.Findings, l.By.Name, l.On)
                : null,
            staff ? c.Actions.Select(ActionLinkView.From).ToList() : null,
            staff ? c.Pauses.Select(p => new PauseView(p.From, p.To, p.Reason, p.Note, p.By.Name)).ToList() : null,
            staff
                ? c
                    .Reports.Select(p => new ReportView(p.Rule, p.Ground, p.Note, p.ReportedTo, p.By.Name, p.At))
                    .ToList()
                : null,
            staff ? c.MeetingGrounds(flow.Now, flow.Today) : null,
            staff ? c.Rounds.Select(RoundView.From).ToList() : null,
            staff ? c.ClosedWithoutConfirmation : null,
            staff ? c.PolicyVersion : null,
            c.AllowedActions(flow)
        );
    }
}

/// <summary>Targets (C1), UTC. <c>ResolutionDueAt</c> is null while a pause lasts; the <c>…InTime</c> are null
/// until it is done.</summary>
internal sealed record TargetsView(
    DateTimeOffset OpenedAt,
    DateTimeOffset ResponseDueAt,
    DateTimeOffset? RespondedAt,
    bool? RespondedInTime,
    DateTimeOffset? ResolutionDueAt,
    DateTimeOffset? ResolvedAt,
    bool? ResolvedInTime,
    bool Paused
);

internal sealed record ResponseView(DateTimeOffset At, string By, string Message);

internal sealed record TriageView(TriageOutcome Outcome, string Note, string By, DateOnly On);

internal sealed record AnswerView(string Cause, string Traceability, string Conclusion, string By, DateTimeOffset At);

internal sealed record ConfirmationView(string ConfirmedBy, DateTimeOffset At, string? Opinion, string RecordedBy);

internal sealed record ObjectionView(string Reason, string By, DateTimeOffset At, string RejectedConclusion);

internal sealed record LiabilityView(
    Liability Liability,
    string? ResponsibleDepartment,
    string? CauseCode,
    string Findings,
    string By,
    DateOnly On
);

internal sealed record ActionLinkView(
    Guid Id,
    string Number,
    string Department,
    CorrectiveActionState State,
    DateOnly? DueOn
)
{
    public static ActionLinkView From(ActionLink link) =>
        new(link.Id, link.Number, link.Department, link.State, link.DueOn);
}

internal sealed record PauseView(DateTimeOffset From, DateTimeOffset? To, PauseReason Reason, string? Note, string By);

internal sealed record ReportView(
    string Rule,
    MeetingGround Ground,
    string Note,
    string ReportedTo,
    string By,
    DateTimeOffset At
);

internal sealed record RoundView(
    int Number,
    DateTimeOffset OpenedAt,
    DateTimeOffset? RespondedAt,
    TriageOutcome? Triage,
    Liability? Liability,
    string? ResponsibleDepartment,
    string? CauseCode,
    string? Conclusion,
    DateOnly ClosedOn,
    string ReopenReason,
    string ReopenedBy,
    DateOnly ReopenedOn
)
{
    public static RoundView From(ComplaintRound r) =>
        new(
            r.Number,
            r.OpenedAt,
            r.Response?.At,
            r.Triage?.Outcome,
            r.Ruling?.Liability,
            r.Ruling?.Department,
            r.Ruling?.CauseCode,
            r.Answer?.Conclusion ?? r.Triage?.Note,
            r.ClosedOn,
            r.ReopenReason,
            r.ReopenedBy.Name,
            r.ReopenedOn
        );
}

/// <summary>A complaint in a list.</summary>
internal sealed record ComplaintRow(
    Guid Id,
    string Number,
    ComplaintState State,
    long Version,
    DateOnly RegisteredOn,
    Guid CustomerId,
    string CustomerName,
    Channel Channel,
    string Subject,
    Severity Severity,
    Guid? ProjectId,
    string? ResponsibleDepartment,
    DateTimeOffset ResponseDueAt,
    DateTimeOffset? RespondedAt,
    DateTimeOffset? ResolutionDueAt,
    DateTimeOffset? ResolvedAt,
    DateOnly? ClosedOn,
    int? OpenCorrectiveActions
)
{
    public static ComplaintRow From(Complaint c, bool staff) =>
        new(
            c.Id,
            c.Number,
            c.State,
            c.Version,
            c.RegisteredOn,
            c.CustomerId,
            c.CustomerName,
            c.Channel,
            c.Subject,
            c.Severity,
            c.ProjectId,
            staff ? c.ResponsibleDepartment : null,
            c.ResponseDueAt,
            c.RespondedAt,
            c.ResolutionDueAt,
            c.ResolvedAt,
            c.ClosedOn,
            staff ? c.Actions.Count(a => a.IsOpen) : null
        );
}
