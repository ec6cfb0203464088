using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Rules;
using static CustomerService.Complaints.Capas.Domain.CapaAction;
using static CustomerService.Complaints.Capas.Domain.CapaState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Complaints.Capas.Domain.Capa,
    CustomerService.Complaints.Capas.Domain.CapaState,
    CustomerService.Complaints.Capas.Domain.CapaAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Complaints.Capas.Domain.Capa>;

namespace CustomerService.Complaints.Capas.Domain;

/// <summary>The life of a corrective and preventive action, rules P2.2.3, C5.4 and C5.6.2.</summary>
internal static class CapaFlow
{
    // Execute has a row before the approval too, so that an early one is told which review it lacks.
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("capa")
        .Start(OpenForComplaint, Analysis,   "C5.4",   Quality)
        .Start(OpenForFinding,   Unassigned, "P2.2.3", Roles.System)
        .Start(OpenForOrder,     Analysis,   "C5.10",  Roles.System)
        .Start(OpenForResponse,  Analysis,   "C5.9",   Quality)
        .Start(OpenForAssessment, Analysis,  "T1",     Quality)

        .From(Unassigned)
            .On(Assign,            Analysis,     "P2.2.3", Quality, DueFromToday)
        .In(Analysis)
            .MustStay(Assign,                    "P2.2.3", Quality, LacksDueDate, DueFromToday)
        .From(Analysis)
            .On(Propose,           Review,       "C5.4",   Owners, OwnDepartment, HasDueDate, PlansEffect, FaultKnown, CauseKnown, ActionsInTime)
        .From(Review)
            .On(Approve,           Execution,    "C5.4",   Reviewers, NotTheProposer)
            .On(SendBack,          Analysis,     "C5.4",   Reviewers, NotTheProposer)
        .From(Unassigned, Analysis, Review, Execution)
            .On(Execute,           Verification, "C5.6.2", Heads, IsApproved, OwnDepartment, ActionsDone, NotInFuture, AfterReview)
        .From(Verification)
            .On(VerifyEffective,   EffectiveForOne,   "C5.6.2", Verifiers, WindowOver, RateKnown, NotTheOwner, OwnSide)
            .On(VerifyIneffective, IneffectiveForOne, "C5.6.2", Verifiers, WindowOver, RateKnown, NotTheOwner, OwnSide, NewDueFromToday)
            .MayOn(FallShort,      Analysis,     "C5.6.2", System, RateAwaited, WindowOver, RateBelow)
            .Stay(ConfirmRate,                   "C5.6.2", System, RateAwaited, WindowOver, RateReached)
        .From(EffectiveForOne)
            .On(VerifyEffective,   Closed,       "C5.6.2", Verifiers, NotTheOwner, OtherSide)
            .MustOn(VerifyIneffective, Analysis, "C5.6.2", Verifiers, NotTheOwner, OtherSide, NewDueFromToday)
        .From(IneffectiveForOne)
            .MustOn(VerifyEffective,   Analysis, "C5.6.2", Verifiers, NotTheOwner, OtherSide)
            .MustOn(VerifyIneffective, Analysis,     "C5.6.2", Verifiers, NotTheOwner, OtherSide, NewDueFromToday)
        .From(Closed)
            .On(Reopen,            Analysis,     "C5.6.2", Reporters, NewDueFromToday)
        .From(Verification, EffectiveForOne, IneffectiveForOne, Closed)
            .MayOn(Recur,          Analysis,     "C5.6.2", System, IsWatched, AboveTarget)
            .Stay(Measure,                       "C5.6.2", System, IsWatched, WithinTarget)
        .In(Unassigned, Analysis, Review, Execution, Verification, EffectiveForOne, IneffectiveForOne)
            .Stay(JoinCase,                      "C5.4",   Quality, NotServedYet, NotServedByAnother)
        .In(Unassigned, Analysis, Review, Execution, Verification, EffectiveForOne, IneffectiveForOne)
            .Stay(RemindOfClocks,                "C1",     System, ClockReminderDue)
        .EndsButReopens(Closed)
        .Build();

    /// <summary>Code of a case that another CAPA serves.</summary>
    public const string CaseHasCapa = "case-has-capa";

    private static readonly string[] Quality = [Roles.Qc, Roles.QcHead];
    private static readonly string[] Owners = [Roles.ResponsibleDepartment, Roles.DepartmentHead];
    private static readonly string[] System = [Roles.System];
    private static readonly string[] Heads = [Roles.DepartmentHead];
    private static readonly string[] Reviewers = [Roles.ManagementRepresentative];
    private static readonly string[] Verifiers = [.. Quality, Roles.CustomerService, .. Reviewers];
    private static readonly string[] Reporters = [.. Quality, Roles.CustomerService, Roles.Sales, Roles.SalesManager];

    /// <summary>The day by which a new CAPA is to be carried out.</summary>
    public static Refusal? CheckDue(CommandContext context, DateOnly due) =>
        due >= context.Today ? null : Refusal.ByRule("due-in-the-past", "C5.6.2", ["due-date"], Quality);

    private static readonly Guard DueFromToday = Guard.RequireInput<DateOnly>(
        (_, context, due) => due >= context.Today,
        code: "due-in-the-past",
        rule: "C5.6.2",
        missing: ["due-date"],
        suppliedBy: Quality
    );

    private static readonly Guard ClockReminderDue = Guard.Require(
        (capa, context) => capa.ClockRemindAt is { } at && at <= context.Now,
        code: "no-clock-due",
        rule: "C1",
        missing: ["reminder-time"],
        suppliedBy: System
    );

    private static readonly Guard NotServedYet = Guard.RequireInput<JoinCaseInput>(
        (capa, _, given) => capa.Serves.All(known => known.Id != given.Served.Id),
        code: "case-served-already",
        rule: "C5.4",
        missing: ["other-case"],
        suppliedBy: Quality
    );

    private static readonly Guard NotServedByAnother = Guard.RequireInput<JoinCaseInput>(
        (_, _, given) => given.Other is null,
        code: CaseHasCapa,
        rule: "P2.2.3",
        missing: ["other-case"],
        suppliedBy: Quality
    );

    // A recurrence may come without a new date: QC sets one by assigning, and nothing is proposed before.
    // Where model and fault are known the system can measure, and so it does.
    private static readonly Guard PlansEffect = Guard.RequireInput<ProposalInput>(
        (_, _, given) => given.FaultKey is null || given.Detail.Effect is not null,
        code: "effect-plan-missing",
        rule: "C5.6.2",
        missing: ["effect-plan"],
        suppliedBy: Owners
    );

    // A plan by which nothing would ever be counted measures nothing.
    private static readonly Guard FaultKnown = Guard.RequireInput<ProposalInput>(
        (capa, _, given) => IsCountable(capa, given, EffectMetric.RecurrencesOfFault),
        code: "effect-lacks-fault",
        rule: "C5.6.2",
        missing: ["product-and-fault"],
        suppliedBy: [.. Quality, Roles.CustomerService]
    );

    private static readonly Guard CauseKnown = Guard.RequireInput<ProposalInput>(
        (capa, _, given) => IsCountable(capa, given, EffectMetric.RecurrencesOfCause),
        code: "effect-lacks-cause",
        rule: "C5.6.2",
        missing: ["ruled-cause"],
        suppliedBy: Quality
    );

    private static bool IsCountable(Capa capa, ProposalInput given, EffectMetric metric) =>
        given.Detail.Effect is not { } plan
        || plan.Metric != metric
        || EffectWatch.KeyOf(plan, capa.Department, given.FaultKey, given.CauseCode) is not null;

    private static readonly Guard ActionsInTime = Guard.RequireInput<ProposalInput>(
        (capa, context, given) =>
            given.Detail.Actions.All(action => action.DueOn >= context.Today && action.DueOn <= capa.DueOn),
        code: "action-after-due",
        rule: "C5.6.2",
        missing: ["action-date"],
        suppliedBy: Owners
    );

    private static readonly Guard ActionsDone = Guard.Require(
        (capa, _) => !capa.Actions.Any(action => action.IsOpen),
        code: "capa-actions-open",
        rule: "C5.6.2",
        missing: ["done-actions"],
        suppliedBy: Owners
    );

    private static readonly Guard WindowOver = Guard.Require(
        (capa, context) => capa.WatchThrough is not { } through || Deadlines.IsOverdue(through, context.Today),
        code: "watch-window-open",
        rule: "C5.6.2",
        missing: ["window-end"],
        suppliedBy: [Roles.System]
    );

    // The day on which it happened counts, not the day on which somebody looked at it.
    private static readonly Guard IsWatched = Guard.RequireInput<Occurrence>(
        (capa, _, occurrence) =>
            capa.Plan is { IsRate: false }
            && capa.WatchFrom is { } from
            && capa.WatchThrough is { } through
            && occurrence.On >= from
            && occurrence.On <= through,
        code: "effect-not-watched",
        rule: "C5.6.2",
        missing: ["watch-window"],
        suppliedBy: Owners
    );

    private static readonly Guard RateKnown = Guard.Require(
        (capa, _) => capa.Plan is not { IsRate: true } || capa.Rate is not null,
        code: "rate-not-measured",
        rule: "C5.6.2",
        missing: ["measured-rate"],
        suppliedBy: System
    );

    private static readonly Guard RateAwaited = Guard.Require(
        (capa, _) => capa.Plan is { IsRate: true } && capa.Rate is null,
        code: "no-rate-awaited",
        rule: "C5.6.2",
        missing: ["effect-plan"],
        suppliedBy: Owners
    );

    private static readonly Guard RateBelow = Guard.RequireInput<EffectRate>(
        (capa, _, rate) => capa.Plan?.IsReachedBy(rate) == false,
        code: "rate-reached",
        rule: "C5.6.2",
        missing: ["lower-rate"],
        suppliedBy: System
    );

    private static readonly Guard RateReached = Guard.RequireInput<EffectRate>(
        (capa, _, rate) => capa.Plan?.IsReachedBy(rate) == true,
        code: "rate-below-target",
        rule: "C5.6.2",
        missing: ["higher-rate"],
        suppliedBy: System
    );

    private static readonly Guard AboveTarget = Guard.Require(
        (capa, _) => capa.Occurrences.Count >= capa.Proposal?.Detail.Effect?.Target,
        code: "target-not-exceeded",
        rule: "C5.6.2",
        missing: ["more-occurrences"],
        suppliedBy: [Roles.System]
    );

    private static readonly Guard WithinTarget = Guard.Require(
        (capa, _) => capa.Occurrences.Count < capa.Proposal?.Detail.Effect?.Target,
        code: "target-exceeded",
        rule: "C5.6.2",
        missing: ["fewer-occurrences"],
        suppliedBy: [Roles.System]
    );

    private static readonly Guard NewDueFromToday = Guard.RequireInput<NewDueInput>(
        (_, context, given) => given.DueOn is null || given.DueOn >= context.Today,
        code: "due-in-the-past",
        rule: "C5.6.2",
        missing: ["due-date"],
        suppliedBy: Verifiers
    );

    private static readonly Func<Capa, bool> LacksDueDate = capa => capa.DueOn is null || capa.Department is null;

    private static readonly Guard HasDueDate = Guard.Require(
        (capa, _) => capa.DueOn is not null,
        code: "due-date-missing",
        rule: "C5.6.2",
        missing: ["due-date"],
        suppliedBy: Quality
    );

    private static readonly Guard OwnDepartment = Guard.RequirePeople(
        (capa, _) => capa.Department is { } own ? People.Of(new Taker(Department: own)) : People.Nobody,
        code: "other-department",
        rule: "C5.4",
        missing: ["own-department"],
        suppliedBy: Owners
    );

    private static readonly Guard NotTheProposer = Guard.RequirePeople(
        (capa, _) => People.Not(capa.Proposal?.By),
        code: "reviewer-is-proposer",
        rule: "C5.4",
        missing: ["other-reviewer"],
        suppliedBy: Reviewers
    );

    private static readonly Guard IsApproved = Guard.Require(
        (capa, _) => capa.Review?.Approved == true,
        code: "capa-not-reviewed",
        rule: "C5.4",
        missing: ["review"],
        suppliedBy: Reviewers
    );

    private static readonly Guard NotInFuture = Guard.RequireInput<DateOnly>(
        (_, context, on) => on <= context.Today,
        code: "execution-in-the-future",
        rule: "C5.6.2",
        missing: ["execution-date"],
        suppliedBy: Owners
    );

    private static readonly Guard AfterReview = Guard.RequireInput<DateOnly>(
        (capa, _, on) => on >= capa.Review!.On,
        code: "executed-before-review",
        rule: "C5.4",
        missing: ["execution-date"],
        suppliedBy: Owners
    );

    // The owner is the responsible department, who proposed or executed for it, and who had an action of it to do or did
    // it.
    private static readonly Guard NotTheOwner = Guard.RequirePeople(
        (capa, _) =>
            new People
            {
                ExceptIds = [.. PeopleOf(capa).Distinct()],
                ExceptDepartments = capa.Department is { } own ? [own] : [],
            },
        code: "verifier-is-owner",
        rule: "C5.6.2",
        missing: ["other-verifier"],
        suppliedBy: Verifiers
    );

    private static IEnumerable<string> PeopleOf(Capa capa) =>
        new[] { capa.Proposal?.By.ActorId, capa.Execution?.By.ActorId }
            .Concat(
                capa.Actions.Where(action => action.State != ActionItemState.Withdrawn)
                    .SelectMany(action => new[] { action.OwnerId, action.DoerId })
            )
            .OfType<string>();

    private static readonly Guard OwnSide = Guard.RequirePeople(
        EffectVerification.SpeakersOfMissing,
        code: "not-a-verifying-side",
        rule: "C5.6.2",
        missing: ["verifying-side"],
        suppliedBy: Verifiers
    );

    // One person does not speak for both, whatever their roles.
    private static readonly Guard OtherSide = Guard.RequirePeople(
        (capa, context) =>
            EffectVerification.SpeakersOfMissing(capa, context) with
            {
                ExceptIds = [.. capa.Verifications.Select(verification => verification.By.ActorId)],
            },
        code: "other-side-verifies",
        rule: "C5.6.2",
        missing: ["other-side"],
        suppliedBy: Verifiers
    );
}
