namespace CustomerService.Contracts.Complaints.V1;

/// <summary>A complaint was registered (FM004), rules C3.2.1 and C5.2.</summary>
/// <param name="ComplaintId">The complaint.</param>
/// <param name="Version">Version of the complaint.</param>
/// <param name="Number">Number of FM004, per year without gaps.</param>
/// <param name="CustomerId">Organisation of the customer.</param>
/// <param name="CustomerName">Its name.</param>
/// <param name="Channel"><c>phone</c>, <c>mail</c>, <c>visit</c>, <c>portal</c>, <c>survey</c>, <c>revisit</c>
/// …</param>
/// <param name="SourceId">Form, order or revisit that it comes from.</param>
/// <param name="Subject">One line.</param>
/// <param name="Severity"><c>minor</c>, <c>major</c>, <c>critical</c>.</param>
/// <param name="RegisteredOn">Day of registration.</param>
/// <param name="ResponseDueAt">Target of the first response, rule C1.</param>
/// <param name="ResolutionDueAt">Target of the resolution.</param>
[EventName("complaints.complaint.registered.v1")]
public sealed record ComplaintRegistered(
    Guid ComplaintId,
    long Version,
    string Number,
    Guid CustomerId,
    string CustomerName,
    string Channel,
    Guid? SourceId,
    string Subject,
    string Severity,
    DateOnly RegisteredOn,
    DateTimeOffset ResponseDueAt,
    DateTimeOffset ResolutionDueAt
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>The severity was corrected, and with it the targets, rule C1.</summary>
/// <param name="From">Severity before.</param>
/// <param name="Severity">Severity now: <c>minor</c>, <c>major</c>, <c>critical</c>.</param>
/// <param name="ResponseDueAt">Target of the first response now; a response that was given keeps its target.</param>
/// <param name="ResolutionDueAt">Target of the resolution now; null while a pause lasts.</param>
[EventName("complaints.complaint.reclassified.v1")]
public sealed record ComplaintReclassified(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    string From,
    string Severity,
    DateTimeOffset ResponseDueAt,
    DateTimeOffset? ResolutionDueAt,
    DateOnly ReclassifiedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>The customer got the first answer.</summary>
[EventName("complaints.complaint.responded.v1")]
public sealed record ComplaintResponded(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    DateTimeOffset RespondedAt,
    bool InTime
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>Customer service sorted the complaint, rule C5.2.</summary>
/// <param name="Outcome"><c>explained</c> (not ours), <c>solved</c> (ours, solvable alone), <c>to-qc</c>
/// (else).</param>
[EventName("complaints.complaint.triaged.v1")]
public sealed record ComplaintTriaged(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    string Outcome,
    DateOnly TriagedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>QC decided liability and cause, rules C3.2.2 and C5.3.1.</summary>
/// <param name="Liability"><c>ours</c>, <c>not-ours</c>, <c>unclear</c>.</param>
/// <param name="ResponsibleDepartment">Department code, where it is ours.</param>
/// <param name="CauseCode">Cause code for the statistics.</param>
[EventName("complaints.complaint.liability-decided.v1")]
public sealed record ComplaintLiabilityDecided(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    string Liability,
    string? ResponsibleDepartment,
    string? CauseCode,
    DateOnly DecidedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>The clock of the resolution stands, rule C1; the first response never pauses.</summary>
/// <param name="Reason"><c>waiting-for-customer</c>, <c>waiting-for-sample</c> …</param>
/// <param name="PausedAt">Since when. Until the pause ends nobody can say when the complaint must be
/// resolved.</param>
[EventName("complaints.complaint.paused.v1")]
public sealed record ComplaintPaused(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    string Reason,
    DateTimeOffset PausedAt
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>The clock of the resolution runs again, rule C1.</summary>
/// <param name="ResumedAt">Since when.</param>
/// <param name="ResolutionDueAt">Target of the resolution now.</param>
[EventName("complaints.complaint.resumed.v1")]
public sealed record ComplaintResumed(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    DateTimeOffset ResumedAt,
    DateTimeOffset ResolutionDueAt
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>The customer does not accept the conclusion, and work goes on, rule C5.6.1.</summary>
/// <param name="Reason">In the customer's words.</param>
/// <param name="ResolutionDueAt">Target of the resolution now: the time in which the customer considered the
/// answer does not count.</param>
[EventName("complaints.complaint.objected.v1")]
public sealed record ComplaintObjected(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    string Reason,
    DateOnly ObjectedOn,
    DateTimeOffset ResolutionDueAt
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>The complaint was closed with the customer's confirmation, rule C5.6.1.</summary>
/// <param name="CustomerConfirmed">True when the customer confirmed the conclusion.</param>
[EventName("complaints.complaint.closed.v1")]
public sealed record ComplaintClosed(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    DateOnly RegisteredOn,
    DateOnly ClosedOn,
    bool CustomerConfirmed
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>A closed complaint was opened again because the fault recurred, rule C5.6.2.</summary>
/// <param name="Severity"><c>minor</c>, <c>major</c>, <c>critical</c>: what the new targets go by; null in
/// events of before it was told.</param>
/// <param name="ResponseDueAt">Target of the first response of the new round, rule C1; null in events of before
/// it was told.</param>
/// <param name="ResolutionDueAt">Target of its resolution; null in events of before it was told.</param>
[EventName("complaints.complaint.reopened.v1")]
public sealed record ComplaintReopened(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    string Reason,
    DateOnly ReopenedOn,
    string? Severity = null,
    DateTimeOffset? ResponseDueAt = null,
    DateTimeOffset? ResolutionDueAt = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>A corrective action (CAPA) was opened, rules C5.4 and P2.2.3.</summary>
/// <param name="CorrectiveActionId">The action.</param>
/// <param name="Version">Version of the action.</param>
/// <param name="Number">Number for people, per year.</param>
/// <param name="Source"><c>complaint</c>, <c>revisit</c> …</param>
/// <param name="SourceId">The complaint or finding.</param>
/// <param name="Department">Responsible department.</param>
/// <param name="DueOn">Deadline.</param>
[EventName("complaints.corrective-action.opened.v1")]
public sealed record CorrectiveActionOpened(
    Guid CorrectiveActionId,
    long Version,
    string Number,
    string Source,
    Guid SourceId,
    string? Department,
    DateOnly OpenedOn,
    DateOnly? DueOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CorrectiveActionId;
}

/// <summary>The responsible department proposed disposition, cause, corrective and preventive action, rule
/// C5.4.</summary>
[EventName("complaints.corrective-action.analysed.v1")]
public sealed record CorrectiveActionAnalysed(Guid CorrectiveActionId, long Version, Guid SourceId, DateOnly AnalysedOn)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CorrectiveActionId;
}

/// <summary>The management representative reviewed the proposal, rule C5.4.</summary>
[EventName("complaints.corrective-action.reviewed.v1")]
public sealed record CorrectiveActionReviewed(
    Guid CorrectiveActionId,
    long Version,
    Guid SourceId,
    bool Approved,
    DateOnly ReviewedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CorrectiveActionId;
}

/// <summary>The responsible unit carried the action out, rule C5.6.2.</summary>
[EventName("complaints.corrective-action.executed.v1")]
public sealed record CorrectiveActionExecuted(
    Guid CorrectiveActionId,
    long Version,
    Guid SourceId,
    DateOnly ExecutedOn,
    bool InTime
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CorrectiveActionId;
}

/// <summary>Customer service and QC verified the effect, rule C5.6.2. Ineffective sends it back to
/// analysis.</summary>
/// <param name="DueOn">New deadline where it was ineffective; else null, and in events of before it was told.</param>
[EventName("complaints.corrective-action.verified.v1")]
public sealed record CorrectiveActionVerified(
    Guid CorrectiveActionId,
    long Version,
    Guid SourceId,
    bool Effective,
    DateOnly VerifiedOn,
    DateOnly? DueOn = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CorrectiveActionId;
}

/// <summary>QC named the responsible department and its deadline, or changed them, rule P2.2.3.</summary>
[EventName("complaints.corrective-action.assigned.v1")]
public sealed record CorrectiveActionAssigned(
    Guid CorrectiveActionId,
    long Version,
    Guid SourceId,
    string Department,
    DateOnly DueOn,
    DateOnly AssignedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CorrectiveActionId;
}

/// <summary>What had been found effective came back: the action is analysed anew, rule C5.6.2.</summary>
/// <param name="DueOn">New deadline; null as long as QC has not set one, and in events of before it was told.
/// The one before does not hold any more.</param>
[EventName("complaints.corrective-action.reopened.v1")]
public sealed record CorrectiveActionReopened(
    Guid CorrectiveActionId,
    long Version,
    Guid SourceId,
    string Reason,
    DateOnly ReopenedOn,
    DateOnly? DueOn = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CorrectiveActionId;
}
