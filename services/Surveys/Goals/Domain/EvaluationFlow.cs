using CustomerService.Rules;
using static CustomerService.Surveys.Goals.Domain.EvaluationAction;
using static CustomerService.Surveys.Goals.Domain.EvaluationState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Surveys.Goals.Domain.Evaluation,
    CustomerService.Surveys.Goals.Domain.EvaluationState,
    CustomerService.Surveys.Goals.Domain.EvaluationAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Surveys.Goals.Domain.Evaluation>;

namespace CustomerService.Surveys.Goals.Domain;

/// <summary>The life of a department's evaluation (C5.10): rewarded, or ordered to correct, criticised and measured
/// again.</summary>
internal static class EvaluationFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("evaluation")
        .Start(ProposeReward, RewardProposed, "C5.10", Evaluators)
        .Start(Order,         Ordered,        "C5.10", Evaluators)
        .Start(Show,          Shown,          "C5.10", Evaluators)

        .From(RewardProposed) .On(Grant,  RewardGranted, "C5.10", Managers)
                              .On(Refuse, RewardRefused, "C5.10", Managers)
        .From(RewardGranted)  .On(Note,   RewardNoted,   "C5.10", Evaluators)
        .From(Ordered)        .On(Reach,  Corrected,     "C5.10", Measurers, DeadlineIsHere, EnoughForms, GoalIsReached)
                              .On(Miss,   MeetingDue,    "C5.10", Measurers, DeadlineIsHere, EnoughForms, GoalIsMissed)
                              .On(ShowAgain, ShownAgain, "C5.10", Measurers, DeadlineIsHere, TooFewForms)
        .From(MeetingDue)     .On(HoldMeeting, MeetingHeld, "C5.10", Managers)
        .Ends(RewardNoted, Corrected, MeetingHeld, Shown, ShownAgain)
        .Abandons(RewardRefused)
        .Build();

    private static readonly string[] Evaluators = [Roles.CustomerService, Roles.System];
    private static readonly string[] Managers = [Roles.GeneralManager, Roles.DeputyGeneralManager];
    private static readonly string[] Measurers = [Roles.System, Roles.CustomerService];

    private static readonly Guard DeadlineIsHere = Guard.Require(
        (evaluation, context) => evaluation.DueOn is { } due && context.Today > due,
        code: "deadline-not-over",
        rule: "C5.10",
        missing: ["deadline"],
        suppliedBy: [Roles.System]
    );

    private static readonly Guard GoalIsReached = Guard.RequireInput<SatisfactionRate>(
        (evaluation, _, rate) => rate.Against(evaluation.GoalPercent) == GoalOutcome.Reward,
        code: "goal-not-reached",
        rule: "C5.10",
        missing: ["better-rate"],
        suppliedBy: [Roles.System]
    );

    // Too few say neither good nor bad.
    private static readonly Guard EnoughForms = Guard.RequireInput<SatisfactionRate>(
        (_, context, rate) => rate.Received >= context.Policy.Surveys.LeastForms,
        code: "too-few-forms",
        rule: "C5.10",
        missing: ["more-forms"],
        suppliedBy: [Roles.System]
    );

    private static readonly Guard TooFewForms = Guard.RequireInput<SatisfactionRate>(
        (_, context, rate) => rate.Received < context.Policy.Surveys.LeastForms,
        code: "enough-forms",
        rule: "C5.10",
        missing: ["consequence"],
        suppliedBy: [Roles.System]
    );

    private static readonly Guard GoalIsMissed = Guard.RequireInput<SatisfactionRate>(
        (evaluation, _, rate) => rate.Against(evaluation.GoalPercent) != GoalOutcome.Reward,
        code: "goal-reached",
        rule: "C5.10",
        missing: ["worse-rate"],
        suppliedBy: [Roles.System]
    );
}
