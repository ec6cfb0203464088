using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>A project as an order names it.</summary>
internal sealed record ProjectRef(Guid Id, string Name, string ContractNumber, Guid OwnerId, string OwnerName);

/// <summary>What is said when an order is opened.</summary>
internal sealed record Notice
{
    public required OrderSource Source { get; init; }

    /// <summary>The finding or complaint.</summary>
    public Guid? SourceId { get; init; }

    public Guid? RevisitId { get; init; }

    /// <summary>The project, by name, as known at that time.</summary>
    public required ProjectRef Project { get; init; }

    public required string Contact { get; init; }

    public required string Phone { get; init; }

    /// <summary>Part of Table 3.1.</summary>
    public required string PartCode { get; init; }

    public required string Location { get; init; }

    public required string Description { get; init; }

    public required DefectSeverity Severity { get; init; }

    /// <summary>Why it is an emergency; null where the revisit did not say.</summary>
    public EmergencyReason? EmergencyReason { get; init; }

    public required DateOnly NotifiedOn { get; init; }
}

/// <summary>The defect confirmed with the owner (P3.2.1).</summary>
internal sealed record Confirmation(
    ConfirmationMethod Method,
    DateOnly On,
    string OwnerRepresentative,
    string ReworkAgreed,
    bool InTime,
    Stamp By
);

/// <summary>Facts, analysis, main cause and measures (P3.2.1). Every revision keeps its author.</summary>
internal sealed record Analysis(
    string Facts,
    string Causes,
    string MainCause,
    IReadOnlyList<string> Measures,
    int Revision,
    Stamp Author
);

/// <summary>What was said at review or approval.</summary>
internal sealed record Opinion(string Text, DateOnly On, Stamp By);

/// <summary>The record sent back to its author, with the reason.</summary>
internal sealed record Rejection(string Reason, int Revision, Stamp By);

/// <summary>The record as it was issued to the repair unit.</summary>
/// <param name="Proposed">The leader that the system proposed; null when Projects could not be asked.</param>
/// <param name="BeforeApproval">An emergency that was issued before approval.</param>
internal sealed record DispatchRecord(
    LeaderCandidate Leader,
    LeaderCandidate? Proposed,
    string? LeaderReason,
    string? UnitReason,
    bool ChargeBack,
    bool BeforeApproval,
    DateOnly On,
    Stamp By
);

/// <summary>A person at the briefing.</summary>
internal sealed record BriefingParticipant(string Name, BriefingRole Role, string? PersonId);

/// <summary>The four principles that the briefing confirms (P3.2.2).</summary>
internal sealed record BriefingPrinciples(
    bool ServicePrinciples,
    bool CooperateWithOwner,
    bool SatisfyReasonableWishes,
    bool NeverQuarrel
);

/// <summary>The briefing (技術交底) of leader and crew by the engineering head (P3.2.2).</summary>
internal sealed record Briefing(
    DateOnly On,
    string Content,
    IReadOnlyList<BriefingParticipant> Participants,
    BriefingPrinciples Principles,
    Stamp By
);

/// <summary>Work sheet of one round of repair.</summary>
internal sealed record WorkReport(
    int Round,
    string WorkDone,
    string? Materials,
    string? TaskSheet,
    IReadOnlyList<string> Crew,
    DateOnly FinishedOn,
    Stamp By
);

/// <summary>What the repair unit reports.</summary>
internal sealed record WorkInput(
    string WorkDone,
    string? Materials,
    string? TaskSheet,
    IReadOnlyList<string> Crew,
    DateOnly FinishedOn
);

/// <summary>Inspection by the quality department.</summary>
internal sealed record Inspection(int Round, bool Passed, string Opinion, DateOnly On, Stamp By);

/// <summary>What the owner decides on the repair.</summary>
/// <param name="SignedOn">Day on the paper; an owner who signs in the system signs today.</param>
/// <param name="ScanId">The uploaded scan of the paper.</param>
internal sealed record OwnerDecision(string Opinion, string PrintedName, DateOnly? SignedOn, string? ScanId);

/// <summary>The owner's decision as it is kept.</summary>
/// <param name="OnPaper">Signed on paper and entered by customer service.</param>
internal sealed record OwnerResponse(
    int Round,
    bool Accepted,
    string Opinion,
    Signature Signature,
    DateOnly On,
    bool OnPaper,
    Stamp By
);

/// <summary>The record that came back to engineering.</summary>
internal sealed record ReturnedRecord(DateOnly On, string LeaderName, string? Remark, Stamp By);
