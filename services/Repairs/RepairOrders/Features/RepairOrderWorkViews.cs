using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>Receipt, objections, notice and targets of the unit that repairs (P3.1.1, P3.2.2).</summary>
internal sealed record AssignmentView
{
    /// <summary>Last day on which the unit receives the order in time.</summary>
    public DateOnly? ReceiptDueOn { get; init; }

    public required bool ReceiptOverdue { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public bool? ReceivedInTime { get; init; }

    public ByView? ReceivedBy { get; init; }

    public required IReadOnlyList<AssignmentObjectionView> Objections { get; init; }

    public NoticeView? Notice { get; init; }

    /// <summary>By when the work begins, or somebody is on site in an emergency.</summary>
    public DateTimeOffset? StartDueAt { get; init; }

    public required bool StartOverdue { get; init; }

    /// <summary>When somebody of the unit was on site first.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>Where they were then, and whether that is far from the site. For staff.</summary>
    public FieldPlace? ArrivalPlace { get; init; }

    public DateTimeOffset? FinishDueAt { get; init; }

    public required bool FinishOverdue { get; init; }

    /// <summary>Since when the clocks stand still; null while they run.</summary>
    public DateTimeOffset? PausedSince { get; init; }

    public required IReadOnlyList<RepairPauseView> Pauses { get; init; }

    public static AssignmentView? ForStaff(RepairOrder order, Caller caller) =>
        ForUnit(order, caller) is { } view ? view with { ArrivalPlace = order.ArrivalPlace } : null;

    public static AssignmentView? ForUnit(RepairOrder order, Caller caller) =>
        order.DispatchRecord is null
            ? null
            : new()
            {
                ReceiptDueOn = order.ReceiptDueOn,
                ReceiptOverdue = RepairOrderDeadlines.IsReceiptOverdue(order, caller.Today),
                ReceivedAt = order.ReceivedAt,
                ReceivedInTime = order.Receipt?.InTime,
                ReceivedBy = order.Receipt is { } receipt ? ByView.From(receipt.By) : null,
                Objections = [.. order.Objections.Select(AssignmentObjectionView.From)],
                Notice = NoticeView.Of(order.Notice),
                StartDueAt = order.StartDueAt,
                StartOverdue = RepairOrderDeadlines.IsStartOverdue(order, caller.Now),
                ArrivedAt = order.ArrivedAt,
                FinishDueAt = order.FinishDueAt,
                FinishOverdue = RepairOrderDeadlines.IsFinishOverdue(order, caller.Now),
                PausedSince = order.PausedSince,
                Pauses =
                [
                    .. order.Pauses.Select(p => new RepairPauseView(p.From, p.To, p.Reason, p.Note, ByView.From(p.By))),
                ],
            };
}

/// <summary>A unit's objection, and why engineering holds the assignment up.</summary>
internal sealed record AssignmentObjectionView(string Reason, ByView By, string? Decision, ByView? DecidedBy)
{
    public static AssignmentObjectionView From(UnitObjection part) =>
        new(
            part.Reason,
            ByView.From(part.By),
            part.Decision,
            part.DecidedBy is { } decided ? ByView.From(decided) : null
        );
}

/// <summary>A written notice to a unit that does not come (P3.1.1).</summary>
internal sealed record NoticeView(DateOnly On, NoticeChannel Channel, string Text, string Recipient, ByView By)
{
    public static NoticeView? Of(UnitNotice? part) =>
        part is null ? null : new(part.On, part.Channel, part.Text, part.Recipient, ByView.From(part.By));
}

/// <summary>A time during which the targets do not run.</summary>
internal sealed record RepairPauseView(
    DateTimeOffset From,
    DateTimeOffset? To,
    RepairPauseReason Reason,
    string? Note,
    ByView By
);

/// <summary>A unit that was assigned before.</summary>
internal sealed record EarlierAssignmentView
{
    public required Guid UnitId { get; init; }

    public required string UnitName { get; init; }

    public required DateOnly DispatchedOn { get; init; }

    public DateOnly? ReceiptDueOn { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public required IReadOnlyList<AssignmentObjectionView> Objections { get; init; }

    public NoticeView? Notice { get; init; }

    /// <summary>True when another unit stepped in at this one's cost.</summary>
    public required bool SteppedIn { get; init; }

    public required string Why { get; init; }

    public required ByView EndedBy { get; init; }

    public static EarlierAssignmentView From(EarlierAssignment part) =>
        new()
        {
            UnitId = part.UnitId,
            UnitName = part.UnitName,
            DispatchedOn = part.Record.On,
            ReceiptDueOn = part.ReceiptDueOn,
            ReceivedAt = part.Receipt?.At,
            Objections = [.. part.Objections.Select(AssignmentObjectionView.From)],
            Notice = NoticeView.Of(part.Notice),
            SteppedIn = part.SteppedIn,
            Why = part.Why,
            EndedBy = ByView.From(part.EndedBy),
        };
}

/// <summary>The unit came, and nobody was there.</summary>
/// <param name="Place">Where that was told from, and whether that is far from the site. For staff.</param>
internal sealed record AttemptView(DateTimeOffset At, string Note, Guid? PhotoId, ByView By, FieldPlace? Place = null)
{
    public static AttemptView ForOutsiders(FailedAttempt part) =>
        new(part.At, part.Note, part.PhotoId, ByView.From(part.By));

    public static AttemptView ForStaff(FailedAttempt part) => ForOutsiders(part) with { Place = part.Place };
}

/// <summary>For whom an order waits, and how long it waited for each.</summary>
/// <param name="For">Null when its life is over.</param>
internal sealed record WaitingView(WaitingParty? For, DateTimeOffset? Since, IReadOnlyList<WaitedFor> Times)
{
    public static WaitingView From(RepairOrder order, Caller caller) =>
        new(order.Waiting.For, order.Waiting.For is null ? null : order.Waiting.Since, order.Waiting.UpTo(caller.Now));
}

/// <summary>What a repair cost, and who bears it.</summary>
internal sealed record CostsView
{
    public required IReadOnlyList<CostLineView> Lines { get; init; }

    /// <summary>Yuan, what was struck left out.</summary>
    public required decimal Total { get; init; }

    /// <summary>The unit at whose cost it is repaired. For staff.</summary>
    public Guid? ChargedUnitId { get; init; }

    /// <summary>For staff.</summary>
    public string? ChargedUnitName { get; init; }

    /// <summary>For staff.</summary>
    public Guid? ChargeBackId { get; init; }

    public static CostsView ForUnit(RepairOrder order) =>
        new() { Lines = [.. order.Costs.Select(CostLineView.From)], Total = order.CostTotal };

    public static CostsView ForStaff(RepairOrder order) =>
        ForUnit(order) with
        {
            ChargedUnitId = order.ChargedUnitId,
            ChargedUnitName = order.ChargedUnitName,
            ChargeBackId = order.ChargeBackId,
        };
}

/// <summary>A cost.</summary>
/// <param name="UnitName">The unit that repaired.</param>
/// <param name="StruckWhy">Why it does not count after all.</param>
internal sealed record CostLineView(
    Guid Id,
    CostKind Kind,
    string Text,
    decimal Amount,
    string UnitName,
    DateOnly On,
    ByView By,
    Guid? TripId,
    string? StruckWhy
)
{
    public static CostLineView From(CostLine part) =>
        new(
            part.Id,
            part.Kind,
            part.Text,
            part.Amount,
            part.UnitName,
            part.On,
            ByView.From(part.By),
            part.TripId,
            part.StruckWhy
        );
}

/// <summary>What was learnt (P2.2.3).</summary>
internal sealed record LessonsView
{
    public required FaultLiability Liability { get; init; }

    public required FaultCause CauseCode { get; init; }

    public required bool Systemic { get; init; }

    public required string Cause { get; init; }

    public string? Lesson { get; init; }

    public string? CorrectiveMeasure { get; init; }

    public string? Countermeasure { get; init; }

    public required ByView By { get; init; }

    /// <summary>Why a CAPA must open; null where it need not.</summary>
    public RepairCapaGround? CapaGround { get; init; }

    public DateOnly? CapaRequestedOn { get; init; }

    public static LessonsView? From(RepairOrder order) =>
        order.Lessons is not { } part
            ? null
            : new()
            {
                Liability = part.Liability,
                CauseCode = part.CauseCode,
                Systemic = part.Systemic,
                Cause = part.Cause,
                Lesson = part.Lesson,
                CorrectiveMeasure = part.CorrectiveMeasure,
                Countermeasure = part.Countermeasure,
                By = ByView.From(part.By),
                CapaGround = order.CapaGround,
                CapaRequestedOn = order.CapaRequestedOn,
            };
}

/// <summary>What quality says of a defect that came back.</summary>
internal sealed record RecurrenceJudgementView(bool SameCause, string Opinion, ByView By)
{
    public static RecurrenceJudgementView? From(RecurrenceJudgement? part) =>
        part is null ? null : new(part.SameCause, part.Opinion, ByView.From(part.By));
}

/// <summary>An order that was merged into this one.</summary>
internal sealed record MergedOrderView(Guid Id, string Number, ByView By);
