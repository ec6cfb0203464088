namespace CustomerService.Contracts.Complaints.V1;

/// <summary>A complaint was registered, rule C3.2.1.</summary>
/// <param name="ComplaintId">The complaint.</param>
/// <param name="Version">Version of the complaint.</param>
/// <param name="Number">The complaint's own number, for example <c>TS-2026-000123</c>; with gaps.</param>
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
    [property: Words("minor", "major", "critical")] string Severity,
    DateOnly RegisteredOn,
    DateTimeOffset ResponseDueAt,
    DateTimeOffset ResolutionDueAt
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>The customer of an open complaint is called otherwise, rule S3.</summary>
/// <param name="CustomerName">Its name from now on.</param>
[EventName("complaints.complaint.customer-renamed.v1")]
public sealed record ComplaintCustomerRenamed(Guid ComplaintId, long Version, Guid CustomerId, string CustomerName)
    : IIntegrationEvent
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
    [property: Words("minor", "major", "critical")] string From,
    [property: Words("minor", "major", "critical")] string Severity,
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

/// <summary>Customer service triaged the complaint, rule C5.2.</summary>
/// <param name="Outcome"><c>explained</c> (not ours), <c>solved</c> (ours, solvable alone), <c>to-qc</c>
/// (else).</param>
[EventName("complaints.complaint.triaged.v1")]
public sealed record ComplaintTriaged(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    [property: Words("explained", "solved", "to-qc")] string Outcome,
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
    [property: Words("ours", "not-ours", "unclear")] string Liability,
    string? ResponsibleDepartment,
    string? CauseCode,
    DateOnly DecidedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>The resolution target is paused, rule C1; the first response never pauses.</summary>
/// <param name="Reason"><c>waiting-for-customer</c>, <c>waiting-for-sample</c> …</param>
/// <param name="PausedAt">Since when. While the pause lasts there is no date by which the complaint must be
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

/// <summary>The resolution target runs again, rule C1.</summary>
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

/// <summary>A closed complaint was opened again because the fault recurred, rule C5.6.2. The new round ends what the last
/// one said: triage, liability, responsible department, cause code.</summary>
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
    [property: Words("minor", "major", "critical")] string? Severity = null,
    DateTimeOffset? ResponseDueAt = null,
    DateTimeOffset? ResolutionDueAt = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>A complaint was reported to the management, rules C5.5.1 and C5.5.2; the department heads meet.</summary>
/// <param name="Reason">The ground.</param>
/// <param name="EscalatedTo">Role of the person to whom it was reported.</param>
[EventName("complaints.complaint.escalated.v1")]
public sealed record ComplaintEscalated(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    [property: Words("not-improvable-in-time", "cause-unknown", "liability-unclear", "major-quality-problem")]
        string Reason,
    [property: Words("sales-manager", "general-manager", "deputy-general-manager")] string EscalatedTo,
    DateOnly EscalatedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>The liability was unclear for too long (policy: 3 working days): the department heads must meet, rule
/// C5.5.1.</summary>
/// <param name="UnclearThrough">Last day on which it could be unclear without a meeting.</param>
[EventName("complaints.complaint.meeting-required.v1")]
public sealed record ComplaintMeetingRequired(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    DateOnly UnclearThrough,
    DateOnly RequiredOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>The department heads met about a complaint, rules C5.5.1 and C5.5.2.</summary>
/// <param name="Reasons">The grounds that it dealt with: <c>not-improvable-in-time</c>, <c>cause-unknown</c>,
/// <c>liability-unclear</c>, <c>major-quality-problem</c>.</param>
/// <param name="Departments">Codes of the departments that were there.</param>
/// <param name="HeldOn">Day of the meeting.</param>
[EventName("complaints.complaint.meeting-held.v1")]
public sealed record ComplaintMeetingHeld(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Departments,
    DateOnly HeldOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>A corrective and preventive action (CAPA) was opened, rules C5.4 and P2.2.3.</summary>
/// <param name="CapaId">The CAPA.</param>
/// <param name="Version">Version of the CAPA.</param>
/// <param name="Number">Number for people, per year.</param>
/// <param name="Source"><c>complaint</c>, <c>revisit</c>, <c>survey-response</c>, <c>assessment</c> …</param>
/// <param name="SourceId">The complaint, finding, form, assessment …</param>
/// <param name="Department">Responsible department.</param>
/// <param name="DueOn">Deadline.</param>
/// <param name="Cases">What it serves from the beginning; others join it later.</param>
[EventName("complaints.capa.opened.v1")]
public sealed record CapaOpened(
    Guid CapaId,
    long Version,
    string Number,
    string Source,
    Guid SourceId,
    string? Department,
    DateOnly OpenedOn,
    DateOnly? DueOn,
    IReadOnlyList<CapaCase>? Cases = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CapaId;
}

/// <summary>What a CAPA serves.</summary>
/// <param name="Kind">Kind of the record.</param>
/// <param name="Id">The record.</param>
public sealed record CapaCase(
    [property: Words("complaint", "response", "assessment", "finding", "repair-order", "evaluation")] string Kind,
    Guid Id
);

/// <summary>A CAPA that was open already serves another case, too, rule C5.4.</summary>
/// <param name="CapaId">The CAPA.</param>
/// <param name="Version">Version of the CAPA.</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">What joined it.</param>
/// <param name="CaseId">The case.</param>
/// <param name="JoinedOn">Day.</param>
[EventName("complaints.capa.case-joined.v1")]
public sealed record CapaCaseJoined(
    Guid CapaId,
    long Version,
    string Number,
    [property: Words("complaint", "response", "assessment", "finding", "repair-order")] string Kind,
    Guid CaseId,
    DateOnly JoinedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CapaId;
}

/// <summary>The responsible department proposed disposition, cause, corrective and preventive action, rule
/// C5.4.</summary>
[EventName("complaints.capa.analysed.v1")]
public sealed record CapaAnalysed(Guid CapaId, long Version, Guid SourceId, DateOnly AnalysedOn) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CapaId;
}

/// <summary>The management representative reviewed the proposal, rule C5.4.</summary>
[EventName("complaints.capa.reviewed.v1")]
public sealed record CapaReviewed(Guid CapaId, long Version, Guid SourceId, bool Approved, DateOnly ReviewedOn)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CapaId;
}

/// <summary>The responsible unit carried the action out, rule C5.6.2.</summary>
[EventName("complaints.capa.executed.v1")]
public sealed record CapaExecuted(Guid CapaId, long Version, Guid SourceId, DateOnly ExecutedOn, bool InTime)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CapaId;
}

/// <summary>QC or customer service verified the effect; the other does it on its own, rule C5.6.2.</summary>
/// <param name="Side">Who.</param>
/// <param name="Effective">What they found.</param>
[EventName("complaints.capa.side-verified.v1")]
public sealed record CapaSideVerified(
    Guid CapaId,
    long Version,
    Guid SourceId,
    [property: Words("quality", "customer-service")] string Side,
    bool Effective,
    DateOnly VerifiedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CapaId;
}

/// <summary>QC and customer service have both verified the effect, rule C5.6.2. It is effective when both say so;
/// else it goes back to analysis.</summary>
/// <param name="DueOn">New deadline where it was ineffective; else null, and in events of before it was told.</param>
[EventName("complaints.capa.verified.v1")]
public sealed record CapaVerified(
    Guid CapaId,
    long Version,
    Guid SourceId,
    bool Effective,
    DateOnly VerifiedOn,
    DateOnly? DueOn = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CapaId;
}

/// <summary>QC named the responsible department and its deadline, or changed them, rule P2.2.3.</summary>
[EventName("complaints.capa.assigned.v1")]
public sealed record CapaAssigned(
    Guid CapaId,
    long Version,
    Guid SourceId,
    string Department,
    DateOnly DueOn,
    DateOnly AssignedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CapaId;
}

/// <summary>The fault came back after the CAPA had been found effective; it is analysed again, rule C5.6.2.</summary>
/// <param name="DueOn">New deadline; null as long as QC has not set one, and in events of before it was told.
/// The one before does not hold any more.</param>
[EventName("complaints.capa.reopened.v1")]
public sealed record CapaReopened(
    Guid CapaId,
    long Version,
    Guid SourceId,
    string Reason,
    DateOnly ReopenedOn,
    DateOnly? DueOn = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CapaId;
}

/// <summary>QC told a department of a complaint, rule C5.3.1; a person of it receives the notice by name.</summary>
/// <param name="Department">Code of the department.</param>
[EventName("complaints.complaint.department-informed.v1")]
public sealed record ComplaintDepartmentInformed(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    string Department,
    DateOnly InformedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>The department received QC's notice, rule C5.3.1.</summary>
[EventName("complaints.complaint.notice-received.v1")]
public sealed record ComplaintNoticeReceived(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    string Department,
    DateOnly ReceivedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>QC released what the customer may be told, rule C5.6.1.</summary>
[EventName("complaints.complaint.conclusion-released.v1")]
public sealed record ComplaintConclusionReleased(Guid ComplaintId, long Version, Guid CustomerId, DateOnly ReleasedOn)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>Cause, traceability and conclusion went back to the customer, rules C5.3.2 and C5.6.1.</summary>
/// <param name="Language">Language of the customer: <c>zh-Hant</c>, <c>zh-Hans</c>, <c>en</c>.</param>
/// <param name="ParentId">The complaint with which it was handled, where it was answered with that.</param>
[EventName("complaints.complaint.answered.v1")]
public sealed record ComplaintAnswered(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    string Language,
    string Cause,
    string Traceability,
    string Conclusion,
    Guid? ParentId,
    DateOnly AnsweredOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>A date was promised to the customer, rule C1.</summary>
/// <param name="Until">The day.</param>
/// <param name="What">What was promised.</param>
[EventName("complaints.complaint.date-promised.v1")]
public sealed record ComplaintDatePromised(Guid ComplaintId, long Version, Guid CustomerId, DateOnly Until, string What)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>A complaint is handled with another one, rule S4; its clock stands still.</summary>
/// <param name="ParentId">The complaint that goes on.</param>
/// <param name="Message">What the customer is told.</param>
/// <param name="Language">Language of the customer.</param>
[EventName("complaints.complaint.merged.v1")]
public sealed record ComplaintMerged(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    Guid ParentId,
    string Message,
    string Language,
    DateOnly MergedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>A merged complaint is a case of its own after all, rule S4.</summary>
[EventName("complaints.complaint.unmerged.v1")]
public sealed record ComplaintUnmerged(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    Guid ParentId,
    DateOnly UnmergedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>A department or a person was given something to do by a day, rules C3.1.4, C5.3.1, C5.5, C5.6.2, C5.7.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="SourceKind"><c>complaint</c>, <c>capa</c>, <c>meeting</c>, <c>year-report</c>.</param>
/// <param name="SourceId">The record that it belongs to.</param>
/// <param name="SourceNumber">Its number.</param>
/// <param name="Department">Code of the department that carries it out.</param>
/// <param name="OwnerId">The account of the person, where one is named.</param>
[EventName("complaints.action-item.issued.v1")]
public sealed record ActionItemIssued(
    Guid ActionItemId,
    long Version,
    string Number,
    [property: Words("pass-on", "remedy", "capa", "decision", "review")] string Purpose,
    string SourceKind,
    Guid SourceId,
    string SourceNumber,
    string Department,
    string? OwnerId,
    string What,
    DateOnly DueOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ActionItemId;
}

/// <summary>The owner received the action by name, rule C3.1.4.</summary>
[EventName("complaints.action-item.received.v1")]
public sealed record ActionItemReceived(
    Guid ActionItemId,
    long Version,
    Guid SourceId,
    string ReceivedBy,
    DateOnly ReceivedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ActionItemId;
}

/// <summary>The owner carried the action out.</summary>
[EventName("complaints.action-item.done.v1")]
public sealed record ActionItemDone(Guid ActionItemId, long Version, Guid SourceId, DateOnly DoneOn, bool InTime)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ActionItemId;
}

/// <summary>The action is settled.</summary>
/// <param name="Accepted">False: it was withdrawn.</param>
[EventName("complaints.action-item.settled.v1")]
public sealed record ActionItemSettled(
    Guid ActionItemId,
    long Version,
    Guid SourceId,
    bool Accepted,
    DateOnly SettledOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ActionItemId;
}

/// <summary>The action is overdue and is brought before the next level.</summary>
/// <param name="Level">1, 2 …</param>
/// <param name="EscalatedTo">Role.</param>
[EventName("complaints.action-item.overdue.v1")]
public sealed record ActionItemOverdue(
    Guid ActionItemId,
    long Version,
    Guid SourceId,
    string Department,
    string? OwnerId,
    DateOnly DueOn,
    int Level,
    string EscalatedTo,
    DateOnly EscalatedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ActionItemId;
}

/// <summary>The department heads are called together about a complaint, or the meeting was moved, rule C5.5.</summary>
/// <param name="Rule">By which rule.</param>
/// <param name="Sequence">0, and one more with each move.</param>
/// <param name="Departments">Codes of the departments whose heads are asked.</param>
[EventName("complaints.meeting.called.v1")]
public sealed record MeetingCalled(
    Guid MeetingId,
    long Version,
    string Number,
    Guid ComplaintId,
    [property: Words("C5.5.1", "C5.5.2")] string Rule,
    int Sequence,
    DateTimeOffset From,
    DateTimeOffset To,
    string Place,
    IReadOnlyList<string> Departments
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => MeetingId;
}

/// <summary>A called meeting does not take place.</summary>
[EventName("complaints.meeting.cancelled.v1")]
public sealed record MeetingCancelled(Guid MeetingId, long Version, Guid ComplaintId, int Sequence, string Reason)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => MeetingId;
}

/// <summary>The minutes of a meeting are signed, rule C5.5; its decisions are on their owners' lists.</summary>
[EventName("complaints.meeting.signed.v1")]
public sealed record MeetingSigned(Guid MeetingId, long Version, Guid ComplaintId, string SignedBy, DateOnly HeldOn)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => MeetingId;
}

/// <summary>A technical enquiry about a product was taken, rule C3.1.5.</summary>
[EventName("complaints.enquiry.registered.v1")]
public sealed record EnquiryRegistered(
    Guid EnquiryId,
    long Version,
    string Number,
    Guid? CustomerId,
    string Subject,
    DateTimeOffset AnswerDueAt,
    DateOnly RegisteredOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => EnquiryId;
}

/// <summary>A technical enquiry was answered, rule C3.1.5.</summary>
[EventName("complaints.enquiry.answered.v1")]
public sealed record EnquiryAnswered(
    Guid EnquiryId,
    long Version,
    Guid? CustomerId,
    string Language,
    string Answer,
    bool InTime,
    DateOnly AnsweredOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => EnquiryId;
}

/// <summary>A technical enquiry turned out to be more, rule C3.1.5.</summary>
/// <param name="Became"><c>complaint</c>, <c>rma</c>.</param>
/// <param name="RecordId">The complaint; null where Repairs opens the RMA.</param>
/// <param name="Number">Its number, where it is known.</param>
/// <param name="EnquiryNumber">Number of the enquiry.</param>
/// <param name="ProductModel">The product as the enquirer called it.</param>
/// <param name="SerialNumber">Its serial number, as it was given.</param>
/// <param name="Description">What was asked.</param>
[EventName("complaints.enquiry.converted.v1")]
public sealed record EnquiryConverted(
    Guid EnquiryId,
    long Version,
    Guid? CustomerId,
    [property: Words("complaint", "rma")] string Became,
    Guid? RecordId,
    string? Number,
    DateOnly ConvertedOn,
    string? EnquiryNumber = null,
    string? ProductModel = null,
    string? SerialNumber = null,
    string? Description = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => EnquiryId;
}

/// <summary>The remedy of a complaint is the repair of the customer's goods, rules C5.3.1 and C3.1.1: Repairs opens an
/// RMA for it, one a complaint.</summary>
/// <param name="Number">Number of the complaint.</param>
/// <param name="ProductModel">The product as the complaint names it.</param>
/// <param name="SerialNumber">Its serial number, as it was given.</param>
/// <param name="Description">What the customer complained about.</param>
[EventName("complaints.complaint.goods-repair-ordered.v1")]
public sealed record ComplaintGoodsRepairOrdered(
    Guid ComplaintId,
    long Version,
    string Number,
    Guid CustomerId,
    string? ProductModel,
    string? SerialNumber,
    string Description,
    DateOnly OrderedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}

/// <summary>The complaint statistics of a year were submitted to the management review, rule C5.7.</summary>
/// <param name="Total">How many complaints.</param>
[EventName("complaints.year-report.submitted.v1")]
public sealed record YearReportSubmitted(
    Guid YearReportId,
    long Version,
    string Number,
    int Year,
    int Total,
    DateOnly SubmittedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => YearReportId;
}

/// <summary>A letter went to a customer whose goods are affected, rule C7.</summary>
/// <param name="LetterId">The letter.</param>
/// <param name="Version">Its version.</param>
/// <param name="ComplaintId">The complaint with the traceability table.</param>
/// <param name="CustomerId">The affected customer.</param>
/// <param name="Language">The customer's.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">What is affected, and what is to be done.</param>
/// <param name="AnswerDueOn">It is answered by the end of this day.</param>
/// <param name="SentOn">Day of sending.</param>
[EventName("complaints.affected-letter.sent.v1")]
public sealed record AffectedLetterSent(
    Guid LetterId,
    long Version,
    Guid ComplaintId,
    Guid CustomerId,
    string Language,
    string Subject,
    string Body,
    DateOnly AnswerDueOn,
    DateOnly SentOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => LetterId;
}

/// <summary>An affected customer did not answer in time and is reminded, rule C7.</summary>
/// <param name="LetterId">The letter.</param>
/// <param name="Version">Its version.</param>
/// <param name="ComplaintId">The complaint with the traceability table.</param>
/// <param name="CustomerId">The affected customer.</param>
/// <param name="Language">The customer's.</param>
/// <param name="Subject">Of the letter.</param>
/// <param name="Reminder">1 for the first.</param>
/// <param name="AnswerDueOn">It is answered by the end of this day now.</param>
/// <param name="RemindedOn">Day of the reminder.</param>
[EventName("complaints.affected-letter.reminded.v1")]
public sealed record AffectedLetterReminded(
    Guid LetterId,
    long Version,
    Guid ComplaintId,
    Guid CustomerId,
    string Language,
    string Subject,
    int Reminder,
    DateOnly AnswerDueOn,
    DateOnly RemindedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => LetterId;
}

/// <summary>A target of a complaint is about to run out or has, rule C1: the role is to be told, each time one level
/// higher.</summary>
/// <param name="ComplaintId">The complaint.</param>
/// <param name="Version">Its version.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Number">Number of the complaint.</param>
/// <param name="Target">Which target.</param>
/// <param name="Level">1 for the first.</param>
/// <param name="Role">Whom it reaches.</param>
/// <param name="Department">The responsible department, where it is known.</param>
/// <param name="DueAt">When the target runs out, UTC.</param>
/// <param name="Overdue">It has run out.</param>
[EventName("complaints.complaint.clock-reminder-due.v1")]
public sealed record ComplaintClockReminderDue(
    Guid ComplaintId,
    long Version,
    Guid CustomerId,
    string Number,
    [property: Words("response", "resolution")] string Target,
    int Level,
    string Role,
    string? Department,
    DateTimeOffset DueAt,
    bool Overdue
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ComplaintId;
}
