using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>Who did it and when.</summary>
internal sealed record ByView(string Name, DateTimeOffset At)
{
    public static ByView From(Stamp stamp) => new(stamp.Name, stamp.At);
}

/// <summary>What is known about the warranty.</summary>
internal sealed record WarrantyView
{
    /// <summary><c>unknown</c> as long as Projects has not answered.</summary>
    public required WarrantyCover Covered { get; init; }

    /// <summary>The day that the question is about: the day of notice.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Last day of the term; null for an unlimited one.</summary>
    public DateOnly? Until { get; init; }

    public string? Rule { get; init; }

    public int? PolicyVersion { get; init; }

    public string? Basis { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The subcontractor whose part it is, of several the one that is asked first (P3.1.1); null: the
    /// contractor itself. For staff.</summary>
    public Guid? ResponsibleUnitId { get; init; }

    /// <summary>Its name. For staff.</summary>
    public string? ResponsibleUnitName { get; init; }

    /// <summary>When Projects was last asked. For staff.</summary>
    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>Why the last question brought no answer. For staff.</summary>
    public AskProblem? Problem { get; init; }

    /// <summary>Whether Projects is asked again by itself. For staff.</summary>
    public bool? Pending { get; init; }

    /// <summary>Every subcontractor of the part and what of it they did (P3.1.1). For staff.</summary>
    public IReadOnlyList<PartUnit> Units { get; init; } = [];

    public static WarrantyView ForOutsiders(WarrantyStanding standing) =>
        new()
        {
            Covered = standing.Covered,
            On = standing.On,
            Until = standing.Until,
            Rule = standing.Rule,
            PolicyVersion = standing.PolicyVersion,
            Basis = standing.Basis,
            AnsweredAt = standing.AnsweredAt,
        };

    public static WarrantyView ForStaff(WarrantyStanding standing) =>
        ForOutsiders(standing) with
        {
            ResponsibleUnitId = standing.ResponsibleUnitId,
            ResponsibleUnitName = standing.ResponsibleUnitName,
            TriedAt = standing.TriedAt,
            Problem = standing.Problem,
            Pending = standing.IsPending,
            Units = standing.Units,
        };
}

/// <summary>The defect confirmed with the owner.</summary>
/// <param name="InTime">False when it was later than the due day.</param>
internal sealed record ConfirmationView(
    ConfirmationMethod Method,
    DateOnly On,
    string OwnerRepresentative,
    string ReworkAgreed,
    bool InTime,
    ByView By
)
{
    public static ConfirmationView? From(Confirmation? part) =>
        part is null
            ? null
            : new(part.Method, part.On, part.OwnerRepresentative, part.ReworkAgreed, part.InTime, ByView.From(part.By));
}

/// <summary>A revision of the record.</summary>
internal sealed record AnalysisView(
    string Facts,
    string Causes,
    string MainCause,
    IReadOnlyList<string> Measures,
    int Revision,
    ByView Author
)
{
    public static AnalysisView? From(Analysis? part) =>
        part is null
            ? null
            : new(part.Facts, part.Causes, part.MainCause, part.Measures, part.Revision, ByView.From(part.Author));
}

/// <summary>What was said at review or approval.</summary>
internal sealed record OpinionView(string Text, DateOnly On, ByView By)
{
    public static OpinionView? From(Opinion? part) =>
        part is null ? null : new(part.Text, part.On, ByView.From(part.By));
}

/// <summary>The record sent back to its author.</summary>
internal sealed record RejectionView(string Reason, int Revision, ByView By)
{
    public static RejectionView From(Rejection part) => new(part.Reason, part.Revision, ByView.From(part.By));
}

/// <summary>A person to be met where the defect is.</summary>
internal sealed record SiteContactView(string Name, string? Phone)
{
    public static SiteContactView? From(SiteContact? part) => part is null ? null : new(part.Name, part.Phone);
}

/// <summary>The days on which production plans the repair (P2.1.2).</summary>
internal sealed record PlanView(DateOnly From, DateOnly To, ByView By)
{
    public static PlanView? Of(RepairPlan? part) => part is null ? null : new(part.From, part.To, ByView.From(part.By));
}

/// <summary>The issued record.</summary>
internal sealed record DispatchView
{
    public required Guid RepairUnitId { get; init; }

    public required string RepairUnitName { get; init; }

    /// <summary>True when the contractor's own unit repairs.</summary>
    public required bool RepairUnitIsOwn { get; init; }

    public required string LeaderName { get; init; }

    public Guid? LeaderId { get; init; }

    public required DateOnly DispatchedOn { get; init; }

    public required string DispatchedBy { get; init; }

    /// <summary>Number of the task sheet (維修任務書), per year without gaps. For staff and the repair unit.</summary>
    public string? TaskSheetNumber { get; init; }

    /// <summary>What the unit brings. For staff and the repair unit.</summary>
    public string? Materials { get; init; }

    /// <summary>What it looks out for. For staff and the repair unit.</summary>
    public string? Safety { get; init; }

    /// <summary>Why this person leads (P3.2.2). For staff.</summary>
    public LeaderBasis? LeaderBasis { get; init; }

    /// <summary>True for an emergency that was issued before approval. For staff.</summary>
    public bool? BeforeApproval { get; init; }

    /// <summary>Leader that the system proposed. For staff.</summary>
    public LeaderCandidate? Proposed { get; init; }

    /// <summary>Whether Projects, which was away, is asked again whom it proposes. For staff.</summary>
    public bool? ProposalPending { get; init; }

    /// <summary>Why another leads. For staff.</summary>
    public string? LeaderReason { get; init; }

    /// <summary>Why another unit repairs. For staff.</summary>
    public string? UnitReason { get; init; }

    /// <summary>Whether the cost is charged to a subcontractor. For staff.</summary>
    public bool? ChargeBack { get; init; }

    public static DispatchView? ForOutsiders(RepairOrder order) =>
        order.DispatchRecord is not { } record
            ? null
            : new()
            {
                RepairUnitId = order.RepairUnitId!.Value,
                RepairUnitName = order.RepairUnitName!,
                RepairUnitIsOwn = order.RepairUnitIsOwn,
                LeaderName = record.Leader.PersonName ?? "",
                LeaderId = record.Leader.PersonId,
                DispatchedOn = record.On,
                DispatchedBy = record.By.Name,
            };

    /// <summary>With what the work needs.</summary>
    public static DispatchView? ForUnit(RepairOrder order) =>
        order.DispatchRecord is not { } record
            ? null
            : ForOutsiders(order)! with
            {
                TaskSheetNumber = order.TaskSheetNumber,
                Materials = record.Materials,
                Safety = record.Safety,
            };

    public static DispatchView? ForStaff(RepairOrder order) =>
        order.DispatchRecord is not { } record
            ? null
            : ForUnit(order)! with
            {
                LeaderBasis = record.Leader.Basis,
                BeforeApproval = record.BeforeApproval,
                Proposed = record.Proposed,
                ProposalPending = order.LeaderPending,
                LeaderReason = record.LeaderReason,
                UnitReason = record.UnitReason,
                ChargeBack = record.ChargeBack,
            };
}

/// <summary>The briefing of leader and crew, with the four principles confirmed.</summary>
internal sealed record BriefingView(
    DateOnly On,
    string Content,
    IReadOnlyList<BriefingParticipantView> Participants,
    ByView By
)
{
    public static BriefingView? From(Briefing? part) =>
        part is null
            ? null
            : new(
                part.On,
                part.Content,
                [.. part.Participants.Select(person => new BriefingParticipantView(person.Name, person.Role))],
                ByView.From(part.By)
            );
}

/// <summary>A person at the briefing.</summary>
internal sealed record BriefingParticipantView(string Name, BriefingRole Role);

/// <summary>Work sheet of one round of repair.</summary>
internal sealed record WorkReportView
{
    public required int Round { get; init; }

    public required string WorkDone { get; init; }

    public string? Materials { get; init; }

    public string? TaskSheet { get; init; }

    public required IReadOnlyList<string> Crew { get; init; }

    public required DateOnly FinishedOn { get; init; }

    public required ByView By { get; init; }

    public decimal? Hours { get; init; }

    /// <summary>The photos of this round among the order's files, before the work and after it.</summary>
    public required IReadOnlyList<Guid> PhotoIds { get; init; }

    public static WorkReportView From(WorkReport part) =>
        new()
        {
            Round = part.Round,
            WorkDone = part.WorkDone,
            Materials = part.Materials,
            TaskSheet = part.TaskSheet,
            Crew = part.Crew,
            FinishedOn = part.FinishedOn,
            By = ByView.From(part.By),
            Hours = part.Hours,
            PhotoIds = part.Photos,
        };
}

/// <summary>Inspection by the quality department.</summary>
internal sealed record InspectionView(int Round, bool Passed, string Opinion, DateOnly On, ByView By)
{
    public static InspectionView From(Inspection part) =>
        new(part.Round, part.Passed, part.Opinion, part.On, ByView.From(part.By));
}

/// <summary>The owner's decision on the repair: signed by themselves, or taken down by customer service.</summary>
internal sealed record OwnerResponseView
{
    public required int Round { get; init; }

    public required bool Accepted { get; init; }

    public required string Opinion { get; init; }

    /// <summary>What the owner was called then.</summary>
    public required string OwnerName { get; init; }

    /// <summary>Null where the word was taken down.</summary>
    public Signature? Signature { get; init; }

    /// <summary>Who gave the word, how and when; null where they signed.</summary>
    public RecordedWordView? Recorded { get; init; }

    /// <summary>The user who decided inside their own unit, with the owner told; null where the owner did.</summary>
    public UserAcceptance? User { get; init; }

    /// <summary>Photos among the order's files that show what is meant.</summary>
    public required IReadOnlyList<Guid> PhotoIds { get; init; }

    /// <summary>The day of signature or word.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Who signed, or took the word down.</summary>
    public required ByView By { get; init; }

    public static OwnerResponseView From(OwnerResponse part) =>
        new()
        {
            Round = part.Round,
            Accepted = part.Accepted,
            Opinion = part.Opinion,
            OwnerName = part.OwnerName,
            Signature = part.Signature,
            Recorded = part.Recorded is { } word ? new(word.By, word.How, word.On) : null,
            User = part.User,
            PhotoIds = part.Photos,
            On = part.On,
            By = ByView.From(part.By),
        };
}

/// <summary>The owner's word as it was taken down.</summary>
internal sealed record RecordedWordView(string By, WordBy How, DateOnly On);

/// <summary>The record that came back to engineering.</summary>
/// <param name="Remark">For staff and the repair unit.</param>
internal sealed record ReturnView(DateOnly On, string LeaderName, string? Remark, ByView By)
{
    public static ReturnView? From(ReturnedRecord? part, string? remark) =>
        part is null ? null : new(part.On, part.LeaderName, remark, ByView.From(part.By));
}

/// <summary>One step in the life of an order.</summary>
internal sealed record HistoryEntry
{
    public required long Sequence { get; init; }

    public required string Action { get; init; }

    /// <summary>State before; null where the order begins.</summary>
    public string? From { get; init; }

    public required string To { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>For staff.</summary>
    public string? Why { get; init; }
}
