using System.Text.Json.Serialization;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Revisits.Features;

/// <summary>A revisit, with the state of the repair orders and CAPAs of its findings.</summary>
internal sealed record RevisitView
{
    public required Guid Id { get; init; }

    public required RevisitState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now, each the last part of a route.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid ProjectId { get; init; }

    public required Guid OwnerId { get; init; }

    /// <summary>1, 2, 3 … within the project.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The date for which it is planned now.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>The date that the plan gave it (P2.1.1); null for one that a person added.</summary>
    public DateOnly? PlanDate { get; init; }

    public required bool Overdue { get; init; }

    /// <summary>Number of the file (P3.3), from when production opened it.</summary>
    public string? FileNumber { get; init; }

    public string? Purpose { get; init; }

    /// <summary>What an extra visit is for (P2.1.2); null for one of the plan.</summary>
    public ExtraVisit? ExtraKind { get; init; }

    /// <summary>Why it was added; for staff.</summary>
    public string? ExtraReason { get; init; }

    /// <summary>Policies of the project.</summary>
    public required int PolicyVersion { get; init; }

    public DateOnly? HeldOn { get; init; }

    /// <summary>回訪形式.</summary>
    public RevisitForm? Form { get; init; }

    public required IReadOnlyList<Attendee> Attendees { get; init; }

    public required IReadOnlyList<FindingView> Findings { get; init; }

    public OwnerRepresentative? OwnerRepresentative { get; init; }

    public string? OwnerOpinion { get; init; }

    /// <summary>The user (用戶) whose opinion it is; null for the owner's own.</summary>
    public ProjectUser? OpinionOf { get; init; }

    public Signature? OwnerSignature { get; init; }

    /// <summary>What stands in place of a signature.</summary>
    public OpinionRecordView? OpinionRecord { get; init; }

    /// <summary>Cause and liability, by the quality department; the owner sees them once the file is closed.</summary>
    public AssessmentView? Assessment { get; init; }

    /// <summary>What is done, by the head of engineering; likewise.</summary>
    public DispositionView? Disposition { get; init; }

    public DateOnly? ClosedOn { get; init; }

    /// <summary>For staff.</summary>
    public string? CancelReason { get; init; }

    public static RevisitView From(Revisit revisit, Caller caller, IReadOnlyList<LinkedCase> linked) =>
        caller.Actor.SeesAll() ? ForStaff(revisit, caller, linked) : ForOutsiders(revisit, caller, linked);

    private static RevisitView ForStaff(Revisit revisit, Caller caller, IReadOnlyList<LinkedCase> linked) =>
        ForOutsiders(revisit, caller, linked) with
        {
            ExtraReason = revisit.ExtraReason,
            Findings = [.. revisit.Findings.Select(f => FindingView.ForStaff(f, revisit, linked))],
            Assessment = AssessmentView.From(revisit.Assessment, caller.Clock, revisit.Assessment?.Findings ?? []),
            Disposition = DispositionView.From(revisit.Disposition, caller.Clock),
            CancelReason = revisit.CancelReason,
        };

    // What is not listed here the owner does not see; cause and liability are released with the closed form.
    private static RevisitView ForOutsiders(Revisit revisit, Caller caller, IReadOnlyList<LinkedCase> linked) =>
        new()
        {
            Id = revisit.Id,
            State = revisit.State,
            Version = revisit.Version,
            Actions = revisit.AllowedActions(caller.Context(revisit)),
            ProjectId = revisit.ProjectId,
            OwnerId = revisit.OwnerId,
            Ordinal = revisit.Ordinal,
            DueOn = revisit.DueOn,
            PlanDate = revisit.PlanDate,
            Overdue = RevisitDeadlines.IsOverdue(revisit, caller.Today),
            FileNumber = revisit.FileNumber,
            Purpose = revisit.Purpose,
            ExtraKind = revisit.ExtraKind,
            PolicyVersion = revisit.PolicyVersion,
            HeldOn = revisit.HeldOn,
            Form = revisit.Form,
            Attendees = revisit.Attendees,
            Findings = [.. revisit.Findings.Select(f => FindingView.ForOutsiders(f, revisit, linked))],
            OwnerRepresentative = revisit.OwnerRepresentative,
            OwnerOpinion = revisit.OwnerOpinion,
            OpinionOf = revisit.OpinionOf,
            OwnerSignature = revisit.OwnerSignature,
            OpinionRecord = OpinionRecordView.From(revisit.OpinionRecord, caller.Clock),
            Assessment = revisit.IsReleased ? AssessmentView.From(revisit.Assessment, caller.Clock, []) : null,
            Disposition = revisit.IsReleased ? DispositionView.From(revisit.Disposition, caller.Clock) : null,
            ClosedOn = revisit.ClosedOn,
        };
}

/// <summary>An opinion that stands in place of a signature.</summary>
/// <param name="GivenBy">Who gave it.</param>
/// <param name="Method">How.</param>
/// <param name="On">When.</param>
/// <param name="WhyUnsigned">Why a visit has no signature.</param>
/// <param name="TakenDownBy">By whom it was taken down.</param>
/// <param name="RecordedOn">When it was recorded.</param>
internal sealed record OpinionRecordView(
    string GivenBy,
    OpinionMethod Method,
    DateOnly On,
    string? WhyUnsigned,
    string TakenDownBy,
    DateOnly RecordedOn
)
{
    public static OpinionRecordView? From(OpinionRecord? record, CompanyClock clock) =>
        record is null
            ? null
            : new(
                record.GivenBy,
                record.Method,
                record.On,
                record.WhyUnsigned,
                record.TakenDown.Name,
                clock.DateOf(record.TakenDown.At)
            );
}

/// <summary>A quality problem or hazard, with what became of it.</summary>
internal sealed record FindingView
{
    public required Guid Id { get; init; }

    /// <summary>Part code of Table 3.1.</summary>
    public required string Part { get; init; }

    public required string Location { get; init; }

    public required string Description { get; init; }

    public required FindingSeverity Severity { get; init; }

    /// <summary>A repair order was asked for.</summary>
    public required bool RepairWanted { get; init; }

    /// <summary>A CAPA was asked for; null where it is not told yet.</summary>
    public bool? CapaWanted { get; init; }

    public string? Explanation { get; init; }

    public string? ProposedSolution { get; init; }

    /// <summary>教訓; for staff.</summary>
    public string? Lesson { get; init; }

    /// <summary>整改措施; for staff.</summary>
    public string? CorrectiveMeasure { get; init; }

    /// <summary>防範對策; for staff.</summary>
    public string? Countermeasure { get; init; }

    /// <summary>Who answers for it (P2.2.3); this and the cause the owner sees once the file is closed.</summary>
    public Liability? Liability { get; init; }

    public string? Cause { get; init; }

    /// <summary>The cause as a code, by which faults are counted; for staff.</summary>
    public CauseCode? CauseCode { get; init; }

    /// <summary>Quality calls the fault systemic; for staff.</summary>
    public bool? Systemic { get; init; }

    /// <summary>Why a CAPA must open (P2.2.3); null where it need not. For staff.</summary>
    public CapaGround? CapaGround { get; init; }

    public string? ResponsibleUnit { get; init; }

    public Guid? ResponsibleUnitId { get; init; }

    public LinkedCaseView? RepairOrder { get; init; }

    public LinkedCaseView? Capa { get; init; }

    public static FindingView ForStaff(Finding finding, Revisit revisit, IReadOnlyList<LinkedCase> linked)
    {
        var decided = Decided(finding, revisit);
        return Released(finding, decided, linked) with
        {
            Lesson = finding.Lesson,
            CorrectiveMeasure = finding.CorrectiveMeasure,
            Countermeasure = finding.Countermeasure,
            CauseCode = decided?.CauseCode,
            Systemic = decided?.Systemic,
            CapaGround = decided?.CapaGround,
        };
    }

    public static FindingView ForOutsiders(Finding finding, Revisit revisit, IReadOnlyList<LinkedCase> linked) =>
        revisit.IsReleased ? Released(finding, Decided(finding, revisit), linked) : Found(finding, linked);

    private static FindingLiability? Decided(Finding finding, Revisit revisit) =>
        revisit.Assessment?.Findings.FirstOrDefault(d => d.FindingId == finding.Id);

    private static FindingView Released(Finding finding, FindingLiability? decided, IReadOnlyList<LinkedCase> linked) =>
        Found(finding, linked) with
        {
            CapaWanted = finding.CapaWanted,
            Capa = LinkedCaseView.Of(LinkedCase.CapaOf(finding, linked)),
            Liability = decided?.Liability,
            Cause = decided?.Cause,
            ResponsibleUnit = decided?.ResponsibleUnit,
            ResponsibleUnitId = decided?.ResponsibleUnitId,
        };

    private static FindingView Found(Finding finding, IReadOnlyList<LinkedCase> linked) =>
        new()
        {
            Id = finding.Id,
            Part = finding.Part,
            Location = finding.Location,
            Description = finding.Description,
            Severity = finding.Severity,
            RepairWanted = finding.RepairWanted,
            Explanation = finding.Explanation,
            ProposedSolution = finding.ProposedSolution,
            RepairOrder = LinkedCaseView.Of(LinkedCase.OrderOf(finding, linked)),
        };
}

/// <summary>What became of a finding in another service: a repair order or a CAPA.</summary>
/// <param name="Id">The order or CAPA.</param>
/// <param name="Number">Its number; null until it is known.</param>
/// <param name="State">Its state.</param>
/// <param name="On">Since when.</param>
/// <param name="Done">It is finished.</param>
internal sealed record LinkedCaseView(Guid Id, string? Number, string State, DateOnly? On, bool Done)
{
    public static LinkedCaseView? Of(LinkedCase? known) =>
        known is null ? null : new(known.Id, known.Number, known.State, known.StateOn, known.IsDone);
}

/// <summary>Cause and liability on form 3.3.1; the decision of each finding stands in the finding.</summary>
/// <param name="Findings">The decisions, for staff.</param>
/// <param name="Remarks">Further words for the form.</param>
/// <param name="DecidedBy">Printed name.</param>
/// <param name="On">When.</param>
internal sealed record AssessmentView(
    IReadOnlyList<FindingLiability> Findings,
    string? Remarks,
    string DecidedBy,
    DateOnly On
)
{
    public static AssessmentView? From(
        LiabilityAssessment? assessment,
        CompanyClock clock,
        IReadOnlyList<FindingLiability> findings
    ) =>
        assessment is null
            ? null
            : new(findings, assessment.Remarks, assessment.By.Name, clock.DateOf(assessment.By.At));
}

/// <summary>What is done, on form 3.3.1.</summary>
/// <param name="Text">The decision.</param>
/// <param name="DecidedBy">Printed name.</param>
/// <param name="On">When.</param>
internal sealed record DispositionView(string Text, string DecidedBy, DateOnly On)
{
    public static DispositionView? From(Disposition? disposition, CompanyClock clock) =>
        disposition is null ? null : new(disposition.Text, disposition.By.Name, clock.DateOf(disposition.By.At));
}
