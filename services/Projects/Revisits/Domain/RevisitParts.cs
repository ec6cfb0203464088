using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.Revisits.Domain;

/// <summary>回訪形式.</summary>
internal enum RevisitForm
{
    Visit,
    Phone,
    Letter,
    Meeting,
}

/// <summary>Who must attend (P2.2.1), and everyone else.</summary>
internal enum Seat
{
    /// <summary>Of the corporate authorised person (法人授權人), who leads.</summary>
    Lead,
    ChiefEngineer,
    TechnicalHead,
    EngineeringHead,
    QualityHead,
    Other,
}

/// <summary>A person who took part.</summary>
/// <param name="Seat">Whose place.</param>
/// <param name="PersonId">The person, where they are in the registry.</param>
/// <param name="Name">Printed name.</param>
/// <param name="SubstituteReason">Why another person than the holder of the seat came; null for the holder.</param>
internal sealed record Attendee(Seat Seat, Guid? PersonId, string Name, string? SubstituteReason = null);

internal enum FindingSeverity
{
    Minor,
    Major,

    /// <summary>Structure, safety, loss of an essential function (P3.2.1).</summary>
    Emergency,
}

/// <summary>An input after which the revisit has these findings, new or changed.</summary>
internal interface IFindings
{
    IEnumerable<Finding> On(Revisit revisit);
}

/// <summary>A quality problem or hazard that a revisit found (P2.2.2).</summary>
/// <param name="Id">The finding: repair order and corrective action refer to it.</param>
/// <param name="Part">Part code of Table 3.1.</param>
/// <param name="Location">Where in the building.</param>
/// <param name="Description">What was found.</param>
/// <param name="Severity">How serious.</param>
/// <param name="RepairWanted">A repair order opens for it.</param>
/// <param name="CapaWanted">A construction fault that must not recur: a CAPA opens for it (P2.2.3).</param>
/// <param name="Explanation">The contractor's explanation, needed for a construction fault (P2.2.2).</param>
/// <param name="ProposedSolution">The solution that the contractor proposes, needed for a construction fault
/// (P2.2.2).</param>
internal sealed record Finding(
    Guid Id,
    string Part,
    string Location,
    string Description,
    FindingSeverity Severity,
    bool RepairWanted,
    bool CapaWanted,
    string? Explanation,
    string? ProposedSolution
) : IFindings
{
    /// <summary>For construction faults the contractor explains and proposes a solution.</summary>
    public bool IsAnswered => !CapaWanted || IsExplained;

    IEnumerable<Finding> IFindings.On(Revisit revisit) => [this];

    public bool IsExplained => !string.IsNullOrWhiteSpace(Explanation) && !string.IsNullOrWhiteSpace(ProposedSolution);
}

/// <summary>Who spoke for the owner at the revisit.</summary>
internal sealed record OwnerRepresentative(string Name, string? Phone);

/// <summary>The record of a revisit that took place.</summary>
internal sealed record HeldRecord(
    DateOnly On,
    RevisitForm Form,
    IReadOnlyList<Attendee> Attendees,
    IReadOnlyList<Finding> Findings,
    OwnerRepresentative? Owner,
    string? OwnerOpinion
);

/// <summary>Who answers for a finding.</summary>
internal enum Liability
{
    /// <summary>The contractor's own work.</summary>
    Contractor,

    /// <summary>The part of a subcontractor (P3.1.1).</summary>
    Subcontractor,

    /// <summary>Use, alteration or neglect by the owner.</summary>
    Owner,

    /// <summary>Design, material supplier, force majeure.</summary>
    ThirdParty,
}

/// <summary>Quality's decision about one finding (P2.2.3).</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Liability">Who answers for it.</param>
/// <param name="Cause">The main cause.</param>
/// <param name="ResponsibleUnit">Unit or department that it is assigned to.</param>
/// <param name="ResponsibleUnitId">The subcontractor whose part it is (P3.1.1); null for everyone else.</param>
internal sealed record FindingLiability(
    Guid FindingId,
    Liability Liability,
    string Cause,
    string ResponsibleUnit,
    Guid? ResponsibleUnitId = null
);

/// <summary>Cause and liability on form 3.3.1, by the quality department.</summary>
internal sealed record LiabilityAssessment(IReadOnlyList<FindingLiability> Findings, string? Remarks, Stamp By);

/// <summary>What is done, on form 3.3.1, by the head of engineering.</summary>
internal sealed record Disposition(string Text, Stamp By);

/// <summary>A new date, inside the limits of the project.</summary>
/// <param name="On">The date.</param>
/// <param name="From">Handover, or the horizon where that lies before it.</param>
/// <param name="Through">Horizon of the plan.</param>
/// <param name="IsExplained">Whether there is a reason for another date than the present one.</param>
internal sealed record PlannedDate(DateOnly On, DateOnly From, DateOnly Through, bool IsExplained = true);

/// <summary>A cancellation.</summary>
/// <param name="Active">Revisits of the project that are not cancelled, this one among them.</param>
internal sealed record CancelInput(int Active);

/// <summary>A held record with what it is checked against.</summary>
internal sealed record HoldInput(HeldRecord Record, ProjectTeam Team, DateOnly From, DateOnly Through) : IFindings
{
    IEnumerable<Finding> IFindings.On(Revisit revisit) => Record.Findings;
}

/// <summary>Decisions about findings, with the packages of the project: a subcontractor answers for its own
/// part.</summary>
internal sealed record AssessInput(LiabilityAssessment Assessment, IReadOnlyList<SubcontractPackage> Packages);

/// <summary>What is asked for about a finding after it was recorded; a part that is null stays as it was.</summary>
internal sealed record FollowUpInput(
    Guid FindingId,
    bool? RepairWanted,
    bool? CapaWanted,
    string? Explanation,
    string? ProposedSolution
) : IFindings
{
    IEnumerable<Finding> IFindings.On(Revisit revisit) =>
        revisit.Finding(FindingId) is { } before ? [After(before)] : [];

    /// <summary>How the finding stands then.</summary>
    public Finding After(Finding before) =>
        before with
        {
            RepairWanted = RepairWanted ?? before.RepairWanted,
            CapaWanted = CapaWanted ?? before.CapaWanted,
            Explanation = Explanation ?? before.Explanation,
            ProposedSolution = ProposedSolution ?? before.ProposedSolution,
        };

    /// <summary>What was asked for runs in another service, where it is withdrawn.</summary>
    public bool TakesBack(Finding before) =>
        (before.RepairWanted && RepairWanted == false) || (before.CapaWanted && CapaWanted == false);
}

/// <summary>An input that needs the owner's opinion.</summary>
internal interface INeedsOpinion
{
    string? OpinionOn(Revisit revisit);
}

/// <summary>The file is to be closed: the form must hold the owner's opinion.</summary>
internal sealed record CloseInput : INeedsOpinion
{
    public string? OpinionOn(Revisit revisit) => revisit.OwnerOpinion;
}

/// <summary>The owner's opinion and signature. What is signed is not changed afterwards.</summary>
/// <param name="Opinion">The opinion; null leaves the one recorded before.</param>
/// <param name="PrintedName">Who signs for the owner, in print.</param>
/// <param name="ImageId">Attachment with the signature, where it is handed in.</param>
/// <param name="ImageIsKnown">Whether that attachment is a signature of this revisit.</param>
internal sealed record SignInput(string? Opinion, string PrintedName, Guid? ImageId, bool ImageIsKnown) : INeedsOpinion
{
    public string? OpinionOn(Revisit revisit) => Opinion ?? revisit.OwnerOpinion;
}
