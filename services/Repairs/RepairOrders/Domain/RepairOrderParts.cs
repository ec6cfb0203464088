using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>A project and its owner, as the registry has them (S3).</summary>
/// <param name="Contact">The person whom the company calls first at the owner's; null where the registry names
/// none.</param>
internal sealed record ProjectRef(
    Guid Id,
    string Name,
    string ContractNumber,
    Guid OwnerId,
    string OwnerName,
    string? Contact,
    string? Phone
);

/// <summary>A person to be met where the defect is, for example who lives there.</summary>
internal sealed record SiteContact(string Name, string? Phone);

/// <summary>What is said when an order is opened.</summary>
internal sealed record Notice
{
    public required OrderSource Source { get; init; }

    /// <summary>The finding or complaint.</summary>
    public Guid? SourceId { get; init; }

    public Guid? RevisitId { get; init; }

    /// <summary>The project, as the registry has it at that time.</summary>
    public required ProjectRef Project { get; init; }

    public SiteContact? SiteContact { get; init; }

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

/// <summary>The days on which production plans the repair (P2.1.2).</summary>
internal sealed record RepairPlan(DateOnly From, DateOnly To, Stamp By);

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

/// <summary>How the owner's word reached the company.</summary>
internal enum WordBy
{
    /// <summary>Signed by hand on the printed form, which engineering keeps.</summary>
    Paper,
    Phone,
    Letter,

    /// <summary>Said on site to a person of the company.</summary>
    Spoken,
}

/// <summary>The owner's word where they do not sign in the system themselves: who gave it, how and when. Who takes it
/// down is the one who enters it.</summary>
internal sealed record RecordedWord(string By, WordBy How, DateOnly On);

/// <summary>What the owner decides on the repair: signed by themselves, or taken down by customer service.</summary>
/// <param name="PrintedName">Name in print of the person who signs.</param>
/// <param name="Recorded">The word that customer service takes down.</param>
internal sealed record OwnerDecision(string Opinion, string? PrintedName, RecordedWord? Recorded = null);

/// <summary>The owner's decision as it is kept: signed, or recorded.</summary>
/// <param name="OwnerName">What the owner was called then; a new name changes nothing of what was signed.</param>
/// <param name="By">Who signed, or took it down.</param>
internal sealed record OwnerResponse(
    int Round,
    bool Accepted,
    string Opinion,
    string OwnerName,
    Signature? Signature,
    RecordedWord? Recorded,
    DateOnly On,
    Stamp By
)
{
    /// <summary>The person who gave the owner's word.</summary>
    public string Speaker => Signature?.PrintedName ?? Recorded!.By;
}

/// <summary>The record that came back to engineering.</summary>
internal sealed record ReturnedRecord(DateOnly On, string LeaderName, string? Remark, Stamp By);
