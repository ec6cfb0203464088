using System.Text.Json.Serialization;
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

    /// <summary>Policies of the project.</summary>
    public required int PolicyVersion { get; init; }

    public DateOnly? HeldOn { get; init; }

    /// <summary>回訪形式.</summary>
    public RevisitForm? Form { get; init; }

    public required IReadOnlyList<Attendee> Attendees { get; init; }

    public required IReadOnlyList<FindingView> Findings { get; init; }

    public OwnerRepresentative? OwnerRepresentative { get; init; }

    public string? OwnerOpinion { get; init; }

    public Signature? OwnerSignature { get; init; }

    /// <summary>Cause and liability, by the quality department.</summary>
    public AssessmentView? Assessment { get; init; }

    /// <summary>What is done, by the head of engineering.</summary>
    public DispositionView? Disposition { get; init; }

    public DateOnly? ClosedOn { get; init; }

    public string? CancelReason { get; init; }

    // Owners see the whole of the form: it is theirs to sign.
    public static RevisitView From(Revisit revisit, Caller caller, IReadOnlyList<LinkedCase> linked) =>
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
            PolicyVersion = revisit.PolicyVersion,
            HeldOn = revisit.HeldOn,
            Form = revisit.Form,
            Attendees = revisit.Attendees,
            Findings = [.. revisit.Findings.Select(f => FindingView.From(f, revisit, linked))],
            OwnerRepresentative = revisit.OwnerRepresentative,
            OwnerOpinion = revisit.OwnerOpinion,
            OwnerSignature = revisit.OwnerSignature,
            Assessment = AssessmentView.From(revisit.Assessment, caller.Clock),
            Disposition = DispositionView.From(revisit.Disposition, caller.Clock),
            ClosedOn = revisit.ClosedOn,
            CancelReason = revisit.CancelReason,
        };
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

    /// <summary>A CAPA was asked for.</summary>
    public required bool CapaWanted { get; init; }

    public string? Explanation { get; init; }

    public string? ProposedSolution { get; init; }

    /// <summary>Who answers for it (P2.2.3).</summary>
    public Liability? Liability { get; init; }

    public string? Cause { get; init; }

    public string? ResponsibleUnit { get; init; }

    public Guid? ResponsibleUnitId { get; init; }

    public LinkedCaseView? RepairOrder { get; init; }

    public LinkedCaseView? Capa { get; init; }

    public static FindingView From(Finding finding, Revisit revisit, IReadOnlyList<LinkedCase> linked)
    {
        var decided = revisit.Assessment?.Findings.FirstOrDefault(d => d.FindingId == finding.Id);
        return new()
        {
            Id = finding.Id,
            Part = finding.Part,
            Location = finding.Location,
            Description = finding.Description,
            Severity = finding.Severity,
            RepairWanted = finding.RepairWanted,
            CapaWanted = finding.CapaWanted,
            Explanation = finding.Explanation,
            ProposedSolution = finding.ProposedSolution,
            Liability = decided?.Liability,
            Cause = decided?.Cause,
            ResponsibleUnit = decided?.ResponsibleUnit,
            ResponsibleUnitId = decided?.ResponsibleUnitId,
            RepairOrder = LinkedCaseView.Of(LinkedCase.RepairOrder, finding, linked),
            Capa = LinkedCaseView.Of(LinkedCase.Capa, finding, linked),
        };
    }
}

/// <summary>What became of a finding in another service: a repair order or a CAPA.</summary>
/// <param name="Id">The order or CAPA.</param>
/// <param name="Number">Its number; null until it is known.</param>
/// <param name="State">Its state.</param>
/// <param name="On">Since when.</param>
/// <param name="Done">It is finished.</param>
internal sealed record LinkedCaseView(Guid Id, string? Number, string State, DateOnly? On, bool Done)
{
    public static LinkedCaseView? Of(string kind, Finding finding, IReadOnlyList<LinkedCase> linked) =>
        linked.FirstOrDefault(c => c.Kind == kind && c.SourceId == finding.Id) is { } known
            ? new(known.Id, known.Number, known.State, known.StateOn, known.IsDone)
            : null;
}

/// <summary>Cause and liability on form 3.3.1; the decision of each finding stands in the finding.</summary>
/// <param name="Findings">The decisions.</param>
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
    public static AssessmentView? From(LiabilityAssessment? assessment, CompanyClock clock) =>
        assessment is null
            ? null
            : new(assessment.Findings, assessment.Remarks, assessment.By.Name, clock.DateOf(assessment.By.At));
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
