using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Goals.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

/// <summary>What follows from a department's satisfaction (C5.10).</summary>
public sealed class EvaluationRules
{
    private static readonly DateOnly From = A.Today.AddMonths(-3);
    private static readonly DateOnly To = A.Today.AddDays(-1);

    private static Result<Evaluation> Evaluate(
        int received,
        int satisfied,
        decimal goal,
        CommandContext? context = null
    ) =>
        Evaluation.Of(
            context ?? A.Context(Someone.InCustomerService()),
            "engineering",
            From,
            To,
            goal,
            new(received, satisfied),
            "TB-2026-000001"
        );

    [Theory]
    [Trait("Rule", "C5.10")]
    [Trait("Case", "8")]
    [InlineData(10, 7, 70, "reward-proposed")]
    [InlineData(10, 7, 75, "ordered")]
    [InlineData(4, 4, 75, "shown")]
    [InlineData(4, 0, 75, "shown")]
    [InlineData(5, 0, 75, "ordered")]
    [InlineData(0, 0, 75, "shown")]
    public void Given_a_rate_and_a_goal_When_evaluated_Then_reward_order_or_nothing(
        int received,
        int satisfied,
        int goal,
        string state
    )
    {
        var evaluation = Evaluate(received, satisfied, goal).Required();

        evaluation.StateName.ShouldBe(state);
        evaluation.PendingEvents.OfType<DepartmentEvaluated>().ShouldHaveSingleItem();
        evaluation.PendingEvents.OfType<CorrectiveOrderIssued>().Count().ShouldBe(state == "ordered" ? 1 : 0);
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_a_department_below_its_goal_When_evaluated_Then_criticised_for_ninety_days_with_a_deadline()
    {
        var evaluation = Evaluate(10, 7, 75).Required();

        (evaluation.Notice, evaluation.NoticeThrough).ShouldBe(("TB-2026-000001", A.Today.AddDays(90)));
        evaluation.DueOn.ShouldBe(
            Deadlines.Due(A.Today, A.Policy.Surveys.CorrectiveDeadline, A.Context(Someone.System()).Calendars)
        );
        // It names the department, never a person.
        var told = evaluation.PendingEvents.OfType<CorrectiveOrderIssued>().ShouldHaveSingleItem();
        told.ToString().ShouldNotContain(Someone.InCustomerService().Name);
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_a_reward_When_it_is_granted_by_the_general_manager_Then_it_can_be_noted()
    {
        var evaluation = Evaluate(10, 9, 75).Required();
        evaluation
            .Grant(A.Context(Someone.InCustomerService()), "獎金")
            .ShouldNotBeNull()
            .Code.ShouldBe("role-missing");
        evaluation
            .Note(A.Context(Someone.InCustomerService()), "x")
            .ShouldNotBeNull()
            .Code.ShouldBe("not-in-this-state");

        evaluation.Grant(A.Context(Someone.GeneralManager()), "獎金 5,000").ShouldBeNull();
        evaluation.Note(A.Context(Someone.InCustomerService()), "已發放").ShouldBeNull();

        (evaluation.Reward, evaluation.State).ShouldBe(("獎金 5,000", EvaluationState.RewardNoted));
        evaluation.PendingEvents.OfType<RewardGranted>().ShouldHaveSingleItem();
    }

    [Theory]
    [Trait("Rule", "C5.10")]
    [InlineData(10, 8, EvaluationState.Corrected)]
    [InlineData(10, 7, EvaluationState.MeetingDue)]
    [InlineData(5, 0, EvaluationState.MeetingDue)]
    [InlineData(4, 0, EvaluationState.ShownAgain)]
    [InlineData(4, 4, EvaluationState.ShownAgain)]
    [InlineData(0, 0, EvaluationState.ShownAgain)]
    public void Given_an_order_When_its_deadline_is_over_Then_the_department_is_measured_again(
        int received,
        int satisfied,
        object state
    )
    {
        var evaluation = Evaluate(10, 7, 75).Required();
        var rate = new SatisfactionRate(received, satisfied);
        evaluation.MeasureAgain(At(evaluation, 0), rate).ShouldNotBeNull().Code.ShouldBe("deadline-not-over");

        evaluation.MeasureAgain(At(evaluation, 1), rate).ShouldBeNull();

        evaluation.State.ShouldBe((EvaluationState)state);
        (evaluation.RecoveredAgain, evaluation.PercentAgain).ShouldBe((received, rate.Percent));
        evaluation.PendingEvents.OfType<DepartmentMeasuredAgain>().ShouldHaveSingleItem();
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_too_few_forms_since_the_order_When_somebody_judges_by_them_Then_refused_and_enough_are_judged()
    {
        var evaluation = Evaluate(10, 7, 75).Required();

        evaluation.Reach(At(evaluation, 1), new(4, 4)).ShouldNotBeNull().Code.ShouldBe("too-few-forms");
        evaluation.Miss(At(evaluation, 1), new(4, 0)).ShouldNotBeNull().Code.ShouldBe("too-few-forms");
        evaluation.ShowAgain(At(evaluation, 1), new(5, 5)).ShouldNotBeNull().Code.ShouldBe("enough-forms");
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_a_period_that_is_not_over_When_evaluated_Then_refused() =>
        Evaluation
            .Of(A.Context(Someone.InCustomerService()), "sales", From, A.Today, 75, new(10, 9), null)
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("period-not-over");

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_goals_over_time_When_a_period_is_measured_Then_the_one_that_held_on_its_last_day_counts()
    {
        var manager = A.Context(Someone.GeneralManager());
        QualityGoal[] goals =
        [
            QualityGoal.Set(manager, "sales", 70, A.Today).Required(),
            QualityGoal.Set(manager, "sales", 80, A.Today.AddDays(10)).Required(),
        ];

        QualityGoal.On(goals, A.Today.AddDays(9), A.Policy.Surveys).ShouldBe(70);
        QualityGoal.On(goals, A.Today.AddDays(10), A.Policy.Surveys).ShouldBe(80);
        QualityGoal.On(goals, A.Today.AddDays(-1), A.Policy.Surveys).ShouldBe(A.Policy.Surveys.GoalPercent);
        QualityGoal
            .Set(manager, "sales", 60, A.Today.AddDays(-1))
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("effective-in-past");
        QualityGoal
            .Set(A.Context(Someone.InSales()), "sales", 60, A.Today)
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("role-missing");
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    [Trait("Rule", "S1")]
    public void Given_whatever_order_When_whoever_tries_Then_consequences_follow_the_rule() =>
        new FlowWalk<Evaluation, EvaluationState, EvaluationAction>(EvaluationFlow.Table)
            .Start(EvaluationAction.ProposeReward, move => Evaluate(10, 9, 75, move.Context))
            .Start(EvaluationAction.Order, move => Evaluate(10, 7, 75, move.Context))
            .Start(EvaluationAction.Show, move => Evaluate(3, 0, 75, move.Context))
            .On(EvaluationAction.Grant, (e, move) => e.Grant(move.Context, "bonus"))
            .On(EvaluationAction.Refuse, (e, move) => e.Refuse(move.Context, "no"))
            .On(EvaluationAction.Note, (e, move) => e.Note(move.Context, "given"))
            .On(EvaluationAction.Reach, (e, move) => e.Reach(move.Context, Again(move.Pick(2, 7, 9))))
            .On(EvaluationAction.Miss, (e, move) => e.Miss(move.Context, Again(move.Pick(2, 7, 9))))
            .On(EvaluationAction.ShowAgain, (e, move) => e.ShowAgain(move.Context, Again(move.Pick(2, 7, 9))))
            .On(EvaluationAction.HoldMeeting, (e, move) => e.HoldMeeting(move.Context, "minutes"))
            .Run();

    private static SatisfactionRate Again(int satisfied) => new(satisfied < 5 ? 4 : 10, satisfied);

    private static CommandContext At(Evaluation evaluation, int days) =>
        A.Context(Someone.System("surveys"), A.At($"{evaluation.DueOn!.Value.AddDays(days):yyyy-MM-dd} 09:00"));
}
