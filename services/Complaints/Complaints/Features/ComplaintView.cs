using System.Text.Json.Serialization;
using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>A complaint as the caller may see it. What is internal (liability, CAPAs, pauses, escalations …) is null
/// for customers.</summary>
internal sealed record ComplaintView
{
    public required Guid Id { get; init; }

    /// <summary>The complaint's own number, for example <c>TS-2026-000123</c>; with gaps.</summary>
    public required string Number { get; init; }

    public required ComplaintState State { get; init; }

    /// <summary>Its ETag.</summary>
    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Number of form FM004, without gaps; null until the complaint first goes to QC (C5.2).</summary>
    public string? FormNumber { get; init; }

    /// <summary>1, and one more with each reopening.</summary>
    public required int Round { get; init; }

    public required DateOnly RegisteredOn { get; init; }

    public required Guid CustomerId { get; init; }

    public required string CustomerName { get; init; }

    public required string Contact { get; init; }

    public required string Phone { get; init; }

    public required Channel Channel { get; init; }

    public required string Subject { get; init; }

    public required string Description { get; init; }

    public required Severity Severity { get; init; }

    public required ReferenceView Reference { get; init; }

    public OriginView? Origin { get; init; }

    public required string TakenBy { get; init; }

    /// <summary>Targets of the present round.</summary>
    public required TargetsView Targets { get; init; }

    public ResponseView? Response { get; init; }

    /// <summary>For customers null where it went to QC.</summary>
    public TriageView? Triage { get; init; }

    public AnswerView? Answer { get; init; }

    public ConfirmationView? Confirmation { get; init; }

    public required IReadOnlyList<ObjectionView> Objections { get; init; }

    public DateOnly? ClosedOn { get; init; }

    /// <summary>The date that was promised to the customer last.</summary>
    public PromisedView? Promised { get; init; }

    /// <summary>Number of form FM005, without gaps; null while it is not made out (C5.3.2).</summary>
    public string? ServiceReportNumber { get; init; }

    /// <summary>Language of the customer: <c>zh-Hant</c>, <c>zh-Hans</c>, <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>What the customer wants.</summary>
    public string? RemedyWanted { get; init; }

    /// <summary>The service concerned, where it is not about goods or works.</summary>
    public string? ServiceConcerned { get; init; }

    /// <summary>Code of the product (C5.7); staff only.</summary>
    public string? ProductCode { get; init; }

    /// <summary>Code of the fault as it was reported, or as triage found it; staff only.</summary>
    public string? FaultCode { get; init; }

    /// <summary>QC's ruling in this round; staff only.</summary>
    public LiabilityView? Liability { get; init; }

    /// <summary>Staff only.</summary>
    public IReadOnlyList<CapaSummaryView>? Capas { get; init; }

    /// <summary>Staff only.</summary>
    public IReadOnlyList<PauseView>? Pauses { get; init; }

    /// <summary>Staff only.</summary>
    public IReadOnlyList<EscalationView>? Escalations { get; init; }

    /// <summary>Why the department heads must meet as things stand (C5.5); staff only.</summary>
    public IReadOnlyList<EscalationReason>? MeetingGrounds { get; init; }

    /// <summary>Those of the grounds with which no meeting of this round dealt: until one does, neither answer nor
    /// closing; staff only.</summary>
    public IReadOnlyList<EscalationReason>? MeetingDueFor { get; init; }

    /// <summary>Last day on which the liability may be unclear without a meeting (C5.5.1); staff only.</summary>
    public DateOnly? UnclearThrough { get; init; }

    /// <summary>Staff only.</summary>
    public IReadOnlyList<MeetingView>? Meetings { get; init; }

    /// <summary>Meetings that are called and not held yet; staff only.</summary>
    public IReadOnlyList<CalledMeetingView>? CalledMeetings { get; init; }

    /// <summary>What QC told departments, and who received it (C5.3.1); staff only.</summary>
    public IReadOnlyList<NoticeView>? Notices { get; init; }

    /// <summary>Slips that were passed on and remedies (C3.1.4, C5.3.1); staff only.</summary>
    public IReadOnlyList<ActionSummaryView>? ActionItems { get; init; }

    /// <summary>Lots that were inspected 100 % (C5.3.3); staff only.</summary>
    public IReadOnlyList<LotView>? Lots { get; init; }

    /// <summary>The traceability table (C5.6.1); staff only.</summary>
    public IReadOnlyList<TraceLineView>? Trace { get; init; }

    /// <summary>What QC lets the customer be told (C5.6.1); staff only.</summary>
    public ReleaseView? Release { get; init; }

    /// <summary>What customer service added to the released words; staff only.</summary>
    public IReadOnlyList<AnswerAdditionView>? AnswerAdditions { get; init; }

    /// <summary>Data of form FM005 (C5.3.2); staff only.</summary>
    public ServiceReportView? ServiceReport { get; init; }

    /// <summary>The complaint with which this one is handled (S4); staff only.</summary>
    public MergedIntoView? MergedInto { get; init; }

    /// <summary>The complaints that are handled with this one (S4); staff only.</summary>
    public IReadOnlyList<Guid>? MergedComplaints { get; init; }

    /// <summary>How long each department took (C1); staff only.</summary>
    public IReadOnlyList<StageView>? Stages { get; init; }

    /// <summary>What makes it a major quality problem, or not (C5.5.2); staff only.</summary>
    public AssessmentView? Assessment { get; init; }

    /// <summary>Earlier rounds; staff only.</summary>
    public IReadOnlyList<RoundView>? Rounds { get; init; }

    /// <summary>Reason; staff only.</summary>
    public string? ClosedWithoutConfirmation { get; init; }

    /// <summary>Staff only.</summary>
    public int? PolicyVersion { get; init; }

    public static ComplaintView From(Complaint complaint, Caller caller)
    {
        var context = caller.Context(complaint);
        var shown = ForOutsiders(complaint, context);
        return caller.IsStaff ? WithInternals(shown, complaint, context) : shown;
    }

    private static ComplaintView ForOutsiders(Complaint complaint, CommandContext context) =>
        new()
        {
            Id = complaint.Id,
            Number = complaint.Number,
            State = complaint.State,
            Version = complaint.Version,
            Actions = complaint.AllowedActions(context),
            FormNumber = complaint.FormNumber,
            Round = complaint.Round,
            RegisteredOn = complaint.RegisteredOn,
            CustomerId = complaint.CustomerId,
            CustomerName = complaint.CustomerName,
            Contact = complaint.Contact,
            Phone = complaint.Phone,
            Channel = complaint.Channel,
            Subject = complaint.Subject,
            Description = complaint.Description,
            Severity = complaint.Severity,
            Reference = ReferenceView.From(complaint.Reference),
            Origin = complaint.OriginKind is { } kind
                ? new OriginView(kind, complaint.OriginId, complaint.OriginNumber, complaint.OriginItems)
                : null,
            TakenBy = complaint.TakenBy.Name,
            Targets = TargetsView.From(complaint),
            Response = ResponseView.From(complaint.Response),
            Triage = complaint.Triage?.Outcome == TriageOutcome.ToQc ? null : TriageView.From(complaint.Triage),
            Answer = AnswerView.From(complaint.CustomerAnswer),
            Confirmation = ConfirmationView.From(complaint.Confirmation),
            Objections = [.. complaint.Objections.Select(ObjectionView.From)],
            ClosedOn = complaint.ClosedOn,
            Promised = complaint.LatestPromise() is { } promise ? PromisedView.From(promise) : null,
            ServiceReportNumber = complaint.ServiceReport?.Number,
            Language = complaint.Language,
            RemedyWanted = complaint.RemedyWanted,
            ServiceConcerned = complaint.ServiceConcerned,
        };

    private static ComplaintView WithInternals(ComplaintView shown, Complaint complaint, CommandContext context) =>
        shown with
        {
            Triage = TriageView.From(complaint.Triage),
            Confirmation = ConfirmationView.WithProof(complaint.Confirmation),
            ProductCode = complaint.ProductCode,
            FaultCode = complaint.FaultCode,
            Liability = LiabilityView.From(complaint.LiabilityRuling),
            Capas = [.. complaint.Capas.Select(CapaSummaryView.From)],
            Pauses = [.. complaint.Pauses.Select(PauseView.Of)],
            Escalations = [.. complaint.Escalations.Select(EscalationView.From)],
            MeetingGrounds = Domain.MeetingGrounds.Standing(complaint, context),
            MeetingDueFor = Domain.MeetingGrounds.Open(complaint, context),
            UnclearThrough = complaint.UnclearThrough,
            Meetings = [.. complaint.Meetings.Select(MeetingView.From)],
            CalledMeetings =
            [
                .. complaint.CalledMeetings.Select(m => new CalledMeetingView(m.Id, m.Number, m.Rule, m.From)),
            ],
            Notices = [.. complaint.Notices.Select(NoticeView.From)],
            ActionItems = [.. complaint.Actions.Select(ActionSummaryView.From)],
            Lots = [.. complaint.Lots.Select(lot => LotView.From(lot, complaint))],
            Trace = [.. complaint.TraceLines.Select(TraceLineView.From)],
            Release = ReleaseView.From(complaint.Release),
            AnswerAdditions = complaint.CustomerAnswer is { } answer
                ? [.. answer.Added.Select(a => new AnswerAdditionView(a.Part, a.Before, a.After))]
                : null,
            ServiceReport = ServiceReportView.From(complaint.ServiceReport),
            MergedInto = complaint.MergedInto is { } into
                ? new(into.ParentId, into.ParentNumber, into.By.Name, into.By.At)
                : null,
            MergedComplaints = complaint.Children,
            Stages = [.. complaint.Stages.Select(StageView.From)],
            Assessment = AssessmentView.From(complaint),
            Rounds = [.. complaint.Rounds.Select(RoundView.From)],
            ClosedWithoutConfirmation = complaint.ClosedWithoutConfirmation,
            PolicyVersion = complaint.PolicyVersion,
        };
}

internal sealed record ReferenceView(
    Guid? ProjectId,
    string? ProjectName,
    string? ProductModel,
    string? SerialNumber,
    string? OrderNumber
)
{
    public static ReferenceView From(Reference about) =>
        new(about.ProjectId, about.ProjectName, about.ProductModel, about.SerialNumber, about.OrderNumber);
}

/// <param name="Items">Codes of the items of a survey response that were graded 不滿意.</param>
internal sealed record OriginView(OriginKind Kind, Guid? Id, string? Number, IReadOnlyList<string> Items);

/// <summary>Targets (C1), UTC.</summary>
/// <param name="RespondedInTime">Null until it was responded.</param>
/// <param name="ResolutionDueAt">Null while a pause lasts.</param>
/// <param name="ResolvedInTime">Null until it was resolved.</param>
internal sealed record TargetsView(
    DateTimeOffset OpenedAt,
    DateTimeOffset ResponseDueAt,
    DateTimeOffset? RespondedAt,
    bool? RespondedInTime,
    DateTimeOffset? ResolutionDueAt,
    DateTimeOffset? ResolvedAt,
    bool? ResolvedInTime,
    bool Paused
)
{
    public static TargetsView From(Complaint complaint) =>
        new(
            complaint.OpenedAt,
            complaint.ResponseDueAt,
            complaint.RespondedAt,
            complaint.Response?.InTime,
            complaint.ResolutionDueAt,
            complaint.ResolvedAt,
            complaint.ResolvedInTime,
            complaint.IsPaused
        );
}

internal sealed record ResponseView(DateTimeOffset At, string By, string Message)
{
    public static ResponseView? From(FirstResponse? response) =>
        response is null ? null : new(response.By.At, response.By.Name, response.Message);
}

internal sealed record TriageView(TriageOutcome Outcome, string Note, string By, DateOnly On)
{
    public static TriageView? From(Triage? triage) =>
        triage is null ? null : new(triage.Outcome, triage.Note, triage.By.Name, triage.On);
}

internal sealed record AnswerView(string Cause, string Traceability, string Conclusion, string By, DateTimeOffset At)
{
    public static AnswerView? From(CustomerAnswer? answer) =>
        answer is null ? null : new(answer.Cause, answer.Traceability, answer.Conclusion, answer.By.Name, answer.By.At);
}

/// <param name="Method">How somebody confirmed to staff; null where the customer confirmed in person or by a link.</param>
/// <param name="On">When.</param>
/// <param name="Scans">Files that show the signature; for staff.</param>
internal sealed record ConfirmationView(
    string ConfirmedBy,
    DateTimeOffset At,
    string? Opinion,
    string RecordedBy,
    ConfirmationChannel? Method = null,
    DateOnly? On = null,
    IReadOnlyList<Guid>? Scans = null
)
{
    /// <summary>With what it rests on, which is the company's own.</summary>
    public static ConfirmationView? WithProof(Confirmation? confirmation) =>
        From(confirmation) is { } shown && confirmation!.Proof is { } proof
            ? shown with
            {
                Method = proof.Method,
                On = proof.On,
                Scans = proof.Scans,
            }
            : From(confirmation);

    public static ConfirmationView? From(Confirmation? confirmation) =>
        confirmation is null
            ? null
            : new(
                confirmation.Signature.PrintedName,
                confirmation.Signature.At,
                confirmation.Opinion,
                confirmation.RecordedBy.Name
            );
}

internal sealed record ObjectionView(string Reason, string By, DateTimeOffset At, string RejectedConclusion)
{
    public static ObjectionView From(Objection objection) =>
        new(objection.Reason, objection.By.Name, objection.By.At, objection.RejectedConclusion);
}

internal sealed record LiabilityView(
    Liability Liability,
    string? ResponsibleDepartment,
    string? CauseCode,
    string Findings,
    string By,
    DateOnly On
)
{
    public static LiabilityView? From(LiabilityRuling? ruling) =>
        ruling is null
            ? null
            : new(ruling.Liability, ruling.Department, ruling.CauseCode, ruling.Findings, ruling.By.Name, ruling.On);
}

internal sealed record CapaSummaryView(Guid Id, string Number, string Department, CapaState State, DateOnly? DueOn)
{
    public static CapaSummaryView From(CapaSummary capa) =>
        new(capa.Id, capa.Number, capa.Department, capa.State, capa.DueOn);
}

internal sealed record PauseView(DateTimeOffset From, DateTimeOffset? To, PauseReason Reason, string? Note, string By)
{
    public static PauseView Of(ComplaintPause pause) =>
        new(pause.From, pause.To, pause.Reason, pause.Note, pause.By.Name);
}

/// <param name="Rule"><c>C5.5.1</c> or <c>C5.5.2</c>.</param>
/// <param name="EscalatedTo">Role.</param>
internal sealed record EscalationView(
    string Rule,
    EscalationReason Reason,
    string Note,
    string EscalatedTo,
    int Round,
    string By,
    DateTimeOffset At
)
{
    public static EscalationView From(Escalation escalation) =>
        new(
            escalation.Rule,
            escalation.Reason,
            escalation.Note,
            escalation.EscalatedTo,
            escalation.Round,
            escalation.By.Name,
            escalation.By.At
        );
}

/// <summary>A meeting of the department heads (C5.5).</summary>
/// <param name="Reasons">The grounds that it dealt with.</param>
/// <param name="By">Who recorded it.</param>
internal sealed record MeetingView(
    IReadOnlyList<EscalationReason> Reasons,
    DateOnly HeldOn,
    string Chair,
    IReadOnlyList<string> Departments,
    IReadOnlyList<MeetingDecisionView> Decisions,
    int Round,
    string By
)
{
    public static MeetingView From(Meeting meeting) =>
        new(
            meeting.Reasons,
            meeting.HeldOn,
            meeting.Chair,
            meeting.Departments,
            [.. meeting.Decisions.Select(d => new MeetingDecisionView(d.What, d.Department, d.DueOn))],
            meeting.Round,
            meeting.By.Name
        );
}

internal sealed record MeetingDecisionView(string What, string? Department, DateOnly? DueOn);

/// <param name="Cost">In yuan.</param>
/// <param name="RepeatedFault">Several customers have the same model and fault.</param>
internal sealed record AssessmentView(
    bool Safety,
    string? FaultCode,
    decimal? Cost,
    bool RepeatedFault,
    string Note,
    string By,
    DateTimeOffset At
)
{
    public static AssessmentView? From(Complaint complaint) =>
        complaint.Assessment is not { } given
            ? null
            : new(
                given.Safety,
                given.FaultCode,
                given.Cost,
                complaint.HasRepeatedFault,
                given.Note,
                given.By.Name,
                given.By.At
            );
}

/// <summary>What was said before the fault recurred.</summary>
internal sealed record RoundView
{
    public required int Number { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? RespondedAt { get; init; }

    public TriageOutcome? Triage { get; init; }

    public Liability? Liability { get; init; }

    public string? ResponsibleDepartment { get; init; }

    public string? CauseCode { get; init; }

    /// <summary>Of the answer, or of triage where customer service settled it alone.</summary>
    public string? Conclusion { get; init; }

    /// <summary>Number of FM005, where it was not ours.</summary>
    public string? ServiceReportNumber { get; init; }

    public required DateOnly ClosedOn { get; init; }

    public required string ReopenReason { get; init; }

    public required string ReopenedBy { get; init; }

    public required DateOnly ReopenedOn { get; init; }

    public static RoundView From(ComplaintRound round) =>
        new()
        {
            Number = round.Number,
            OpenedAt = round.OpenedAt,
            RespondedAt = round.Response?.By.At,
            Triage = round.Triage?.Outcome,
            Liability = round.Ruling?.Liability,
            ResponsibleDepartment = round.Ruling?.Department,
            CauseCode = round.Ruling?.CauseCode,
            Conclusion = round.Answer?.Conclusion ?? round.Triage?.Note,
            ServiceReportNumber = round.Report?.Number,
            ClosedOn = round.ClosedOn,
            ReopenReason = round.ReopenReason,
            ReopenedBy = round.ReopenedBy.Name,
            ReopenedOn = round.ReopenedOn,
        };
}

internal sealed record PromisedView(DateOnly Until, string What)
{
    public static PromisedView From(Promised p) => new(p.Until, p.What);
}

internal sealed record CalledMeetingView(Guid Id, string Number, string Rule, DateTimeOffset StartsAt);

/// <param name="ReceivedBy">Who received it, by name.</param>
internal sealed record NoticeView(
    string Department,
    string Text,
    string By,
    DateTimeOffset At,
    string? ReceivedBy,
    DateTimeOffset? ReceivedAt
)
{
    public static NoticeView From(DepartmentNotice n) =>
        new(n.Department, n.Text, n.By.Name, n.By.At, n.Received?.Name, n.Received?.At);
}

internal sealed record ActionSummaryView(
    Guid Id,
    string Number,
    ActionPurpose Purpose,
    string Department,
    ActionItemState State,
    DateOnly DueOn
)
{
    public static ActionSummaryView From(ActionSummary a) =>
        new(a.Id, a.Number, a.Purpose, a.Department, a.State, a.DueOn);
}

/// <summary>A lot that was inspected 100 %.</summary>
internal sealed record LotView
{
    /// <summary>Number within the complaint.</summary>
    public required int No { get; init; }

    public required string Lot { get; init; }

    public required int Quantity { get; init; }

    public required int Passed { get; init; }

    public required int Failed { get; init; }

    /// <summary>Where failed goods are segregated.</summary>
    public string? Place { get; init; }

    public required string Note { get; init; }

    public required string InspectedBy { get; init; }

    /// <summary>The lot whose rework was inspected.</summary>
    public int? ReworkOf { get; init; }

    public DispositionKind? Disposition { get; init; }

    public string? DispositionReason { get; init; }

    public string? DisposedBy { get; init; }

    /// <summary>Its rework is to be inspected.</summary>
    public required bool ReworkDue { get; init; }

    public static LotView From(InspectedLot lot, Complaint complaint) =>
        new()
        {
            No = lot.No,
            Lot = lot.Lot,
            Quantity = lot.Quantity,
            Passed = lot.Passed,
            Failed = lot.Failed,
            Place = lot.Place,
            Note = lot.Note,
            InspectedBy = lot.By.Name,
            ReworkOf = lot.ReworkOf,
            Disposition = lot.Disposition?.Kind,
            DispositionReason = lot.Disposition?.Reason,
            DisposedBy = lot.Disposition?.By.Name,
            ReworkDue = NonconformingGoods.IsReworkDue(complaint.Lots, lot),
        };
}

/// <summary>A line of the traceability table.</summary>
internal sealed record TraceLineView
{
    public required TraceKind Kind { get; init; }

    public required string Identity { get; init; }

    public string? Place { get; init; }

    public Guid? CustomerId { get; init; }

    public string? CustomerName { get; init; }

    public required int Quantity { get; init; }

    public required int Checked { get; init; }

    public string? Result { get; init; }

    /// <summary>Null while it is not contained.</summary>
    public string? Containment { get; init; }

    public static TraceLineView From(TraceLine line) =>
        new()
        {
            Kind = line.Kind,
            Identity = line.Identity,
            Place = line.Place,
            CustomerId = line.CustomerId,
            CustomerName = line.CustomerName,
            Quantity = line.Quantity,
            Checked = line.Checked,
            Result = line.Result,
            Containment = line.Containment,
        };
}

internal sealed record ReleaseView(string Cause, string Traceability, string Conclusion, string By, DateTimeOffset At)
{
    public static ReleaseView? From(Release? r) =>
        r is null ? null : new(r.Cause, r.Traceability, r.Conclusion, r.By.Name, r.By.At);
}

/// <param name="Part"><c>cause</c>, <c>traceability</c>, <c>conclusion</c>.</param>
internal sealed record AnswerAdditionView(string Part, string Before, string After);

internal sealed record ServiceReportView
{
    public string? Number { get; init; }

    /// <summary>Null, as others are, while Repairs has not said it.</summary>
    public string? Product { get; init; }

    public string? SerialNumber { get; init; }

    public string? RmaNumber { get; init; }

    public string? Fault { get; init; }

    public string? Work { get; init; }

    public required IReadOnlyList<string> Parts { get; init; }

    public DateOnly? ServiceFrom { get; init; }

    public DateOnly? ServiceTo { get; init; }

    public string? Engineer { get; init; }

    public required string Result { get; init; }

    public static ServiceReportView? From(ServiceReport? r) =>
        r is null
            ? null
            : new()
            {
                Number = r.Number,
                Product = r.Product,
                SerialNumber = r.SerialNumber,
                RmaNumber = r.RmaNumber,
                Fault = r.Fault,
                Work = r.Work,
                Parts = r.Parts,
                ServiceFrom = r.From,
                ServiceTo = r.To,
                Engineer = r.Engineer,
                Result = r.Result,
            };
}

internal sealed record MergedIntoView(Guid Id, string Number, string By, DateTimeOffset At);

/// <summary>A department's own clock.</summary>
internal sealed record StageView(
    Stage Stage,
    DateTimeOffset Since,
    DateTimeOffset DueAt,
    DateTimeOffset? Until,
    bool? InTime
)
{
    public static StageView From(StageClock s) => new(s.Stage, s.Since, s.DueAt, s.Until, s.InTime);
}
