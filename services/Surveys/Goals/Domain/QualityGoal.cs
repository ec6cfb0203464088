using CustomerService.Rules;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Goals.Domain;

/// <summary>The quality goal of a department, from a day on (C5.10).</summary>
internal sealed class QualityGoal : Aggregate
{
    /// <summary>More goals than that no department ever had.</summary>
    public const int Most = 500;

    private QualityGoal() { }

    public override string Kind => "quality-goal";

    public string Department { get; private set; } = "";

    public decimal Percent { get; private set; }

    public DateOnly EffectiveFrom { get; private set; }

    public Stamp SetBy { get; private set; } = null!;

    public static Result<QualityGoal> Set(
        CommandContext context,
        string department,
        decimal percent,
        DateOnly effectiveFrom
    )
    {
        if (!context.Actor.HasAny([Roles.GeneralManager, Roles.DeputyGeneralManager]))
        {
            return new Refusal(
                RefusalKind.Forbidden,
                "role-missing",
                "C5.10",
                ["role"],
                [Roles.GeneralManager, Roles.DeputyGeneralManager]
            );
        }

        // A goal that is set after the fact would decide about what has happened.
        if (effectiveFrom < context.Today)
        {
            return Refusal.ByRule("effective-in-past", "C5.10", ["effective-date"], [Roles.GeneralManager]);
        }

        var goal = new QualityGoal
        {
            Id = Guid.CreateVersion7(context.Now),
            Department = department,
            Percent = percent,
            EffectiveFrom = effectiveFrom,
            SetBy = Stamp.Of(context),
        };
        goal.Record(context, "set", null, "set", null);
        return goal;
    }

    /// <summary>The goal of a period: the one that held on its last day, else the policy's.</summary>
    public static decimal On(IEnumerable<QualityGoal> goals, DateOnly day, SurveyPolicy policy) =>
        goals
            .Where(g => g.EffectiveFrom <= day)
            .OrderBy(g => g.EffectiveFrom)
            .ThenBy(g => g.Id)
            .LastOrDefault()
            ?.Percent
        ?? policy.GoalPercent;
}
