using CustomerService.Rules;

namespace CustomerService.Projects.Domain;

internal enum RevisitState
{
    /// <summary>Has a date.</summary>
    Planned,

    /// <summary>Production has opened the file and fixed the date (P2.1.2).</summary>
    Opened,

    /// <summary>Took place (P2.2.1); findings and the owner's opinion are recorded.</summary>
    Held,

    /// <summary>Quality has decided cause and liability (P2.2.3).</summary>
    Judged,

    /// <summary>Engineering has decided what is done.</summary>
    Disposed,

    /// <summary>Form 3.3.1 is complete.</summary>
    Closed,

    Cancelled,
}

internal enum RevisitAction
{
    Plan,
    Add,
    FollowPlan,
    Move,
    Cancel,
    Open,
    Remind,
    NoteOverdue,
    Hold,
    RecordFinding,
    FollowUp,
    Sign,
    DecideLiability,
    SetDisposition,
    Close,
}

/// <summary>回訪形式.</summary>
internal enum RevisitForm
{
    Visit,
    Phone,
    Letter,
    Meeting,
}

/// <summary>Who has to be there (P2.2.1), and everybody else.</summary>
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

/// <summary>Somebody who took part.</summary>
/// <param name="Seat">Whose place.</param>
/// <param name="PersonId">The person, where he is in the registry.</param>
/// <param name="Name">Printed name.</param>
/// <param name="SubstituteReason">Why somebody else than the holder of the seat came; null for the holder
/// himself.</param>
internal sealed record Attendee(Seat Seat, Guid? PersonId, string Name, string? SubstituteReason = null);

internal enum FindingSeverity
{
    Minor,
    Major,

    /// <summary>Structure, safety, loss of an essential function (P3.2.1).</summary>
    Emergency,
}

/// <summary>A quality problem or hazard that a revisit found (P2.2.2).</summary>
/// <param name="Id">The finding: repair order and corrective action refer to it.</param>
/// <param name="Part">Part code of Table 3.1.</param>
/// <param name="Location">Where in the building.</param>
/// <param name="Description">What was found.</param>
/// <param name="Severity">How serious.</param>
/// <param name="RepairWanted">A repair order opens for it.</param>
/// <param name="CorrectiveActionWanted">A construction fault that must not recur: a corrective action opens for
/// it (P2.2.3).</param>
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
    bool CorrectiveActionWanted,
    string? Explanation,
    string? ProposedSolution
)
{
    /// <summary>For construction faults the contractor explains and proposes a solution.</summary>
    public bool IsAnswered => !CorrectiveActionWanted || IsExplained;

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

/// <summary>Quality's judgement of one finding (P2.2.3).</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Liability">Who answers for it.</param>
/// <param name="Cause">The main cause.</param>
/// <param name="ResponsibleUnit">Unit or department that it is assigned to.</param>
/// <param name="ResponsibleUnitId">The subcontractor whose part it is (P3.1.1); null for everybody else.</param>
internal sealed record FindingJudgement(
    Guid FindingId,
    Liability Liability,
    string Cause,
    string ResponsibleUnit,
    Guid? ResponsibleUnitId = null
);

/// <summary>Cause and liability on form 3.3.1, by the quality department.</summary>
internal sealed record Judgement(
    IReadOnlyList<FindingJudgement> Findings,
    string? Remarks,
    string DecidedBy,
    DateOnly On
);

/// <summary>What is done, on form 3.3.1, by the head of engineering.</summary>
internal sealed record Disposition(string Text, string DecidedBy, DateOnly On);
