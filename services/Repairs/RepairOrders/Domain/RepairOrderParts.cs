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

/// <summary>An organisation as the registry calls it now.</summary>
internal sealed record CalledUnit(Guid Id, string Name);

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

    /// <summary>The accepted order whose defect came back.</summary>
    public EarlierOrder? RecurrenceOf { get; init; }
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
    Stamp By,
    string? Materials = null,
    string? Safety = null
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
    Stamp By,
    decimal? Hours = null
)
{
    /// <summary>The photos of this round, before the work and after it.</summary>
    public IReadOnlyList<Guid> Photos { get; init; } = [];
}

/// <summary>What the repair unit reports.</summary>
internal sealed record WorkInput(
    string WorkDone,
    string? Materials,
    string? TaskSheet,
    IReadOnlyList<string> Crew,
    DateOnly FinishedOn,
    decimal? Hours = null
)
{
    /// <summary>When it was done, where it is told later.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Photos of this round of work, before and after it.</summary>
    public WorkPhotos Photos { get; init; } = WorkPhotos.None;
}

/// <summary>Inspection by the quality department.</summary>
internal sealed record Inspection(int Round, bool Passed, string Opinion, DateOnly On, Stamp By);

/// <summary>How the owner's word reached the company.</summary>
internal enum WordBy
{
    /// <summary>Signed by hand on the printed form, which engineering keeps.</summary>
    Paper,
    Phone,
    Letter,

    /// <summary>By electronic mail.</summary>
    Mail,

    /// <summary>Said on site to a person of the company.</summary>
    Spoken,
}

/// <summary>The owner's word where they do not sign in the system themselves: who gave it, how and when. Who takes it
/// down is the one who enters it.</summary>
internal sealed record RecordedWord(string By, WordBy How, DateOnly On);

/// <summary>What the owner decides on the repair: signed by themselves, or taken down by customer service.</summary>
/// <param name="PrintedName">Name in print of the person who signs.</param>
/// <param name="Recorded">The word that customer service takes down.</param>
/// <param name="User">The user who accepts inside their own unit, with the owner told.</param>
internal sealed record OwnerDecision(
    string Opinion,
    string? PrintedName,
    RecordedWord? Recorded = null,
    UserAcceptance? User = null
)
{
    /// <summary>Photos of the order that show what is meant.</summary>
    public IReadOnlyList<Guid> Photos { get; init; } = [];
}

/// <summary>A user accepts a repair inside their own unit (P3.2.3).</summary>
/// <param name="Name">The user.</param>
/// <param name="Place">Their unit of the building.</param>
/// <param name="OwnerToldOn">The day on which the owner was told; null while they were not.</param>
/// <param name="OwnerToldBy">How.</param>
internal sealed record UserAcceptance(string Name, string Place, DateOnly? OwnerToldOn, WordBy? OwnerToldBy);

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
    Stamp By,
    UserAcceptance? User = null
)
{
    /// <summary>The person who gave the owner's word.</summary>
    public string Speaker => Signature?.PrintedName ?? Recorded!.By;

    /// <summary>Photos of the order that show what is meant.</summary>
    public IReadOnlyList<Guid> Photos { get; init; } = [];
}

/// <summary>The record that came back to engineering.</summary>
internal sealed record ReturnedRecord(DateOnly On, string LeaderName, string? Remark, Stamp By);

/// <summary>An order that was accepted, and whose defect came back.</summary>
internal sealed record EarlierOrder(Guid Id, string Number, DateOnly AcceptedOn);

/// <summary>What quality says of a defect that came back.</summary>
internal sealed record RecurrenceJudgement(bool SameCause, string Opinion, Stamp By);

/// <summary>The unit's receipt of an order.</summary>
/// <param name="At">When it was received.</param>
/// <param name="InTime">False when that was after the due day.</param>
internal sealed record UnitReceipt(DateTimeOffset At, bool InTime, Stamp By);

/// <summary>A unit's objection to being assigned.</summary>
/// <param name="Decision">Why engineering holds the assignment up; null while it is open, and where another unit was
/// named.</param>
internal sealed record UnitObjection(string Reason, Stamp By, string? Decision = null, Stamp? DecidedBy = null);

/// <summary>A written notice to a unit that does not come (P3.1.1).</summary>
internal sealed record UnitNotice(DateOnly On, NoticeChannel Channel, string Text, string Recipient, Stamp By);

/// <summary>A unit that was assigned before, and how that ended.</summary>
internal sealed record EarlierAssignment
{
    public required Guid UnitId { get; init; }

    public required string UnitName { get; init; }

    public required DispatchRecord Record { get; init; }

    public DateOnly? ReceiptDueOn { get; init; }

    public DateTimeOffset? StartDueAt { get; init; }

    public string? TaskSheetNumber { get; init; }

    public UnitReceipt? Receipt { get; init; }

    public DateOnly? ReceiptOverdueOn { get; init; }

    public DateOnly? StartOverdueOn { get; init; }

    public IReadOnlyList<UnitObjection> Objections { get; init; } = [];

    public UnitNotice? Notice { get; init; }

    /// <summary>True when another unit stepped in at this one's cost.</summary>
    public bool SteppedIn { get; init; }

    public required string Why { get; init; }

    public required Stamp EndedBy { get; init; }
}

/// <summary>A time during which the targets do not run.</summary>
internal sealed record ClockPause(
    DateTimeOffset From,
    DateTimeOffset? To,
    RepairPauseReason Reason,
    string? Note,
    Stamp By
);

/// <summary>The unit came, and nobody was there.</summary>
/// <param name="At">When.</param>
/// <param name="Place">Where that was told from; null where it was not said.</param>
internal sealed record FailedAttempt(DateTimeOffset At, string Note, Guid? PhotoId, Stamp By, FieldPlace? Place = null);

/// <summary>A step that was taken in the field and told later.</summary>
/// <param name="DoneAt">When it was done.</param>
/// <param name="ArrivedAt">When the system heard of it.</param>
internal sealed record FieldStep(string Action, DateTimeOffset DoneAt, DateTimeOffset ArrivedAt, string By);

/// <summary>What a repair cost.</summary>
/// <param name="Amount">Yuan, above 0.</param>
/// <param name="TripId">The trip that several orders share.</param>
/// <param name="StruckWhy">Why it does not count after all.</param>
internal sealed record CostLine(
    Guid Id,
    CostKind Kind,
    string Text,
    decimal Amount,
    string UnitName,
    DateOnly On,
    Stamp By,
    Guid? TripId = null,
    string? StruckWhy = null
)
{
    public bool Counts => StruckWhy is null;
}

/// <summary>What was learnt from a construction fault: the four texts of P2.2.3 with liability and cause.</summary>
internal sealed record FaultLessons(
    FaultLiability Liability,
    FaultCause CauseCode,
    bool Systemic,
    string Cause,
    string? Lesson,
    string? CorrectiveMeasure,
    string? Countermeasure,
    Stamp By
)
{
    /// <summary>The construction is at fault, the contractor's own or a subcontractor's.</summary>
    public bool IsConstructionFault => Liability is FaultLiability.Contractor or FaultLiability.Subcontractor;

    /// <summary>Whether the texts that a construction fault needs are there.</summary>
    public bool IsComplete =>
        !IsConstructionFault
        || !(
            TextFolding.IsBlank(Lesson) || TextFolding.IsBlank(CorrectiveMeasure) || TextFolding.IsBlank(Countermeasure)
        );
}

/// <summary>How often a part failed by a cause, in other orders.</summary>
/// <param name="InProject">Times in the same project.</param>
/// <param name="OtherProjects">Other projects within the months of the policy.</param>
internal sealed record FaultCounts(int InProject, int OtherProjects)
{
    public static FaultCounts None { get; } = new(0, 0);

    /// <summary>Why a CAPA must open; null where it need not (P2.2.3).</summary>
    public RepairCapaGround? GroundOf(FaultLessons lessons, RecurrencePolicy policy)
    {
        if (lessons.Systemic)
        {
            return RepairCapaGround.Systemic;
        }

        if (!lessons.IsConstructionFault || lessons.CauseCode == FaultCause.Other)
        {
            return null;
        }

        return InProject + 1 >= policy.TimesInProject ? RepairCapaGround.RecursInProject
            : OtherProjects + 1 >= policy.Projects ? RepairCapaGround.RecursInProjects
            : null;
    }
}

/// <summary>How long an order waited for whom, in whole seconds.</summary>
internal sealed record WaitedFor(WaitingParty Party, long Seconds);

/// <summary>For whom the order waits, and how long it waited for each so far.</summary>
internal sealed record WaitingTimes(WaitingParty? For, DateTimeOffset Since, IReadOnlyList<WaitedFor> Times)
{
    /// <summary>From this instant on it waits for another, or for nobody; what is told late takes no time from a turn
    /// that was told before it.</summary>
    public WaitingTimes Turn(WaitingParty? next, DateTimeOffset now)
    {
        var at = now < Since ? Since : now;
        return next == For ? this : new(next, at, UpTo(at));
    }

    /// <summary>The times with what runs counted up to an instant.</summary>
    public IReadOnlyList<WaitedFor> UpTo(DateTimeOffset now)
    {
        if (For is not { } party)
        {
            return Times;
        }

        var seconds = Math.Max(0, (long)(now - Since).TotalSeconds);
        var before = Times.FirstOrDefault(t => t.Party == party)?.Seconds ?? 0;
        return
        [
            .. Times.Where(t => t.Party != party).Append(new WaitedFor(party, before + seconds)).OrderBy(t => t.Party),
        ];
    }
}

/// <summary>The order that goes on for a merged one.</summary>
internal sealed record MergeInto(Guid Id, string Number, Guid ProjectId, bool IsOpen);

/// <summary>An order that was merged into this one.</summary>
internal sealed record MergedOrder(Guid Id, string Number, Guid? SourceId, Stamp By);

/// <summary>A photo of an order that may prove its work.</summary>
/// <param name="Before">Of the place before the work; else after it.</param>
/// <param name="Content">Hash of the picture: handed in again it is the same one.</param>
internal sealed record WorkPhoto(Guid Id, bool Before, string Content, DateTimeOffset At);

/// <summary>Photos of one round of work (P3.2.3).</summary>
internal sealed record WorkPhotos(IReadOnlyList<Guid> Before, IReadOnlyList<Guid> After)
{
    public static WorkPhotos None { get; } = new([], []);

    public IReadOnlyList<Guid> All => [.. Before, .. After];

    /// <summary>Those of a round: what was handed in before it began, and the same pictures again, prove nothing of
    /// it.</summary>
    /// <param name="photos">All photos of the order.</param>
    /// <param name="begunAt">When the round began; null for the first.</param>
    public static WorkPhotos Of(IReadOnlyList<WorkPhoto> photos, DateTimeOffset? begunAt)
    {
        bool IsEarlier(WorkPhoto photo) => photo.At <= begunAt;
        var earlier = photos.Where(IsEarlier).Select(photo => photo.Content).ToHashSet(StringComparer.Ordinal);
        var fresh = photos.Where(photo => !IsEarlier(photo) && !earlier.Contains(photo.Content)).ToList();
        return new(Distinct(fresh.Where(photo => photo.Before)), Distinct(fresh.Where(photo => !photo.Before)));
    }

    private static IReadOnlyList<Guid> Distinct(IEnumerable<WorkPhoto> photos) =>
        [.. photos.DistinctBy(photo => photo.Content).Select(photo => photo.Id)];
}

/// <summary>Where somebody was who took a step in the field (P3.2.3): far from the site is told, and refuses
/// nothing.</summary>
/// <param name="DistanceKm">From the project's site, great circle; null where that is not known.</param>
/// <param name="FarAway">Farther than the policy calls near.</param>
internal sealed record FieldPlace(double Latitude, double Longitude, double? DistanceKm, bool FarAway)
{
    /// <summary>Null where the phone did not say where it is.</summary>
    public static FieldPlace? Of(GeoPoint? here, GeoPoint? site, RepairPolicy policy)
    {
        if (here is not { } from)
        {
            return null;
        }

        double? distance = site is { } to ? Math.Round(GreatCircle.DistanceKm(from, to), 2) : null;
        return new(from.Latitude, from.Longitude, distance, distance > policy.FarAwayKm);
    }
}
