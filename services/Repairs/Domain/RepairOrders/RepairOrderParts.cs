using CustomerService.Rules;

namespace CustomerService.Repairs.Domain.RepairOrders;

/// <summary>Somebody as the record names him: by token subject and printed name.</summary>
internal sealed record Person(string Id, string Name)
{
    public static Person From(Actor actor) => new(actor.Id, actor.Name);
}

/// <summary>What is said when an order is opened.</summary>
/// <param name="Project">The project, by name, as known at that time.</param>
/// <param name="PartCode">Part of Table 3.1.</param>
/// <param name="EmergencyKind">Why it is an emergency; null where the revisit did not say.</param>
internal sealed record Notice(
    OrderSource Source,
    Guid? SourceId,
    Guid? RevisitId,
    ProjectFacts Project,
    string Contact,
    string Phone,
    string PartCode,
    string Location,
    string Description,
    DefectSeverity Severity,
    EmergencyKind? EmergencyKind,
    DateOnly NotifiedOn
);

/// <summary>What the form needs to know of a project.</summary>
internal sealed record ProjectFacts(Guid Id, string Name, string ContractNumber, Guid OwnerId, string OwnerName);

/// <summary>What Projects said about the warranty, or why it said nothing.</summary>
/// <param name="Covered">Unknown as long as nobody answered.</param>
/// <param name="On">The day that the question was about: the day of notice.</param>
/// <param name="Until">Last day of the term; null for an unlimited one.</param>
/// <param name="ResponsibleUnitId">Subcontractor whose part it is, of several the one that is asked first;
/// null: the contractor itself.</param>
/// <param name="AnsweredAt">When the answer was given, UTC.</param>
/// <param name="TriedAt">When it was last asked, UTC.</param>
/// <param name="Problem"><c>no-answer</c>, <c>project-unknown</c> or <c>part-unknown</c> where the last try
/// brought nothing.</param>
/// <param name="Units">Every subcontractor of the part; null while there is no answer, and in an answer from
/// before all of them were kept.</param>
internal sealed record WarrantyStanding(
    WarrantyCover Covered,
    DateOnly On,
    DateOnly? Until,
    string? Rule,
    int? PolicyVersion,
    string? Basis,
    Guid? ResponsibleUnitId,
    string? ResponsibleUnitName,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset TriedAt,
    string? Problem,
    IReadOnlyList<PartUnit>? Units = null
)
{
    public static WarrantyStanding Unanswered(DateOnly on, DateTimeOffset triedAt, string problem) =>
        new(WarrantyCover.Unknown, on, null, null, null, null, null, null, null, triedAt, problem);

    /// <summary>A try that brought nothing does not wipe out an answer that is there.</summary>
    public WarrantyStanding After(WarrantyStanding? earlier) =>
        Covered == WarrantyCover.Unknown && earlier is { AnsweredAt: not null }
            ? earlier with
            {
                TriedAt = TriedAt,
                Problem = Problem,
            }
            : this;
}

/// <summary>A subcontractor that did a part and repairs it (P3.1.1).</summary>
/// <param name="Scope">What of the part, in words; null: all of it.</param>
internal sealed record PartUnit(Guid Id, string Name, string? Scope);

/// <summary>The defect confirmed with the owner (P3.2.1).</summary>
internal sealed record Confirmation(
    ConfirmationWay Way,
    DateOnly On,
    string OwnerRepresentative,
    string ReworkAgreed,
    Person By,
    DateTimeOffset At,
    bool InTime
);

/// <summary>Facts, analysis, main cause and measures (P3.2.1). Every revision keeps its author.</summary>
internal sealed record Analysis(
    string Facts,
    string Causes,
    string MainCause,
    IReadOnlyList<string> Measures,
    Person Author,
    DateTimeOffset At,
    int Revision
);

/// <summary>What was said at review or approval.</summary>
internal sealed record Opinion(Person By, DateTimeOffset At, DateOnly On, string Text);

/// <summary>The record sent back to its author, with the reason.</summary>
internal sealed record SentBack(Person By, DateTimeOffset At, string Reason, int Revision);

/// <summary>The unit that repairs: a subcontractor, or the contractor's own.</summary>
internal sealed record RepairUnit(Guid Id, string Name);

/// <summary>Somebody who could lead the repair.</summary>
/// <param name="PersonId">Null for a special dispatch that is not yet named.</param>
/// <param name="ProjectId">The project that the person manages now.</param>
/// <param name="DistanceKm">Great circle to the project of the order, km.</param>
internal sealed record LeaderCandidate(
    LeaderBasis Basis,
    Guid? PersonId,
    string? PersonName,
    Guid? ProjectId,
    string? ProjectName,
    double? DistanceKm
)
{
    /// <summary>Whether choosing the other one would follow this proposal.</summary>
    public bool IsFollowedBy(LeaderCandidate chosen) =>
        PersonId is null
            ? chosen.Basis == LeaderBasis.SpecialDispatch && Basis == LeaderBasis.SpecialDispatch
            : chosen.PersonId == PersonId;
}

/// <summary>What engineering decides when it issues the record (P3.1.1, P3.2.2).</summary>
/// <param name="Unit">The unit that will repair; null where several are assigned and nobody has chosen.</param>
/// <param name="Assigned">The units that rule P3.1.1 assigns, each once; none while nobody could say whose part
/// it is.</param>
/// <param name="Proposed">The leader that the system proposed; null when Projects could not be asked.</param>
/// <param name="EmergencyKind">Why the defect is an emergency, where the order does not say: a revisit's
/// finding only says that it is one.</param>
/// <param name="Emergencies">What is an emergency by the policy of the order.</param>
internal sealed record DispatchDecision(
    RepairUnit? Unit,
    IReadOnlyList<RepairUnit> Assigned,
    string? UnitReason,
    LeaderCandidate Leader,
    LeaderCandidate? Proposed,
    string? LeaderReason,
    bool ChargeBack,
    bool UnitIsOwn,
    EmergencyKind? EmergencyKind = null,
    IReadOnlyCollection<EmergencyKind>? Emergencies = null
);

/// <summary>The issued record.</summary>
internal sealed record Issue(
    LeaderCandidate Leader,
    LeaderCandidate? Proposed,
    string? LeaderReason,
    string? UnitReason,
    bool ChargeBack,
    bool BeforeApproval,
    Person By,
    DateOnly On
);

/// <summary>Somebody at the briefing.</summary>
internal sealed record BriefingParticipant(string Name, BriefingPart Part, string? PersonId);

/// <summary>The briefing (技術交底) of leader and crew by the engineering head (P3.2.2).</summary>
internal sealed record Briefing(
    DateOnly On,
    string Content,
    IReadOnlyList<BriefingParticipant> Participants,
    bool ServicePrinciples,
    bool CooperateWithOwner,
    bool SatisfyReasonableWishes,
    bool NeverQuarrel,
    Person By
);

/// <summary>Work sheet of one round of repair.</summary>
internal sealed record WorkReport(
    int Round,
    string WorkDone,
    string? Materials,
    string? TaskSheet,
    IReadOnlyList<string> Crew,
    DateOnly FinishedOn,
    Person By,
    DateTimeOffset At
);

/// <summary>Inspection by the quality department.</summary>
internal sealed record Inspection(int Round, bool Passed, string Opinion, DateOnly On, Person By, DateTimeOffset At);

/// <summary>The owner's word on the repair.</summary>
/// <param name="OnPaper">Signed on paper and entered by customer service.</param>
internal sealed record OwnerResponse(
    int Round,
    bool Accepted,
    string Opinion,
    Signature Signature,
    DateOnly On,
    bool OnPaper,
    Person By
);

/// <summary>What the owner hands in.</summary>
/// <param name="SignedOn">Day on the paper; an owner who signs here signs today.</param>
/// <param name="ScanId">The uploaded scan of the paper.</param>
internal sealed record OwnerWord(string Opinion, string PrintedName, DateOnly? SignedOn, string? ScanId);

/// <summary>The record that came back to engineering.</summary>
internal sealed record ReturnedRecord(DateOnly On, string LeaderName, string? Remark, Person By);
