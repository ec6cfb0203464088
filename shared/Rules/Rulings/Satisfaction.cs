namespace CustomerService.Rules;

/// <summary>What follows from a department's satisfaction rate (C5.10).</summary>
public enum GoalOutcome
{
    /// <summary>No form was received: nothing can be said, and nothing follows.</summary>
    NotAvailable,

    /// <summary>The goal is reached: a reward.</summary>
    Reward,

    /// <summary>Below the goal: a corrective order, public criticism and a deadline.</summary>
    CorrectiveOrder,
}

/// <summary>A satisfaction rate with what it was made from.</summary>
/// <param name="Received">Forms received.</param>
/// <param name="Satisfied">Of these, forms whose overall grade counts as satisfied.</param>
public sealed record SatisfactionRate(int Received, int Satisfied)
{
    /// <summary>Percent, one decimal, half up; null (never 0) where no form was received.</summary>
    public decimal? Percent =>
        Received == 0 ? null : Math.Round(100m * Satisfied / Received, 1, MidpointRounding.AwayFromZero);

    /// <summary>What follows for a goal in percent. Compared exactly, so that rounding never decides about a
    /// reward.</summary>
    public GoalOutcome Against(decimal goalPercent) =>
        Received == 0 ? GoalOutcome.NotAvailable
        : 100m * Satisfied >= goalPercent * Received ? GoalOutcome.Reward
        : GoalOutcome.CorrectiveOrder;
}

/// <summary>The satisfaction rate (C5.10) and what single grades trigger (C5.9).</summary>
public static class Satisfaction
{
    /// <summary>Forms with an overall grade that counts as satisfied ÷ forms received.</summary>
    /// <param name="overall">Overall grades of the received forms.</param>
    /// <param name="policy">From which grade on it counts.</param>
    public static SatisfactionRate Rate(IEnumerable<Grade> overall, SurveyPolicy policy)
    {
        var (received, satisfied) = (0, 0);
        foreach (var grade in overall)
        {
            received++;
            satisfied += grade >= policy.SatisfiedFrom ? 1 : 0;
        }

        return new(received, satisfied);
    }

    /// <summary>Whether a form enters the complaint procedure: any item so bad, once a form (C5.9).</summary>
    public static bool MakesComplaint(IEnumerable<Grade> items, SurveyPolicy policy) =>
        items.Any(grade => grade <= policy.ComplaintThrough);

    /// <summary>Whether a form warns without entering the complaint procedure (C5.9).</summary>
    public static bool OnlyWarns(IReadOnlyCollection<Grade> items, SurveyPolicy policy) =>
        !MakesComplaint(items, policy) && items.Any(grade => grade <= policy.WarnThrough);
}
