using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>Receipt, notice and step-in, clocks, cost, lessons and merging of an order.</summary>
internal sealed partial class RepairOrder
{
    /// <summary>The folded place, by which the same defect is found again.</summary>
    public string PlaceKey { get; private set; } = "";

    /// <summary>Project's building and floor, folded, as far as the place names one; empty where it does not.</summary>
    public string FloorKey { get; private set; } = "";

    /// <summary>Projects was away when the warranty was asked; it is asked again.</summary>
    public bool WarrantyPending { get; private set; }

    /// <summary>Projects was away when the leader was chosen; it is asked again.</summary>
    public bool LeaderPending { get; private set; }

    /// <summary>Day of the last reminder of the confirmation.</summary>
    public DateOnly? RemindedOn { get; private set; }

    /// <summary>The accepted order whose defect came back.</summary>
    public EarlierOrder? RecurrenceOf { get; private set; }

    public RecurrenceJudgement? RecurrenceJudgement { get; private set; }

    /// <summary>Last day on which the unit receives the order in time (P3.1.1).</summary>
    public DateOnly? ReceiptDueOn { get; private set; }

    /// <summary>By when the work begins, or somebody is on site (P3.2.2).</summary>
    public DateTimeOffset? StartDueAt { get; private set; }

    /// <summary>By when it is finished; null for an emergency.</summary>
    public DateTimeOffset? FinishDueAt { get; private set; }

    public UnitReceipt? Receipt { get; private set; }

    public DateTimeOffset? ReceivedAt { get; private set; }

    /// <summary>Objections of the unit that is assigned now, the last one may be open.</summary>
    public IReadOnlyList<UnitObjection> Objections { get; private set; } = [];

    /// <summary>Since when an objection is undecided; null while there is none.</summary>
    public DateTimeOffset? ObjectedAt { get; private set; }

    public UnitNotice? Notice { get; private set; }

    /// <summary>Units that were assigned before.</summary>
    public IReadOnlyList<EarlierAssignment> EarlierAssignments { get; private set; } = [];

    public DateOnly? ReceiptOverdueOn { get; private set; }

    public DateOnly? StartOverdueOn { get; private set; }

    public DateOnly? FinishOverdueOn { get; private set; }

    /// <summary>When somebody of the unit was on site first.</summary>
    public DateTimeOffset? ArrivedAt { get; private set; }

    /// <summary>Where they were then, where that was said.</summary>
    public FieldPlace? ArrivalPlace { get; private set; }

    public IReadOnlyList<ClockPause> Pauses { get; private set; } = [];

    /// <summary>Since when the clocks stand still; null while they run.</summary>
    public DateTimeOffset? PausedSince { get; private set; }

    public IReadOnlyList<FailedAttempt> Attempts { get; private set; } = [];

    public IReadOnlyList<FieldStep> FieldSteps { get; private set; } = [];

    public WaitingTimes Waiting { get; private set; } = null!;

    public IReadOnlyList<CostLine> Costs { get; private set; } = [];

    /// <summary>What the repair cost so far, yuan.</summary>
    public decimal CostTotal { get; private set; }

    /// <summary>The unit at whose cost it is repaired (P3.1.1).</summary>
    public Guid? ChargedUnitId { get; private set; }

    public string? ChargedUnitName { get; private set; }

    public Guid? ChargeBackId { get; private set; }

    /// <summary>Day on which its charge-back was withdrawn; a later cost is owed again.</summary>
    public DateOnly? ChargeBackDroppedOn { get; private set; }

    public FaultLessons? Lessons { get; private set; }

    /// <summary>The cause as a code, for counting.</summary>
    public FaultCause? CauseCode { get; private set; }

    public RepairCapaGround? CapaGround { get; private set; }

    /// <summary>Day on which a CAPA was asked for.</summary>
    public DateOnly? CapaRequestedOn { get; private set; }

    /// <summary>The order that goes on for this one.</summary>
    public Guid? MergedIntoId { get; private set; }

    public string? MergedIntoNumber { get; private set; }

    /// <summary>Orders that were merged into this one.</summary>
    public IReadOnlyList<MergedOrder> MergedOrders { get; private set; } = [];

    /// <summary>Form number of the task sheet (維修任務書): per year, without gaps.</summary>
    public const string TaskSheetForm = "RW";

    /// <summary>Number of the task sheet, given with the issue.</summary>
    public string? TaskSheetNumber { get; private set; }

    /// <summary>The number that the commit gave.</summary>
    public void NumberTaskSheet(string number) => TaskSheetNumber = number;

    /// <summary>The objection that engineering is to decide; null where there is none.</summary>
    public UnitObjection? OpenObjection =>
        Objections.Count > 0 && Objections[^1].DecidedBy is null ? Objections[^1] : null;

    /// <summary>Whether the work is started later than its target allows, or the order not received in time.</summary>
    public bool IsUnitLate(CommandContext context) =>
        RepairOrderDeadlines.IsReceiptOverdue(this, context.Today)
        || RepairOrderDeadlines.IsStartOverdue(this, context.Now);

    /// <summary>When the work began, as it was told.</summary>
    public DateTimeOffset? StartedAt =>
        StartedBy is null
            ? null
            : FieldSteps.LastOrDefault(step => step.Action == RepairOrderAction.Start.ToKebab())?.DoneAt
                ?? StartedBy.At;

    /// <summary>What the target of the start waits for: somebody on site in an emergency, else the beginning.</summary>
    public DateTimeOffset? BegunAt => IsEmergency ? ArrivedAt : StartedAt;

    /// <summary>Whether the work was begun by its target; null while it is not begun.</summary>
    public bool? BegunInTime => BegunAt is { } at ? StartDueAt is not { } due || at < due : null;

    /// <summary>Whether a unit that is charged is still to get its charge-back.</summary>
    public bool OwesChargeBack =>
        ChargedUnitId is not null && CostTotal > 0 && ChargeBackId is null && ChargeBackDroppedOn is null;

    /// <summary>What a construction fault needs is on record, here or in the file of its revisit.</summary>
    public bool HasLessons => Source == OrderSource.Revisit || Lessons is { IsComplete: true };

    /// <summary>For whom the order waits now; null when its life is over.</summary>
    public WaitingParty? WaitsFor =>
        State switch
        {
            RepairOrderState.Opened when PausedSince is not null => WaitingParty.Owner,
            RepairOrderState.Opened => WaitingParty.CustomerService,
            // It goes on only with the days that production fixes (P2.1.2), of an emergency once it is accepted.
            RepairOrderState.Approved when Plan is null && !IsEmergency => WaitingParty.Production,
            RepairOrderState.Accepted when Plan is null => WaitingParty.Production,
            RepairOrderState.Confirmed or RepairOrderState.Analysed or RepairOrderState.Approved =>
                WaitingParty.Engineering,
            RepairOrderState.Reviewed => WaitingParty.Leadership,
            RepairOrderState.Dispatched
            or RepairOrderState.Briefed
            or RepairOrderState.InRepair when PausedSince is not null => Pauses[^1].Reason switch
            {
                RepairPauseReason.Weather => WaitingParty.Weather,
                RepairPauseReason.Material => WaitingParty.RepairUnit,
                _ => WaitingParty.Owner,
            },
            RepairOrderState.Dispatched when OpenObjection is not null || ReceivedAt is not null =>
                WaitingParty.Engineering,
            RepairOrderState.Dispatched or RepairOrderState.Briefed or RepairOrderState.InRepair =>
                WaitingParty.RepairUnit,
            RepairOrderState.Done => WaitingParty.Quality,
            RepairOrderState.Inspected => WaitingParty.Owner,
            RepairOrderState.Accepted => WaitingParty.Engineering,
            _ => null,
        };

    /// <summary>Reminds of the day by which the defect is confirmed (P3.2.1).</summary>
    public Refusal? RemindOfConfirmation(CommandContext context) =>
        Transition(
            context,
            RepairOrderAction.RemindOfConfirmation,
            change: () =>
            {
                RemindedOn = context.Today;
                var left = ConfirmDueOn.DayNumber - context.Today.DayNumber;
                Raise(new RepairOrderConfirmationDue(Id, Version, Number, ProjectId, OwnerId, ConfirmDueOn, left));
            }
        );

    /// <summary>The unit has received the order; an objection of it is dropped by that.</summary>
    public Refusal? Receive(CommandContext context, DateTimeOffset? doneAt = null) =>
        Transition(
            context,
            RepairOrderAction.Receive,
            input: InField(context, doneAt),
            change: () => KeepReceipt(context, Keep(context, RepairOrderAction.Receive, doneAt))
        );

    /// <summary>The unit objects, with a reason; engineering decides.</summary>
    public Refusal? Object(CommandContext context, string reason, DateTimeOffset? doneAt = null) =>
        Transition(
            context,
            RepairOrderAction.Object,
            input: InField(context, doneAt),
            why: reason,
            change: () =>
            {
                var at = Keep(context, RepairOrderAction.Object, doneAt);
                Objections = [.. Objections, new(reason, Stamp.Of(context))];
                ObjectedAt = at;
                var on = context.DateOf(at);
                if (on <= ReceiptDueOn)
                {
                    // It was told late: the unit had answered by its day.
                    ReceiptOverdueOn = null;
                }

                Raise(new RepairOrderObjected(Id, Version, Number, OwnerId, RepairUnitId!.Value, reason, on));
            }
        );

    /// <summary>Engineering holds the assignment up: the unit has another day to receive the order.</summary>
    public Refusal? Overrule(CommandContext context, string reason) =>
        Transition(
            context,
            RepairOrderAction.Overrule,
            why: reason,
            change: () =>
            {
                DecideObjection(context, reason);
                ReceiptDueOn = RepairOrderDeadlines.ReceiptDue(context);
                ReceiptOverdueOn = null;
            }
        );

    /// <summary>Engineering gives the order to another unit, because the objection is right.</summary>
    public Refusal? Reassign(CommandContext context, DispatchInput input)
    {
        var decision = DispatchDecision.Of(Warranty, input);
        return Transition(
            context,
            RepairOrderAction.Reassign,
            input: decision,
            why: input.UnitReason,
            change: () =>
            {
                DecideObjection(context, null);
                EndAssignment(context, input.UnitReason ?? "", steppedIn: false);
                Issue(context, decision, DispatchRecord!.BeforeApproval);
            }
        );
    }

    /// <summary>The head of engineering tells a unit that does not come in writing that another one will repair at its
    /// cost (P3.1.1).</summary>
    public Refusal? GiveNotice(CommandContext context, NoticeChannel channel, string text, string recipient) =>
        Transition(
            context,
            RepairOrderAction.GiveNotice,
            why: text,
            change: () =>
            {
                Notice = new(context.Today, channel, text, recipient, Stamp.Of(context));
                Raise(
                    new RepairUnitNotified(
                        Id,
                        Version,
                        Number,
                        OwnerId,
                        RepairUnitId!.Value,
                        RepairUnitName!,
                        ReceivedAt is null ? "not-received" : "not-started",
                        context.Today
                    )
                );
            }
        );

    /// <summary>Another unit repairs at the cost of the one that did not come (P3.1.1).</summary>
    public Refusal? StepIn(CommandContext context, DispatchInput input)
    {
        var decision = DispatchDecision.Of(Warranty, input with { ChargeBack = true });
        return Transition(
            context,
            RepairOrderAction.StepIn,
            input: decision,
            why: input.UnitReason ?? Notice?.Text,
            change: () =>
            {
                var (first, name) = (RepairUnitId!.Value, RepairUnitName!);
                // The first unit that did not come bears the cost; one that stepped in and did not come either is on its
                // card.
                var payer = IsTakenOver ? (ChargedUnitId, ChargedUnitName) : (first, name);
                EndAssignment(context, input.UnitReason ?? Notice!.Text, steppedIn: true);
                Issue(context, decision, DispatchRecord!.BeforeApproval);
                (ChargedUnitId, ChargedUnitName) = payer;
                Raise(
                    new RepairUnitReplaced(
                        Id,
                        Version,
                        Number,
                        OwnerId,
                        first,
                        name,
                        RepairUnitId!.Value,
                        RepairUnitName!,
                        context.Today
                    )
                );
            }
        );
    }

    /// <summary>The day by which the unit was to receive the order passed.</summary>
    public Refusal? MarkReceiptOverdue(CommandContext context) =>
        Transition(
            context,
            RepairOrderAction.MarkReceiptOverdue,
            change: () =>
            {
                ReceiptOverdueOn = context.Today;
                Raise(
                    new RepairOrderReceiptOverdue(
                        Id,
                        Version,
                        Number,
                        OwnerId,
                        RepairUnitId!.Value,
                        RepairUnitName!,
                        ReceiptDueOn!.Value
                    )
                );
            }
        );

    /// <summary>The target for the start passed (P3.2.2).</summary>
    public Refusal? MarkStartOverdue(CommandContext context) =>
        Transition(
            context,
            RepairOrderAction.MarkStartOverdue,
            change: () =>
            {
                StartOverdueOn = context.Today;
                Raise(
                    new RepairOrderStartOverdue(
                        Id,
                        Version,
                        Number,
                        OwnerId,
                        RepairUnitId!.Value,
                        RepairUnitName!,
                        StartDueAt!.Value
                    )
                );
            }
        );

    /// <summary>The target for the end passed (P3.2.2).</summary>
    public Refusal? MarkFinishOverdue(CommandContext context) =>
        Transition(
            context,
            RepairOrderAction.MarkFinishOverdue,
            change: () =>
            {
                FinishOverdueOn = context.Today;
                Raise(
                    new RepairOrderCompletionOverdue(
                        Id,
                        Version,
                        Number,
                        OwnerId,
                        RepairUnitId!.Value,
                        RepairUnitName!,
                        FinishDueAt!.Value
                    )
                );
            }
        );

    /// <summary>Somebody of the unit is on site: that is what counts for the target of the start.</summary>
    public Refusal? Arrive(CommandContext context, DateTimeOffset? doneAt = null, FieldPlace? place = null) =>
        Transition(
            context,
            RepairOrderAction.Arrive,
            input: InField(context, doneAt),
            change: () =>
            {
                var at = Keep(context, RepairOrderAction.Arrive, doneAt);
                EndPauseBefore(context, at);
                KeepReceipt(context, at);
                (ArrivedAt, ArrivalPlace) = (at, place);
                TakeBackOverdueStart();
            }
        );

    /// <summary>The unit came and nobody was there: from now on it is the owner's time.</summary>
    public Refusal? Attempt(
        CommandContext context,
        string note,
        Guid? photoId,
        DateTimeOffset? doneAt = null,
        FieldPlace? place = null
    ) =>
        Transition(
            context,
            RepairOrderAction.Attempt,
            input: InField(context, doneAt),
            why: note,
            change: () =>
            {
                var at = Keep(context, RepairOrderAction.Attempt, doneAt);
                Attempts = [.. Attempts, new(at, note, photoId, Stamp.Of(context), place)];
                Raise(
                    new RepairOrderAttempted(
                        Id,
                        Version,
                        Number,
                        ProjectId,
                        OwnerId,
                        RepairUnitId,
                        RepairUnitName,
                        at,
                        Attempts.Count
                    )
                );
                BeginPause(context, at, RepairPauseReason.NoAccess, note);
                if (ArrivedAt is { } there && there > at)
                {
                    // They came again and were let in, and that was told first.
                    EndPauseBefore(context, there);
                }
            }
        );

    /// <summary>The clocks stand still, for a reason.</summary>
    public Refusal? Pause(
        CommandContext context,
        RepairPauseReason reason,
        string? note,
        DateTimeOffset? doneAt = null
    ) =>
        Transition(
            context,
            RepairOrderAction.Pause,
            input: InField(context, doneAt),
            why: note ?? reason.ToKebab(),
            change: () => BeginPause(context, Keep(context, RepairOrderAction.Pause, doneAt), reason, note)
        );

    public Refusal? Resume(CommandContext context, DateTimeOffset? doneAt = null) =>
        Transition(
            context,
            RepairOrderAction.Resume,
            input: InField(context, doneAt),
            change: () => EndPause(context, Keep(context, RepairOrderAction.Resume, doneAt))
        );

    /// <summary>What the repair cost, until the record is returned.</summary>
    public Refusal? AddCost(
        CommandContext context,
        CostKind kind,
        string text,
        decimal amount,
        Guid? tripId = null,
        DateTimeOffset? doneAt = null
    ) =>
        Transition(
            context,
            RepairOrderAction.AddCost,
            input: InField(context, doneAt),
            why: text,
            change: () =>
            {
                var at = Keep(context, RepairOrderAction.AddCost, doneAt);
                var line = new CostLine(
                    Guid.CreateVersion7(context.Now),
                    kind,
                    text,
                    amount,
                    RepairUnitName!,
                    context.DateOf(at),
                    Stamp.Of(context),
                    tripId
                );
                ChargeBackDroppedOn = null;
                KeepCosts([.. Costs, line]);
            }
        );

    /// <summary>A cost does not count after all; it stays on record.</summary>
    public Refusal? StrikeCost(CommandContext context, Guid costId, string reason)
    {
        var line = Costs.FirstOrDefault(cost => cost.Id == costId && cost.Counts);
        return Transition(
            context,
            RepairOrderAction.StrikeCost,
            // A guard is given what was found, or something that is no cost.
            input: line ?? (object)reason,
            why: reason,
            change: () =>
                KeepCosts([.. Costs.Select(cost => cost.Id == costId ? cost with { StruckWhy = reason } : cost)])
        );
    }

    /// <summary>The cost is charged back to the unit at whose cost it was repaired (P3.1.1).</summary>
    public Refusal? ChargeBack(CommandContext context, Guid chargeBackId, string? reason) =>
        Transition(
            context,
            RepairOrderAction.ChargeBack,
            why: reason ?? ChargedUnitName,
            change: () => (ChargeBackId, ChargeBackDroppedOn) = (chargeBackId, null)
        );

    /// <summary>The charge-back was withdrawn: costs can be recorded again, and charged back again. A record that was
    /// returned stays as it is.</summary>
    public void DropChargeBack(CommandContext context, Guid chargeBackId, string reason)
    {
        if (ChargeBackId == chargeBackId && State != RepairOrderState.Closed)
        {
            (ChargeBackId, ChargeBackDroppedOn) = (null, context.Today);
            Record(context, "drop-charge-back", State.ToKebab(), State.ToKebab(), reason);
        }
    }

    /// <summary>
    /// Liability, cause, lesson, corrective measure and countermeasure (P2.2.3). Where the fault is systemic or recurs, a
    /// CAPA is asked for; the file of a revisit asks for its own.
    /// </summary>
    public Refusal? DrawLessons(CommandContext context, FaultLessons lessons, FaultCounts counts) =>
        Transition(
            context,
            RepairOrderAction.DrawLessons,
            input: lessons,
            why: lessons.Cause,
            change: () =>
            {
                (Lessons, CauseCode) = (lessons, lessons.CauseCode);
                Raise(
                    new RepairLessonsDrawn(
                        Id,
                        Version,
                        Number,
                        ProjectId,
                        OwnerId,
                        PartCode,
                        lessons.Liability.ToKebab(),
                        lessons.CauseCode.ToKebab(),
                        lessons.Systemic,
                        lessons.Lesson,
                        context.Today
                    )
                );
                CapaGround = counts.GroundOf(lessons, context.Policy.Revisits.Recurrence);
                if (CapaGround is { } ground && Source != OrderSource.Revisit && CapaRequestedOn is null)
                {
                    CapaRequestedOn = context.Today;
                    Raise(
                        new RepairCapaRequested(
                            Id,
                            Version,
                            Id,
                            Number,
                            ProjectId,
                            ProjectName,
                            ContractNumber,
                            OwnerId,
                            PartCode,
                            Location,
                            Description,
                            ground.ToKebab(),
                            [Id],
                            context.Today
                        )
                    );
                }
            }
        );

    /// <summary>It is one of a group for which quality asks one CAPA.</summary>
    public void JoinFaultGroup(CommandContext context, string subject)
    {
        (CapaGround, CapaRequestedOn) = (RepairCapaGround.Group, context.Today);
        Record(context, "request-capa", State.ToKebab(), State.ToKebab(), subject);
    }

    /// <summary>The file of the revisit that found it asked for a CAPA: no group asks for another.</summary>
    public void NoteCapa(CommandContext context, DateOnly on)
    {
        if (CapaRequestedOn is null)
        {
            CapaRequestedOn = on;
            Record(context, "note-capa", State.ToKebab(), State.ToKebab(), null);
        }
    }

    /// <summary>Quality says whether a defect that came back has the same cause.</summary>
    public Refusal? JudgeRecurrence(CommandContext context, bool sameCause, string opinion) =>
        Transition(
            context,
            RepairOrderAction.JudgeRecurrence,
            why: opinion,
            change: () => RecurrenceJudgement = new(sameCause, opinion, Stamp.Of(context))
        );

    /// <summary>This is the same defect as another order's, which goes on for both (S4).</summary>
    public Refusal? Merge(CommandContext context, MergeInto into) =>
        Transition(
            context,
            RepairOrderAction.Merge,
            input: into,
            why: into.Number,
            change: () =>
            {
                (MergedIntoId, MergedIntoNumber) = (into.Id, into.Number);
                Raise(new RepairOrderMerged(Id, Version, Number, OwnerId, into.Id, into.Number, context.Today));
            }
        );

    /// <summary>The merge is undone: the order is confirmed on its own.</summary>
    public Refusal? Unmerge(CommandContext context) =>
        Transition(
            context,
            RepairOrderAction.Unmerge,
            why: MergedIntoNumber,
            change: () =>
            {
                var from = MergedIntoId!.Value;
                (MergedIntoId, MergedIntoNumber) = (null, null);
                Raise(new RepairOrderUnmerged(Id, Version, Number, OwnerId, from, context.Today));
            }
        );

    /// <summary>Another order was merged into this one.</summary>
    public void Absorb(CommandContext context, RepairOrder other)
    {
        MergedOrders = [.. MergedOrders, new(other.Id, other.Number, other.SourceId, Stamp.Of(context))];
        Record(context, "absorb", State.ToKebab(), State.ToKebab(), other.Number);
    }

    /// <summary>It is on its own again.</summary>
    public void Release(CommandContext context, RepairOrder other)
    {
        MergedOrders = [.. MergedOrders.Where(merged => merged.Id != other.Id)];
        Record(context, "let-go", State.ToKebab(), State.ToKebab(), other.Number);
    }

    // Every step may change for whom the order waits.
    private new Refusal? Transition(
        CommandContext context,
        RepairOrderAction action,
        object? input = null,
        string? why = null,
        Action? change = null
    )
    {
        var refusal = base.Transition(context, action, input, why, change);
        if (refusal is null)
        {
            var at = input switch
            {
                FieldTime given => given.At,
                WorkInput { DoneAt: { } done } => done.ToWholeMilliseconds(),
                _ => context.Now,
            };
            Waiting = Waiting.Turn(WaitsFor, at);
        }

        return refusal;
    }

    // The record goes out to a unit, for the first time or to another one: its clocks begin.
    private void Issue(CommandContext context, DispatchDecision decision, bool beforeApproval)
    {
        var (unit, input) = (decision.Unit!, decision.Input);
        RepairUnitId = unit.Id;
        RepairUnitName = unit.Name;
        RepairUnitIsOwn = decision.UnitIsOwn;
        DispatchRecord = new DispatchRecord(
            decision.Leader,
            decision.Proposed,
            input.LeaderReason,
            input.UnitReason,
            input.ChargeBack,
            beforeApproval,
            context.Today,
            Stamp.Of(context),
            input.Materials,
            input.Safety
        );
        LeaderPending = decision.Proposed is null && input.Proposals.Problem == AskProblem.NoAnswer;
        TaskSheetNumber = null;
        // A unit that was stepped in for bears the cost, also where another one repairs in the end.
        if (!IsTakenOver)
        {
            (ChargedUnitId, ChargedUnitName) = (input.ChargeBack, decision.UnitIsOwn) switch
            {
                (false, _) => (null, null),
                (true, true) => (Warranty.ResponsibleUnitId, Warranty.ResponsibleUnitName),
                _ => (unit.Id, unit.Name),
            };
        }

        (Receipt, ReceivedAt, Objections, ObjectedAt) = (null, null, [], null);
        (Notice, Briefing) = (null, null);
        (ReceiptOverdueOn, StartOverdueOn, FinishOverdueOn) = (null, null, null);
        (ArrivedAt, ArrivalPlace) = (null, null);
        EndPause(context, context.Now);
        ReceiptDueOn = RepairOrderDeadlines.ReceiptDue(context);
        StartDueAt = RepairOrderDeadlines.StartDue(context, Severity);
        FinishDueAt = RepairOrderDeadlines.FinishDue(context, Severity);
        Raise(
            new RepairOrderDispatched(
                Id,
                Version,
                OwnerId,
                unit.Id,
                unit.Name,
                decision.Leader.PersonName ?? "",
                Warranty.Covered.ToKebab(),
                context.Today,
                ReceiptDueOn,
                StartDueAt,
                FinishDueAt
            )
        );
    }

    private void EndAssignment(CommandContext context, string why, bool steppedIn) =>
        EarlierAssignments = [
            .. EarlierAssignments,
            new EarlierAssignment
            {
                UnitId = RepairUnitId!.Value,
                UnitName = RepairUnitName!,
                Record = DispatchRecord!,
                ReceiptDueOn = ReceiptDueOn,
                StartDueAt = StartDueAt,
                TaskSheetNumber = TaskSheetNumber,
                Receipt = Receipt,
                ReceiptOverdueOn = ReceiptOverdueOn,
                StartOverdueOn = StartOverdueOn,
                Objections = Objections,
                Notice = Notice,
                SteppedIn = steppedIn,
                Why = why,
                EndedBy = Stamp.Of(context),
            },
        ];

    private void DecideObjection(CommandContext context, string? decision)
    {
        if (OpenObjection is { } open)
        {
            Objections = [.. Objections.SkipLast(1), open with { Decision = decision, DecidedBy = Stamp.Of(context) }];
            ObjectedAt = null;
        }
    }

    // Another unit stepped in for one that did not come.
    private bool IsTakenOver => EarlierAssignments.Any(before => before.SteppedIn);

    /// <summary>Whether a unit, this one or one before it, did not receive the order by its day.</summary>
    private bool IsReceiptMissed =>
        ReceiptOverdueOn is not null || EarlierAssignments.Any(before => before.ReceiptOverdueOn is not null);

    /// <summary>Whether the work was not begun by its target, by this unit or one before it.</summary>
    private bool IsStartMissed =>
        StartOverdueOn is not null || EarlierAssignments.Any(before => before.StartOverdueOn is not null);

    // It was begun by its target, and that was told after it.
    private void TakeBackOverdueStart()
    {
        if (BegunInTime == true)
        {
            StartOverdueOn = null;
        }
    }

    private void KeepReceipt(CommandContext context, DateTimeOffset at)
    {
        if (Receipt is null)
        {
            // While its objection was undecided the unit was not to receive it.
            var inTime = context.DateOf(ObjectedAt ?? at) <= ReceiptDueOn;
            (Receipt, ReceivedAt) = (new(at, inTime, Stamp.Of(context)), at);
            Objections = OpenObjection is null ? Objections : [.. Objections.SkipLast(1)];
            (ObjectedAt, ReceiptOverdueOn) = (null, inTime ? null : ReceiptOverdueOn);
            Raise(new RepairOrderReceived(Id, Version, OwnerId, RepairUnitId!.Value, at, inTime, IsReceiptMissed));
        }
    }

    // What is told later keeps both times; what is done now needs no second one.
    private DateTimeOffset Keep(CommandContext context, RepairOrderAction action, DateTimeOffset? doneAt)
    {
        if (doneAt is not { } at)
        {
            return context.Now;
        }

        var done = at.ToWholeMilliseconds();
        FieldSteps = [.. FieldSteps, new(action.ToKebab(), done, context.Now, context.Actor.Name)];
        return done;
    }

    private static FieldTime InField(CommandContext context, DateTimeOffset? doneAt) =>
        new(doneAt?.ToWholeMilliseconds() ?? context.Now);

    // Pauses count from when they began, not from when that was told, and no hour counts twice.
    private void BeginPause(CommandContext context, DateTimeOffset at, RepairPauseReason reason, string? note)
    {
        if (PausedSince is null)
        {
            var from = Pauses.Count > 0 && Pauses[^1].To is { } before && before > at ? before : at;
            PausedSince = from;
            Pauses = [.. Pauses, new(from, null, reason, note, Stamp.Of(context))];
            Raise(
                new RepairOrderPaused(
                    Id,
                    Version,
                    Number,
                    ProjectId,
                    OwnerId,
                    RepairUnitId,
                    reason.ToKebab(),
                    from,
                    Pauses.Count
                )
            );
            if (StartOverdueOn is not null && BegunAt is null && from < StartDueAt)
            {
                // The clock stood still by its target, and that was told after it.
                StartOverdueOn = null;
            }
        }
    }

    // Who came before the pause does not end it.
    private void EndPauseBefore(CommandContext context, DateTimeOffset at)
    {
        if (at >= PausedSince)
        {
            EndPause(context, at);
        }
    }

    private void EndPause(CommandContext context, DateTimeOffset at)
    {
        if (PausedSince is not { } from)
        {
            return;
        }

        var to = at < from ? from : at;
        Pauses = [.. Pauses.SkipLast(1), Pauses[^1] with { To = to }];
        PausedSince = null;
        Raise(
            new RepairOrderResumed(
                Id,
                Version,
                Number,
                ProjectId,
                OwnerId,
                RepairUnitId,
                Pauses[^1].Reason.ToKebab(),
                from,
                to,
                Pauses.Sum(pause => (long)((pause.To ?? to) - pause.From).TotalSeconds)
            )
        );
        // The target of the start does not move any more once it is begun.
        if (BegunAt is not { } begun || from < begun)
        {
            StartDueAt = RepairOrderDeadlines.After(context, StartDueAt, from, to, IsEmergency);
        }

        FinishDueAt = RepairOrderDeadlines.After(context, FinishDueAt, from, to, IsEmergency);
    }

    private void KeepCosts(IReadOnlyList<CostLine> costs)
    {
        Costs = costs;
        CostTotal = costs.Where(cost => cost.Counts).Sum(cost => cost.Amount);
        Raise(new RepairCostChanged(Id, Version, Number, ProjectId, OwnerId, PartCode, RepairUnitId!.Value, CostTotal));
    }

    private static DateTimeOffset? EndOf(CommandContext context, DateOnly? day) =>
        day is { } known ? context.Zone.EndOf(known) : null;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;
}

/// <summary>When a step in the field was done.</summary>
internal sealed record FieldTime(DateTimeOffset At);
