using CustomerService.Rules;
using static CustomerService.Repairs.RepairOrders.Domain.RepairOrderAction;
using static CustomerService.Repairs.RepairOrders.Domain.RepairOrderState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Repairs.RepairOrders.Domain.RepairOrder,
    CustomerService.Repairs.RepairOrders.Domain.RepairOrderState,
    CustomerService.Repairs.RepairOrders.Domain.RepairOrderAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Repairs.RepairOrders.Domain.RepairOrder>;

namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>The life of a construction repair order, rules P2.1.2, P2.2.3, P3.1.1, P3.2.1, P3.2.2, P3.2.3 and P3.3.</summary>
internal static class RepairOrderFlow
{
    /// <summary>Code of the refusal that is told together with the units among which to choose.</summary>
    public const string UnitChoiceNeeded = "repair-unit-choice-needed";

    // Built at the first use: the guards below are initialised by then, whatever the order of the members.
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("repair-order")
        .Start(Open, Opened, "P3.2.1", [Roles.System, Roles.Customer, .. Openers])

        .From(Opened)             .Stay(MarkOverdue,          "P3.2.1", TheSystem, DueDayIsOver, NotMarkedYet)
        .From(Opened)             .Stay(RemindOfConfirmation, "P3.2.1", TheSystem, ReminderIsDue)
        .From(Opened)             .Stay(Attempt,              "P3.2.1", Confirmers, HappenedSinceNotice)
        .From(Opened)             .On(Confirm,    Confirmed,  "P3.2.1", Confirmers, ConfirmedByToday, ConfirmedAfterNotice)
        .From(Confirmed, Analysed).On(Analyse,    Analysed,   "P3.2.1", Authors)
        .From(Analysed)           .On(Review,     Reviewed,   "P3.2.1", Reviewers, NotTheAuthor)
        .From(Analysed)           .On(SendBack,   Confirmed,  "P3.2.1", Reviewers, NotTheAuthor)
        .From(Reviewed)           .On(Approve,    Approved,   "P3.2.1", Approvers, NotTheReviewer)
        .From(Reviewed)           .On(SendBack,   Confirmed,  "P3.2.1", Approvers, NotTheReviewer)

        // Before approval only an emergency goes out, and it is confirmed with the owner first all the same.
        .From(Confirmed, Analysed, Reviewed)
                                  .On(Dispatch,   Dispatched, "P3.2.2", Issuers, [.. AsEmergency, .. WellDecided])
        .From(Approved)           .On(Dispatch,   Dispatched, "P3.2.2", Issuers, [IsPlanned, .. WellDecided])

        // The unit receives it or objects; one that does not come is replaced at its cost.
        .In(ToBegin)
            .MustStay(Receive,  "P3.1.1", Repairers, ReceiptIsOpen, OwnOrder, NotReceivedYet, HappenedSince)
            .Stay(RepairOrderAction.Object, "P3.1.1", Repairers, OwnOrder, NotReceivedYet, NotObjectedYet, HappenedSince)
            .MustStay(Overrule, "P3.1.1", Issuers, HasObjected, IsObjectedTo)
            .MayOn(Reassign,    Dispatched, "P3.1.1", Issuers, [IsObjectedToOrOwn, .. WellDecided])
            .MustStay(GiveNotice, "P3.1.1", HeadOfEngineering, IsMarkedLate, IsSubcontractor, IsLate, NoNoticeYet)
            .MayOn(StepIn,      Dispatched, "P3.1.1", HeadOfEngineering, [IsLate, NoticeIsGiven, .. WellReplaced])
            .Stay(MarkReceiptOverdue, "P3.1.1", TheSystem, ReceiptDayIsOver, ReceiptNotMarkedYet)
            .Stay(MarkStartOverdue,   "P3.2.2", TheSystem, StartIsOverdue, StartNotMarkedYet)
            .Stay(Arrive,       "P3.2.2", Repairers, OwnOrder, NotThereYet, HappenedSince)
        .In(ToFinish)
            .Stay(MarkFinishOverdue,  "P3.2.2", TheSystem, FinishIsOverdue, FinishNotMarkedYet)
            .Stay(Attempt,      "P3.2.1", Pausers, OwnOrderOrCompany, HappenedSince)
            .Stay(RepairOrderAction.Pause, "P3.2.2", Pausers, OwnOrderOrCompany, NotPaused, HappenedSince)
            .MustStay(Resume,   "P3.2.2", Pausers, IsStopped, OwnOrderOrCompany, IsPaused, HappenedSincePause)

        .From(Dispatched)         .On(Brief,      Briefed,    "P3.2.2", Briefers, [NotObjectedYet, .. WellBriefed])
        // Never succeeds: exists so that the refusal names the missing briefing and who gives it.
        .From(Dispatched)         .Stay(Start,                "P3.2.2", Repairers, OwnOrder, IsBriefed)
        .From(Briefed)            .On(Start,      InRepair,   "P3.2.2", Repairers, [OwnOrder, NotObjectedYet, .. WellBegun])
        .From(InRepair)           .On(Finish,     Done,       "P3.2.3", Repairers, [OwnOrder, .. WellReported])
        .From(Done)               .On(PassInspection, Inspected, "P3.2.3", Inspectors, NotARepairer)
        .From(Done)               .On(FailInspection, InRepair,  "P3.2.3", Inspectors, NotARepairer)
        // Worked case 7: acceptance before the inspection is refused, and the refusal names who must inspect.
        .From(Done)               .Stay(Accept,               "P3.2.3", Signers, OwnersOwn, IsInspected)
        .From(Inspected)          .On(Accept,     Accepted,   "P3.2.3", Signers, [OwnersOwn, .. WellSigned])
        .From(Inspected)          .On(Refuse,     InRepair,   "P3.2.3", Signers, [OwnersOwn, .. WellSigned])
        .From(Accepted)           .On(Return,     Closed,     "P3.2.3", Returners, [OwnOrderOrEngineering, .. WellKept])

        // An emergency that was issued before approval is written up, reviewed and ratified while the work goes on.
        .In(Issued)
            .MustStay(Analyse, "P3.2.1", Authors, IsToBeWritten, NotYetApproved, NotYetReviewed)
            .MustStay(Review,  "P3.2.1", Reviewers, NotYetApproved, IsAnalysed, NotYetReviewed, NotTheAuthor)
            .Stay(SendBack,  "P3.2.1", Critics, NotYetApproved, IsAnalysed, NotTheAuthor, NotTheReviewer)
            .MustStay(Ratify,  "P3.2.1", Approvers, NotYetApproved, IsAnalysed, IsReviewed, NotTheReviewer)
            .Stay(AddCost,     "P3.1.1", Returners, OwnOrderOrEngineering, NotChargedBack, HappenedSince)
            .Stay(StrikeCost,  "P3.1.1", Issuers, NotChargedBack, CostIsThere)
        // Not before it is accepted: work that goes back to repair costs more.
        .In(Accepted)
            .MustStay(ChargeBack, "P3.1.1", HeadOfEngineering, IsToBeCharged, SomebodyIsCharged, HasCosts, NotChargedBack)
        .In(Analysed, Reviewed, Approved, Dispatched, Briefed, InRepair, Done, Inspected, Accepted)
            .MustStay(DrawLessons, "P2.2.3", Authors, HasNoLessons, TextsAreThere, SystemicByQuality)

        // Before it is issued the days can be moved; afterwards they are only told where an emergency had none.
        .In(Confirmed, Analysed, Reviewed, Approved)
            .MustStay(Plan,    "P2.1.2", Planners, IsUnplanned, WellPlanned)
        .In(Issued)
            .MustStay(Plan,    "P2.1.2", Planners, IsUnplanned, [NotPlannedYet, .. WellPlanned])

        .From(BeforeWork)         .On(Withdraw,   Withdrawn,  "P3.2.1", Openers)
        .From(Opened, Confirmed)  .MayOn(Merge,   Merged,     "S4", Openers, WellMerged)
        .From(Merged)             .MayOn(Unmerge, Opened,     "S4", Openers)
        .In([.. BeforeWork.Union(Issued)])
            .Stay(AskWarranty, "P3.1.1", [Roles.System, .. Openers])
            .MustStay(JudgeRecurrence, "P2.2.3", Inspectors, IsToBeJudged, Recurs)
        .In(Issued)
            .Stay(NoteProposal, "P3.2.2", TheSystem, LeaderIsPending)
        .In(Following)
            .Stay(FollowRegistry, "S3", TheSystem)
        .Ends(Closed)
        .EndsButReopens(Merged)
        .Abandons(Withdrawn)
        .Build();

    private static readonly RepairOrderState[] BeforeWork =
    [
        Opened,
        Confirmed,
        Analysed,
        Reviewed,
        Approved,
        Dispatched,
        Briefed,
    ];
    private static readonly RepairOrderState[] ToBegin = [Dispatched, Briefed];
    private static readonly RepairOrderState[] ToFinish = [.. ToBegin, InRepair];
    private static readonly RepairOrderState[] Issued = [Dispatched, Briefed, InRepair, Done, Inspected, Accepted];

    /// <summary>Until the owner has accepted the repair: what they signed keeps its words.</summary>
    public static IReadOnlyList<RepairOrderState> FollowingStates => Following;

    private static readonly RepairOrderState[] Following = [.. BeforeWork.Union(Issued).Except([Accepted])];

    private static readonly string[] TheSystem = [Roles.System];

    /// <summary>Who opens orders.</summary>
    public static readonly string[] Openers =
    [
        Roles.CustomerService,
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.Production,
    ];
    private static readonly string[] Confirmers = [Roles.CustomerService, Roles.Engineering, Roles.EngineeringHead];
    private static readonly string[] Planners = [Roles.Production];
    private static readonly string[] Authors =
    [
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.CustomerService,
        Roles.Qc,
    ];
    private static readonly string[] Reviewers = [Roles.EngineeringHead, Roles.QcHead];
    private static readonly string[] Approvers = [Roles.UnitLeader, Roles.GeneralManager];
    private static readonly string[] Critics = [.. Reviewers, .. Approvers];
    private static readonly string[] Issuers = [Roles.Engineering, Roles.EngineeringHead];
    private static readonly string[] Briefers = [Roles.EngineeringHead];
    private static readonly string[] HeadOfEngineering = [Roles.EngineeringHead];
    private static readonly string[] Repairers = [Roles.RepairUnit, Roles.Repair];
    private static readonly string[] Returners = [.. Repairers, .. Issuers];
    private static readonly string[] Pausers = [.. Repairers, .. Issuers, Roles.CustomerService];

    /// <summary>Who judges faults.</summary>
    public static readonly string[] Inspectors = [Roles.Qc, Roles.QcHead];
    private static readonly string[] Signers = [Roles.Customer, Roles.CustomerService];

    // Confirming with the owner.
    private static readonly Guard DueDayIsOver = Guard.Require(
        (order, context) => RepairOrderDeadlines.IsConfirmationOverdue(order, context.Today),
        code: "not-yet-due",
        rule: "P3.2.1",
        missing: ["due-day-over"],
        suppliedBy: TheSystem
    );
    private static readonly Guard NotMarkedYet = Guard.Require(
        (order, _) => order.ConfirmationOverdueOn is null,
        code: "marked-already",
        rule: "P3.2.1",
        missing: ["unmarked-order"],
        suppliedBy: TheSystem
    );
    private static readonly Guard ConfirmedByToday = Guard.RequireInput<Confirmation>(
        (_, context, given) => given.On <= context.Today,
        code: "date-in-future",
        rule: "P3.2.1",
        missing: ["past-date"],
        suppliedBy: Confirmers
    );
    private static readonly Guard ConfirmedAfterNotice = Guard.RequireInput<Confirmation>(
        (order, _, given) => given.On >= order.NotifiedOn,
        code: "before-notice",
        rule: "P3.2.1",
        missing: ["date-after-notice"],
        suppliedBy: Confirmers
    );

    // While there is a step for somebody.
    private static readonly Func<RepairOrder, bool> IsUnplanned = order => order.Plan is null;
    private static readonly Func<RepairOrder, bool> IsToBeWritten = order => order.Analysis is null || order.IsSentBack;

    private static readonly Func<RepairOrder, bool> ReceiptIsOpen = order =>
        order.Receipt is null && order.OpenObjection is null;
    private static readonly Func<RepairOrder, bool> HasObjected = order => order.OpenObjection is not null;
    private static readonly Func<RepairOrder, bool> IsMarkedLate = order =>
        order.ReceiptOverdueOn is not null || order.StartOverdueOn is not null;
    private static readonly Func<RepairOrder, bool> IsStopped = order => order.PausedSince is not null;
    private static readonly Func<RepairOrder, bool> IsToBeCharged = order => order.OwesChargeBack;
    private static readonly Func<RepairOrder, bool> HasNoLessons = order => !order.HasLessons;
    private static readonly Func<RepairOrder, bool> IsToBeJudged = order => order.RecurrenceJudgement is null;

    // Reminding, receiving, objecting.
    private static readonly Guard ReminderIsDue = Guard.Require(
        (order, context) => RepairOrderDeadlines.IsReminderDue(order, context.Policy, context.Today),
        code: "no-reminder-due",
        rule: "P3.2.1",
        missing: ["reminder-day"],
        suppliedBy: TheSystem
    );
    private static readonly Guard NotReceivedYet = Guard.Require(
        (order, _) => order.Receipt is null,
        code: "received-already",
        rule: "P3.1.1",
        missing: ["unreceived-order"],
        suppliedBy: Issuers
    );
    private static readonly Guard NotObjectedYet = Guard.Require(
        (order, _) => order.OpenObjection is null,
        code: "objection-open",
        rule: "P3.1.1",
        missing: ["decision-on-objection"],
        suppliedBy: Issuers
    );
    private static readonly Guard IsObjectedTo = Guard.Require(
        (order, _) => order.OpenObjection is not null,
        code: "no-objection",
        rule: "P3.1.1",
        missing: ["objection"],
        suppliedBy: Repairers
    );
    private static readonly Guard IsObjectedToOrOwn = Guard.Require(
        (order, _) => order.OpenObjection is not null || order.RepairUnitIsOwn,
        code: "no-objection",
        rule: "P3.1.1",
        missing: ["objection-or-own-unit"],
        suppliedBy: Repairers
    );
    private static readonly Guard HappenedSince = Guard.RequireInput<FieldTime>(
        (order, context, given) => given.At <= context.Now && given.At >= order.DispatchRecord!.By.At,
        code: "done-at-impossible",
        rule: "P3.2.3",
        missing: ["time-since-issue"],
        suppliedBy: Repairers
    );
    private static readonly Guard HappenedSinceNotice = Guard.RequireInput<FieldTime>(
        (order, context, given) => given.At <= context.Now && context.DateOf(given.At) >= order.NotifiedOn,
        code: "done-at-impossible",
        rule: "P3.2.3",
        missing: ["date-after-notice"],
        suppliedBy: Confirmers
    );
    private static readonly Guard HappenedSincePause = Guard.RequireInput<FieldTime>(
        (order, context, given) => given.At <= context.Now && given.At >= order.PausedSince,
        code: "done-at-impossible",
        rule: "P3.2.3",
        missing: ["time-since-pause"],
        suppliedBy: Pausers
    );
    private static readonly Guard HappenedSinceBriefing = Guard.RequireInput<FieldTime>(
        (order, _, given) => given.At >= order.Briefing!.By.At,
        code: "done-at-impossible",
        rule: "P3.2.3",
        missing: ["time-since-briefing"],
        suppliedBy: Repairers
    );
    private static readonly Guard HappenedSinceStart = Guard.RequireInput<WorkInput>(
        (order, context, given) => given.DoneAt is not { } at || (at <= context.Now && at >= order.StartedAt),
        code: "done-at-impossible",
        rule: "P3.2.3",
        missing: ["time-since-start"],
        suppliedBy: Repairers
    );
    private static readonly Guard NotThereYet = Guard.Require(
        (order, _) => order.ArrivedAt is null,
        code: "arrived-already",
        rule: "P3.2.2",
        missing: ["first-arrival"],
        suppliedBy: Repairers
    );

    // A unit that does not come.
    private static readonly Guard IsSubcontractor = Guard.Require(
        (order, _) => !order.RepairUnitIsOwn,
        code: "unit-is-own",
        rule: "P3.1.1",
        missing: ["subcontractor"],
        suppliedBy: Issuers
    );
    private static readonly Guard IsLate = Guard.Require(
        (order, context) => order.IsUnitLate(context),
        code: "unit-not-late",
        rule: "P3.1.1",
        missing: ["missed-receipt-or-start"],
        suppliedBy: Repairers
    );
    private static readonly Guard NoNoticeYet = Guard.Require(
        (order, _) => order.Notice is null,
        code: "notice-given-already",
        rule: "P3.1.1",
        missing: ["unit-without-notice"],
        suppliedBy: HeadOfEngineering
    );
    private static readonly Guard NoticeIsGiven = Guard.Require(
        (order, _) => order.Notice is not null,
        code: "notice-missing",
        rule: "P3.1.1",
        missing: ["written-notice"],
        suppliedBy: HeadOfEngineering
    );
    private static readonly Guard IsAnotherUnit = Guard.RequireInput<DispatchDecision>(
        (order, _, given) => given.Input.Unit is { } named && named.Id != order.RepairUnitId,
        code: "same-unit",
        rule: "P3.1.1",
        missing: ["other-unit"],
        suppliedBy: HeadOfEngineering
    );

    // Clocks.
    private static readonly Guard ReceiptDayIsOver = Guard.Require(
        (order, context) => RepairOrderDeadlines.IsReceiptOverdue(order, context.Today),
        code: "receipt-not-due",
        rule: "P3.1.1",
        missing: ["due-day-over"],
        suppliedBy: TheSystem
    );
    private static readonly Guard ReceiptNotMarkedYet = Guard.Require(
        (order, _) => order.ReceiptOverdueOn is null,
        code: "receipt-marked-already",
        rule: "P3.1.1",
        missing: ["unmarked-order"],
        suppliedBy: TheSystem
    );
    private static readonly Guard StartIsOverdue = Guard.Require(
        (order, context) => RepairOrderDeadlines.IsStartOverdue(order, context.Now),
        code: "start-not-due",
        rule: "P3.2.2",
        missing: ["due-day-over"],
        suppliedBy: TheSystem
    );
    private static readonly Guard StartNotMarkedYet = Guard.Require(
        (order, _) => order.StartOverdueOn is null,
        code: "target-marked-already",
        rule: "P3.2.2",
        missing: ["unmarked-order"],
        suppliedBy: TheSystem
    );
    private static readonly Guard FinishIsOverdue = Guard.Require(
        (order, context) => RepairOrderDeadlines.IsFinishOverdue(order, context.Now),
        code: "finish-not-due",
        rule: "P3.2.2",
        missing: ["due-day-over"],
        suppliedBy: TheSystem
    );
    private static readonly Guard FinishNotMarkedYet = Guard.Require(
        (order, _) => order.FinishOverdueOn is null,
        code: "target-marked-already",
        rule: "P3.2.2",
        missing: ["unmarked-completion"],
        suppliedBy: TheSystem
    );
    private static readonly Guard NotPaused = Guard.Require(
        (order, _) => order.PausedSince is null,
        code: "paused-already",
        rule: "P3.2.2",
        missing: ["running-clock"],
        suppliedBy: Pausers
    );
    private static readonly Guard IsPaused = Guard.Require(
        (order, _) => order.PausedSince is not null,
        code: "not-paused",
        rule: "P3.2.2",
        missing: ["pause"],
        suppliedBy: Pausers
    );
    private static readonly Guard OwnOrderOrCompany = Guard.RequirePeople(
        (order, _) =>
            People.Of([
                .. order.RepairTakers,
                .. Issuers.Append(Roles.CustomerService).Select(role => new Taker(role)),
            ]),
        code: "not-own-order",
        rule: "P3.2.3",
        missing: ["assigned-unit"],
        suppliedBy: Pausers
    );

    // Cost and who bears it.
    private static readonly Guard NotChargedBack = Guard.Require(
        (order, _) => order.ChargeBackId is null,
        code: "charged-back-already",
        rule: "P3.1.1",
        missing: ["cost-not-charged-back"],
        suppliedBy: HeadOfEngineering
    );
    private static readonly Guard CostIsThere = Guard.RequireInput<CostLine>(
        (_, _, _) => true,
        code: "cost-unknown",
        rule: "P3.1.1",
        missing: ["cost"],
        suppliedBy: Issuers
    );
    private static readonly Guard SomebodyIsCharged = Guard.Require(
        (order, _) => order.ChargedUnitId is not null,
        code: "nobody-to-charge",
        rule: "P3.1.1",
        missing: ["subcontractor"],
        suppliedBy: HeadOfEngineering
    );
    private static readonly Guard HasCosts = Guard.Require(
        (order, _) => order.CostTotal > 0,
        code: "no-costs",
        rule: "P3.1.1",
        missing: ["cost"],
        suppliedBy: Returners
    );
    private static readonly Guard IsChargedBack = Guard.Require(
        (order, _) => !order.OwesChargeBack,
        code: "charge-back-not-proposed",
        rule: "P3.1.1",
        missing: ["charge-back"],
        suppliedBy: HeadOfEngineering
    );

    // What is learnt of it.
    private static readonly Guard TextsAreThere = Guard.RequireInput<FaultLessons>(
        (_, _, given) => given.IsComplete,
        code: "texts-missing",
        rule: "P2.2.3",
        missing: ["lesson", "corrective-measure", "countermeasure"],
        suppliedBy: Authors
    );
    private static readonly Guard SystemicByQuality = Guard.RequireInput<FaultLessons>(
        (_, context, given) => !given.Systemic || context.Actor.HasAny(Inspectors),
        code: "systemic-by-quality",
        rule: "P2.2.3",
        missing: ["quality-judgement"],
        suppliedBy: Inspectors
    );
    private static readonly Guard LessonsAreDrawn = Guard.Require(
        (order, _) => order.HasLessons,
        code: "lessons-missing",
        rule: "P2.2.3",
        missing: ["lesson", "corrective-measure", "countermeasure"],
        suppliedBy: Authors
    );
    private static readonly Guard Recurs = Guard.Require(
        (order, _) => order.RecurrenceOf is not null,
        code: "no-recurrence",
        rule: "P2.2.3",
        missing: ["accepted-order"],
        suppliedBy: Openers
    );

    // Merging.
    private static readonly Guard IntoAnother = Guard.RequireInput<MergeInto>(
        (order, _, given) => given.Id != order.Id && given.ProjectId == order.ProjectId && order.MergedOrders is [],
        code: "not-the-same-defect",
        rule: "S4",
        missing: ["order-of-project"],
        suppliedBy: Openers
    );
    private static readonly Guard IntoOpen = Guard.RequireInput<MergeInto>(
        (_, _, given) => given.IsOpen,
        code: "merge-into-closed",
        rule: "S4",
        missing: ["open-order"],
        suppliedBy: Openers
    );

    // Writing, reviewing, approving: three people.
    private static readonly Guard NotTheAuthor = Guard.RequirePeople(
        (order, _) => People.Not(order.Authors),
        code: "reviewer-is-author",
        rule: "P3.2.1",
        missing: ["other-reviewer"],
        suppliedBy: Reviewers
    );
    private static readonly Guard NotTheReviewer = Guard.RequirePeople(
        (order, _) => People.Not(order.ReviewOpinion?.By),
        code: "approver-is-reviewer",
        rule: "P3.2.1",
        missing: ["other-approver"],
        suppliedBy: Approvers
    );
    private static readonly Guard NotYetApproved = Guard.Require(
        (order, _) => order.Approval is null,
        code: "approved-already",
        rule: "P3.2.1",
        missing: ["unapproved-record"],
        suppliedBy: Approvers
    );
    private static readonly Guard NotYetReviewed = Guard.Require(
        (order, _) => order.ReviewOpinion is null,
        code: "reviewed-already",
        rule: "P3.2.1",
        missing: ["send-back"],
        suppliedBy: Approvers
    );
    private static readonly Guard IsAnalysed = Guard.Require(
        (order, _) => order is { Analysis: not null, IsSentBack: false },
        code: "not-analysed",
        rule: "P3.2.1",
        missing: ["analysis"],
        suppliedBy: Authors
    );
    private static readonly Guard IsReviewed = Guard.Require(
        (order, _) => order.ReviewOpinion is not null,
        code: "not-reviewed",
        rule: "P3.2.1",
        missing: ["review"],
        suppliedBy: Reviewers
    );
    private static readonly Guard IsRatified = Guard.Require(
        (order, _) => order.Approval is not null,
        code: "not-ratified",
        rule: "P3.2.1",
        missing: ["ratification"],
        suppliedBy: Approvers
    );

    // The days of the repair.
    private static readonly Guard EndsAfterBeginning = Guard.RequireInput<RepairPlan>(
        (_, _, given) => given.To >= given.From,
        code: "ends-before-beginning",
        rule: "P2.1.2",
        missing: ["day-not-before-first"],
        suppliedBy: Planners
    );
    private static readonly Guard PlannedAfterNotice = Guard.RequireInput<RepairPlan>(
        (order, _, given) => given.From >= order.NotifiedOn,
        code: "planned-before-notice",
        rule: "P2.1.2",
        missing: ["date-after-notice"],
        suppliedBy: Planners
    );
    private static readonly Guard NotPlannedYet = Guard.Require(
        (order, _) => order.Plan is null,
        code: "planned-already",
        rule: "P2.1.2",
        missing: ["unplanned-order"],
        suppliedBy: Planners
    );

    // An emergency goes out before it is planned, and is not closed without.
    private static readonly Guard IsPlanned = Guard.Require(
        (order, _) => order.Plan is not null || order is { IsEmergency: true, DispatchRecord: null },
        code: "repair-not-planned",
        rule: "P2.1.2",
        missing: ["planned-days"],
        suppliedBy: Planners
    );

    // Issuing before approval.
    private static readonly Guard IsEmergency = Guard.Require(
        (order, _) => order.IsEmergency,
        code: "not-approved",
        rule: "P3.2.1",
        missing: ["approval"],
        suppliedBy: Approvers
    );
    private static readonly Guard EmergencyIsExplained = Guard.RequireInput<DispatchDecision>(
        (order, _, given) => (order.EmergencyReason ?? given.Input.EmergencyReason) is not null,
        code: "emergency-unexplained",
        rule: "P3.2.1",
        missing: ["emergency-reason"],
        suppliedBy: Issuers
    );
    private static readonly Guard EmergencyIsListed = Guard.RequireInput<DispatchDecision>(
        (order, context, given) =>
            context.Policy.Repairs.Emergencies.Contains((order.EmergencyReason ?? given.Input.EmergencyReason)!.Value),
        code: "emergency-not-listed",
        rule: "P3.2.1",
        missing: ["approval"],
        suppliedBy: Approvers
    );

    // Who repairs, who leads, who pays.
    private static readonly Guard UnitIsChosen = Guard.RequireInput<DispatchDecision>(
        (_, _, given) => given.Unit is not null,
        code: UnitChoiceNeeded,
        rule: "P3.1.1",
        missing: ["repair-unit"],
        suppliedBy: Issuers
    );
    private static readonly Guard UnitRepairs = Guard.RequireInput<DispatchDecision>(
        (_, _, given) => given.Unit!.Kind != UnitKind.Other,
        code: "no-repair-unit",
        rule: "P3.1.1",
        missing: ["subcontractor-or-own-unit"],
        suppliedBy: Issuers
    );
    private static readonly Guard UnitDepartureIsExplained = Guard.RequireInput<DispatchDecision>(
        (_, _, given) => !given.DepartsFromUnit || !string.IsNullOrWhiteSpace(given.Input.UnitReason),
        code: "unit-departure-without-reason",
        rule: "P3.1.1",
        missing: ["unit-reason"],
        suppliedBy: Issuers
    );
    private static readonly Guard SubcontractorPays = Guard.RequireInput<DispatchDecision>(
        (order, _, given) =>
            !given.Input.ChargeBack || order.Warranty.ResponsibleUnitId is not null || !given.UnitIsOwn,
        code: "nobody-to-charge",
        rule: "P3.1.1",
        missing: ["subcontractor"],
        suppliedBy: Issuers
    );
    private static readonly Guard LeaderIsPending = Guard.Require(
        (order, _) => order.LeaderPending,
        code: "leader-not-pending",
        rule: "P3.2.2",
        missing: ["unanswered-question"],
        suppliedBy: TheSystem
    );
    private static readonly Guard LeaderDepartureIsExplained = Guard.RequireInput<DispatchDecision>(
        (_, _, given) => !given.DepartsFromLeader || !string.IsNullOrWhiteSpace(given.Input.LeaderReason),
        code: "leader-departure-without-reason",
        rule: "P3.2.2",
        missing: ["leader-reason"],
        suppliedBy: Issuers
    );

    // The briefing.
    private static readonly Guard BriefedByToday = Guard.RequireInput<Briefing>(
        (_, context, given) => given.On <= context.Today,
        code: "date-in-future",
        rule: "P3.2.2",
        missing: ["past-date"],
        suppliedBy: Briefers
    );
    private static readonly Guard BriefedAfterDispatch = Guard.RequireInput<Briefing>(
        (order, _, given) => given.On >= order.DispatchRecord!.On,
        code: "before-dispatch",
        rule: "P3.2.2",
        missing: ["date-after-dispatch"],
        suppliedBy: Briefers
    );
    private static readonly Guard LeaderIsBriefed = Guard.RequireInput<Briefing>(
        (_, _, given) => given.Participants.Any(p => p.Role == BriefingRole.Leader),
        code: "leader-not-briefed",
        rule: "P3.2.2",
        missing: ["leader-at-briefing"],
        suppliedBy: Briefers
    );
    private static readonly Guard ServicePrinciples = Guard.RequireInput<Briefing>(
        (_, _, given) => given.Principles.ServicePrinciples,
        code: "principles-not-confirmed",
        rule: "P3.2.2",
        missing: ["service-principles"],
        suppliedBy: Briefers
    );
    private static readonly Guard CooperateWithOwner = Guard.RequireInput<Briefing>(
        (_, _, given) => given.Principles.CooperateWithOwner,
        code: "principles-not-confirmed",
        rule: "P3.2.2",
        missing: ["cooperate-with-owner"],
        suppliedBy: Briefers
    );
    private static readonly Guard SatisfyReasonableWishes = Guard.RequireInput<Briefing>(
        (_, _, given) => given.Principles.SatisfyReasonableWishes,
        code: "principles-not-confirmed",
        rule: "P3.2.2",
        missing: ["satisfy-reasonable-wishes"],
        suppliedBy: Briefers
    );
    private static readonly Guard NeverQuarrel = Guard.RequireInput<Briefing>(
        (_, _, given) => given.Principles.NeverQuarrel,
        code: "principles-not-confirmed",
        rule: "P3.2.2",
        missing: ["never-quarrel"],
        suppliedBy: Briefers
    );
    private static readonly Guard IsBriefed = Guard.Require(
        (order, _) => order.Briefing is not null,
        code: "not-briefed",
        rule: "P3.2.2",
        missing: ["briefing"],
        suppliedBy: Briefers
    );

    // The work and its inspection.
    private static readonly Guard OwnOrder = Guard.RequirePeople(
        (order, _) => People.Of(order.RepairTakers),
        code: "not-own-order",
        rule: "P3.2.3",
        missing: ["assigned-unit"],
        suppliedBy: Repairers
    );
    private static readonly Guard OwnOrderOrEngineering = Guard.RequirePeople(
        (order, _) => People.Of([.. order.RepairTakers, .. Issuers.Select(role => new Taker(role))]),
        code: "not-own-order",
        rule: "P3.2.3",
        missing: ["assigned-unit"],
        suppliedBy: Returners
    );
    private static readonly Guard DoneByToday = Guard.RequireInput<WorkInput>(
        (_, context, given) => given.FinishedOn <= context.Today,
        code: "date-in-future",
        rule: "P3.2.3",
        missing: ["past-date"],
        suppliedBy: Repairers
    );
    private static readonly Guard DoneAfterStart = Guard.RequireInput<WorkInput>(
        (order, _, given) => given.FinishedOn >= order.StartedOn,
        code: "before-start",
        rule: "P3.2.3",
        missing: ["date-after-start"],
        suppliedBy: Repairers
    );
    private static readonly Guard PhotosBefore = Guard.RequireInput<WorkInput>(
        (_, context, given) => given.Photos.Before.Count >= context.Policy.Repairs.PhotosBefore,
        code: "photos-missing",
        rule: "P3.2.3",
        missing: ["photos-before"],
        suppliedBy: Repairers
    );
    private static readonly Guard PhotosAfter = Guard.RequireInput<WorkInput>(
        (_, context, given) => given.Photos.After.Count >= context.Policy.Repairs.PhotosAfter,
        code: "photos-missing",
        rule: "P3.2.3",
        missing: ["photos-after"],
        suppliedBy: Repairers
    );
    private static readonly Guard NotARepairer = Guard.RequirePeople(
        (order, _) => order.AllButRepairers,
        code: "inspector-is-repairer",
        rule: "P3.2.3",
        missing: ["other-inspector"],
        suppliedBy: Inspectors
    );
    private static readonly Guard IsInspected = Guard.Require(
        (order, _) => order.IsPassed,
        code: "not-inspected",
        rule: "P3.2.3",
        missing: ["passed-inspection"],
        suppliedBy: Inspectors
    );

    // The owner's word: a signature of their own, or taken down by customer service.
    private static readonly Guard OwnersOwn = Guard.RequirePeople(
        (order, _) => People.Of(new Taker(Roles.CustomerService), new Taker(OrganisationId: order.OwnerId)),
        code: "not-own-order",
        rule: "P3.2.3",
        missing: ["owner"],
        suppliedBy: Signers
    );
    private static readonly Guard OwnerSigns = Guard.RequireInput<OwnerDecision>(
        (_, context, given) =>
            context.Actor.Has(Roles.CustomerService) || given is { PrintedName: not null, Recorded: null },
        code: "not-signed",
        rule: "P3.2.3",
        missing: ["owner-signature"],
        suppliedBy: [Roles.Customer]
    );
    private static readonly Guard WordIsRecorded = Guard.RequireInput<OwnerDecision>(
        (_, context, given) =>
            !context.Actor.Has(Roles.CustomerService) || given is { PrintedName: null, Recorded: not null },
        code: "word-not-recorded",
        rule: "P3.2.3",
        missing: ["recorded-word"],
        suppliedBy: [Roles.CustomerService]
    );
    private static readonly Guard GivenByToday = Guard.RequireInput<OwnerDecision>(
        (_, context, given) => !(given.Recorded?.On > context.Today),
        code: "date-in-future",
        rule: "P3.2.3",
        missing: ["past-date"],
        suppliedBy: Signers
    );
    private static readonly Guard GivenAfterInspection = Guard.RequireInput<OwnerDecision>(
        (order, _, given) => !(given.Recorded?.On < order.Inspections[^1].On),
        code: "before-inspection",
        rule: "P3.2.3",
        missing: ["date-after-inspection"],
        suppliedBy: Signers
    );

    private static readonly Guard OwnerIsTold = Guard.RequireInput<OwnerDecision>(
        (order, context, given) =>
            given.User is not { } user
            || (
                user is { OwnerToldOn: { } on, OwnerToldBy: not null }
                && on <= context.Today
                && on >= order.Inspections[^1].On
            ),
        code: "owner-not-told",
        rule: "P3.2.3",
        missing: ["owner-told"],
        suppliedBy: [Roles.CustomerService]
    );

    // Several guards that rows have in common, in the order in which they are told.
    private static readonly Guard[] AsEmergency = [IsEmergency, EmergencyIsExplained, EmergencyIsListed];
    private static readonly Guard[] WellPlanned = [EndsAfterBeginning, PlannedAfterNotice];
    private static readonly Guard[] WellDecided =
    [
        UnitIsChosen,
        UnitRepairs,
        UnitDepartureIsExplained,
        SubcontractorPays,
        LeaderDepartureIsExplained,
    ];
    private static readonly Guard[] WellBriefed =
    [
        BriefedByToday,
        BriefedAfterDispatch,
        LeaderIsBriefed,
        ServicePrinciples,
        CooperateWithOwner,
        SatisfyReasonableWishes,
        NeverQuarrel,
    ];
    private static readonly Guard[] WellReplaced =
    [
        IsAnotherUnit,
        UnitIsChosen,
        UnitRepairs,
        LeaderDepartureIsExplained,
    ];
    private static readonly Guard[] WellMerged = [IntoAnother, IntoOpen];
    private static readonly Guard[] WellKept = [IsRatified, IsPlanned, LessonsAreDrawn, IsChargedBack];
    private static readonly Guard[] WellReported =
    [
        DoneByToday,
        DoneAfterStart,
        HappenedSinceStart,
        PhotosBefore,
        PhotosAfter,
    ];
    private static readonly Guard[] WellBegun = [HappenedSince, HappenedSinceBriefing];
    private static readonly Guard[] WellSigned =
    [
        OwnerSigns,
        WordIsRecorded,
        GivenByToday,
        GivenAfterInspection,
        OwnerIsTold,
    ];
}
