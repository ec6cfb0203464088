using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Domain;

namespace CustomerService.Surveys.Features;

/// <summary>The satisfaction rate of a period and what follows from it (C5.10).</summary>
internal static class ReadSatisfaction
{
    /// <param name="From">First day of the period.</param>
    /// <param name="To">Last day of the period.</param>
    /// <param name="Kind">Kind of survey; null is all.</param>
    /// <param name="Department">Department; null is all.</param>
    /// <param name="PolicyVersion">Policy version that counted: the one in force on the last day.</param>
    /// <param name="SatisfiedFrom">Lowest overall grade that counts as satisfied.</param>
    /// <param name="Total">All together.</param>
    /// <param name="Departments">Each department for itself; forms that judge no department are in the total
    /// only.</param>
    internal sealed record SatisfactionView(
        DateOnly From,
        DateOnly To,
        string? Kind,
        string? Department,
        int PolicyVersion,
        Grade SatisfiedFrom,
        Figures Total,
        IReadOnlyList<DepartmentFigures> Departments
    );

    internal sealed record DepartmentFigures(string Department, Figures Figures);

    /// <param name="Sent">Forms sent in the period.</param>
    /// <param name="Recovered">Forms recovered in the period, whenever they were sent.</param>
    /// <param name="Satisfied">Of these, forms with an overall grade that counts as satisfied.</param>
    /// <param name="Available">False when no form was recovered.</param>
    /// <param name="Rate">Satisfied ÷ recovered, percent, one decimal; null (never 0) when not available.</param>
    /// <param name="RecoveryRate">Recovered ÷ sent, percent, one decimal; null when none was sent.</param>
    /// <param name="Overall">Forms by overall grade.</param>
    /// <param name="Goal">How it compares with the goal.</param>
    internal sealed record Figures(
        int Sent,
        int Recovered,
        int Satisfied,
        bool Available,
        decimal? Rate,
        decimal? RecoveryRate,
        IReadOnlyDictionary<string, int> Overall,
        GoalView Goal
    );

    /// <param name="Percent">The goal.</param>
    /// <param name="Outcome"><c>reward</c>, <c>corrective-order</c> or <c>not-available</c>.</param>
    /// <param name="Measures">What follows: <c>reward</c>; or <c>corrective-order</c>, <c>public-criticism</c>
    /// and <c>deadline</c>; or nothing.</param>
    /// <param name="Deadline">Last day for the correction, counted from the last day of the period by the
    /// policy; null when none is set.</param>
    internal sealed record GoalView(
        decimal Percent,
        GoalOutcome Outcome,
        IReadOnlyList<string> Measures,
        DateOnly? Deadline
    );

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/satisfaction", Handle)
            .WithSummary("Satisfaction rate and goal")
            .WithDescription(
                "Rule C5.10. Satisfaction = forms with an overall grade of at least fairly-satisfied ÷ forms recovered × 100 %, for a period (from, to; inclusive, required), all together and by department; "
                    + "kind (A to D) and department narrow it. With no form recovered it is not available, never 0 %. goal in percent, by default the policy's: reached means reward, "
                    + "missed means corrective order, public criticism and a deadline. Staff and report readers."
            )
            .Produces<SatisfactionView>()
            .ProducesProblem(StatusCodes.Status400BadRequest, Problems.ContentType)
            .ProducesProblem(StatusCodes.Status403Forbidden, Problems.ContentType);

    private static async Task<IResult> Handle(
        HttpContext context,
        ISurveyStore store,
        Caller caller,
        PolicyCatalogue policies,
        DateOnly? from,
        DateOnly? to,
        string? kind,
        string? department,
        decimal? goal,
        CancellationToken cancellationToken
    )
    {
        if (caller.Actor.MayCount() is { } forbidden)
        {
            return Problems.Result(context, forbidden);
        }

        if (from is not { Year: >= 2000 and <= 2100 } first)
        {
            return Problems.Result(context, Filters.Bad("from"));
        }

        if (to is not { Year: <= 2100 } last || last < first)
        {
            return Problems.Result(context, Filters.Bad("to"));
        }

        if (!Filters.TryKind(kind, out var survey))
        {
            return Problems.Result(context, Filters.Bad("kind"));
        }

        if (goal is < 0 or > 100)
        {
            return Problems.Result(context, Filters.Bad("goal"));
        }

        var filter = new TallyFilter(first, last, survey, string.IsNullOrEmpty(department) ? null : department);
        var sent = await store.CountSentAsync(filter, cancellationToken);
        var recovered = await store.CountRecoveredAsync(filter, cancellationToken);
        var policy = policies.At(last);
        var percent = goal ?? policy.Surveys.GoalPercent;
        var deadline = Deadlines.Due(last, policy.Surveys.CorrectiveDeadline, policies.Calendars);

        var departments = sent.Select(s => s.Department)
            .Concat(recovered.Select(r => r.Department))
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(d => new DepartmentFigures(
                d,
                Count(
                    sent.Where(s => s.Department == d),
                    recovered.Where(r => r.Department == d),
                    policy.Surveys,
                    percent,
                    deadline
                )
            ))
            .ToList();
        return Results.Json(
            new SatisfactionView(
                first,
                last,
                survey?.ToString(),
                filter.Department,
                policy.Version,
                policy.Surveys.SatisfiedFrom,
                Count(sent, recovered, policy.Surveys, percent, deadline),
                departments
            ),
            Json.Options
        );
    }

    // 70 is written 70.0: the figure says how exact it is.
    private static decimal? OneDecimal(decimal? percent) => percent + 0.0m;

    private static Figures Count(
        IEnumerable<SentTally> sent,
        IEnumerable<RecoveredTally> recovered,
        SurveyPolicy policy,
        decimal goal,
        DateOnly deadline
    )
    {
        var tallies = recovered.ToList();
        var out_ = sent.Sum(s => s.Count);
        var rate = Satisfaction.Rate(tallies.SelectMany(t => Enumerable.Repeat(t.Overall, t.Count)), policy);
        var outcome = rate.Against(goal);
        return new(
            out_,
            rate.Recovered,
            rate.Satisfied,
            rate.Recovered > 0,
            OneDecimal(rate.Percent),
            out_ == 0 ? null : OneDecimal(Math.Round(100m * rate.Recovered / out_, 1, MidpointRounding.AwayFromZero)),
            Enum.GetValues<Grade>()
                .Reverse()
                .ToDictionary(SurveyForm.CodeOf, grade => tallies.Where(t => t.Overall == grade).Sum(t => t.Count)),
            new GoalView(
                goal,
                outcome,
                outcome switch
                {
                    GoalOutcome.Reward => ["reward"],
                    GoalOutcome.CorrectiveOrder => ["corrective-order", "public-criticism", "deadline"],
                    _ => [],
                },
                outcome == GoalOutcome.CorrectiveOrder ? deadline : null
            )
        );
    }
}
