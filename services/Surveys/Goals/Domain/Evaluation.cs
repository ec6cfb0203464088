using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;

namespace CustomerService.Surveys.Goals.Domain;

/// <summary>The satisfaction of a department in a period against its quality goal, and what follows (C5.10).</summary>
internal sealed class Evaluation : Aggregate<Evaluation, EvaluationState, EvaluationAction>, IUnderPolicy
{
    private Evaluation() { }

    public override string Kind => "evaluation";

    public override WorkSubject WorkSubject => new(Notice ?? Key, Department);

    protected override DateTimeOffset? DueOf(EvaluationAction action, CommandContext context) =>
        DueOn is { } due ? context.Zone.EndOf(due) : null;

    /// <summary>Department and period: each is evaluated once.</summary>
    public string Key { get; private set; } = "";

    public string Department { get; private set; } = "";

    public DateOnly From { get; private set; }

    public DateOnly To { get; private set; }

    public decimal GoalPercent { get; private set; }

    public int Recovered { get; private set; }

    public int Satisfied { get; private set; }

    public decimal? Percent { get; private set; }

    /// <summary>Number of the public criticism 通報批評.</summary>
    public string? Notice { get; private set; }

    public DateOnly? NoticeFrom { get; private set; }

    /// <summary>Last day on which the criticism stands on the board.</summary>
    public DateOnly? NoticeThrough { get; private set; }

    /// <summary>The department has corrected by the end of this day.</summary>
    public DateOnly? DueOn { get; private set; }

    public string? Reward { get; private set; }

    public Stamp? GrantedBy { get; private set; }

    public Stamp? NotedBy { get; private set; }

    /// <summary>What was measured after the order; null until then, or where no form came.</summary>
    public decimal? PercentAgain { get; private set; }

    public int? RecoveredAgain { get; private set; }

    public string? Minutes { get; private set; }

    public int PolicyVersion { get; private set; }

    protected override Flow<Evaluation, EvaluationState, EvaluationAction> Table => EvaluationFlow.Table;

    /// <summary>What follows from a rate: nothing from too few forms, a reward, or an order.</summary>
    public static EvaluationAction Consequence(SatisfactionRate rate, decimal goal, SurveyPolicy policy) =>
        rate.Received < policy.LeastForms ? EvaluationAction.Show
        : rate.Against(goal) == GoalOutcome.Reward ? EvaluationAction.ProposeReward
        : EvaluationAction.Order;

    public static string KeyOf(string department, DateOnly from, DateOnly to) => $"{department}/{from:O}/{to:O}";

    /// <param name="context">Who evaluates.</param>
    /// <param name="department">Code of the department.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day; it is over.</param>
    /// <param name="goal">Its quality goal in percent.</param>
    /// <param name="rate">What was counted.</param>
    /// <param name="notice">Number of the criticism, where there is one.</param>
    public static Result<Evaluation> Of(
        CommandContext context,
        string department,
        DateOnly from,
        DateOnly to,
        decimal goal,
        SatisfactionRate rate,
        string? notice
    )
    {
        var action = Consequence(rate, goal, context.Policy.Surveys);
        var evaluation = new Evaluation { Id = Guid.CreateVersion7(context.Now) };
        if (evaluation.Start(context, action) is { } refusal)
        {
            return refusal;
        }

        if (to >= context.Today)
        {
            return Refusal.ByRule("period-not-over", "C5.10", ["end-of-period"], [Roles.CustomerService]);
        }

        evaluation.Key = KeyOf(department, from, to);
        (evaluation.Department, evaluation.From, evaluation.To) = (department, from, to);
        evaluation.GoalPercent = goal;
        (evaluation.Recovered, evaluation.Satisfied, evaluation.Percent) = (
            rate.Received,
            rate.Satisfied,
            rate.Percent
        );
        evaluation.PolicyVersion = context.Policy.Version;
        if (action == EvaluationAction.Order)
        {
            evaluation.OrderCorrection(context, notice!);
        }

        evaluation.Raise(
            new DepartmentEvaluated(
                evaluation.Id,
                evaluation.Version,
                department,
                from,
                to,
                goal,
                rate.Received,
                rate.Satisfied,
                rate.Percent,
                action switch
                {
                    EvaluationAction.ProposeReward => "reward",
                    EvaluationAction.Order => "corrective-order",
                    _ => "not-available",
                },
                context.Today
            )
        );
        return evaluation;
    }

    public Refusal? Grant(CommandContext context, string reward) =>
        Transition(
            context,
            EvaluationAction.Grant,
            why: reward,
            change: () =>
            {
                (Reward, GrantedBy) = (reward, Stamp.Of(context));
                Raise(new RewardGranted(Id, Version, Department, From, To, reward, context.Today));
            }
        );

    public Refusal? Refuse(CommandContext context, string reason) =>
        Transition(context, EvaluationAction.Refuse, why: reason);

    /// <summary>The reward was given.</summary>
    public Refusal? Note(CommandContext context, string words) =>
        Transition(context, EvaluationAction.Note, why: words, change: () => NotedBy = Stamp.Of(context));

    /// <summary>The deadline is over: the department is measured again.</summary>
    /// <param name="context">The system, or customer service.</param>
    /// <param name="rate">Forms received since the order.</param>
    public Refusal? MeasureAgain(CommandContext context, SatisfactionRate rate) =>
        Consequence(rate, GoalPercent, context.Policy.Surveys) switch
        {
            EvaluationAction.Show => ShowAgain(context, rate),
            EvaluationAction.ProposeReward => Reach(context, rate),
            _ => Miss(context, rate),
        };

    public Refusal? Reach(CommandContext context, SatisfactionRate rate) =>
        Transition(context, EvaluationAction.Reach, rate, change: () => Measure(context, rate));

    public Refusal? Miss(CommandContext context, SatisfactionRate rate) =>
        Transition(context, EvaluationAction.Miss, rate, change: () => Measure(context, rate));

    /// <summary>Too few forms came since the order: nothing follows from them.</summary>
    public Refusal? ShowAgain(CommandContext context, SatisfactionRate rate) =>
        Transition(context, EvaluationAction.ShowAgain, rate, change: () => Measure(context, rate));

    public Refusal? HoldMeeting(CommandContext context, string minutes) =>
        Transition(context, EvaluationAction.HoldMeeting, why: minutes, change: () => Minutes = minutes);

    private void OrderCorrection(CommandContext context, string notice)
    {
        Notice = notice;
        NoticeFrom = context.Today;
        NoticeThrough = context.Today.AddDays(context.Policy.Surveys.NoticeDays);
        DueOn = Deadlines.Due(context.Today, context.Policy.Surveys.CorrectiveDeadline, context.Calendars);
        Raise(
            new CorrectiveOrderIssued(
                Id,
                Version,
                notice,
                Department,
                From,
                To,
                GoalPercent,
                Percent,
                DueOn.Value,
                NoticeThrough.Value,
                context.Today
            )
        );
    }

    private void Measure(CommandContext context, SatisfactionRate rate)
    {
        (RecoveredAgain, PercentAgain) = (rate.Received, rate.Percent);
        Raise(
            new DepartmentMeasuredAgain(
                Id,
                Version,
                Department,
                rate.Received,
                rate.Percent,
                State == EvaluationState.Corrected,
                context.Today,
                State switch
                {
                    EvaluationState.Corrected => "reached",
                    EvaluationState.MeetingDue => "missed",
                    _ => "not-available",
                }
            )
        );
    }
}
