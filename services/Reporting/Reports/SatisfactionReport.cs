using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Reports;

/// <summary>The satisfaction rate and what follows from it, rule C5.10.</summary>
internal static class SatisfactionReport
{
    /// <param name="Sent">Forms sent in the period; where a department is asked for, those that judge it.</param>
    /// <param name="Received">Forms received in the period.</param>
    /// <param name="Satisfied">Of these, overall at least 基本滿意.</param>
    /// <param name="Percent">The rate with one decimal; null (not available, never 0) when none was
    /// received.</param>
    /// <param name="Goal">Quality goal in percent: the one given, else the policy's.</param>
    /// <param name="Outcome"><c>reward</c>, <c>corrective-order</c> or <c>not-available</c>.</param>
    /// <param name="ByGrade">Received, by overall grade.</param>
    /// <param name="Dissatisfied">Forms that entered the complaint procedure, rule C5.9.</param>
    /// <param name="Items">Worst items first: how often each was graded 不太滿意 or 不滿意.</param>
    /// <param name="DataAsOf">When the last event happened that is in it, UTC.</param>
    internal sealed record Figures(
        DateOnly From,
        DateOnly To,
        int Sent,
        int Received,
        int Satisfied,
        decimal? Percent,
        decimal Goal,
        GoalOutcome Outcome,
        IReadOnlyList<Breakdown> ByGrade,
        int Dissatisfied,
        IReadOnlyList<Breakdown> Items,
        DateTimeOffset DataAsOf
    );

    internal sealed record Query
    {
        /// <summary>First day of receipt.</summary>
        public Day? From { get; init; }

        /// <summary>Last day of receipt.</summary>
        public Day? To { get; init; }

        /// <summary>Population of C5.8.2: A, B, C or D.</summary>
        public string? Kind { get; init; }

        /// <summary>Department that the forms judge.</summary>
        public TextFilter? Department { get; init; }

        /// <summary>Quality goal in percent, 0 to 100; default the policy's.</summary>
        public decimal? Goal { get; init; }
    }

    /// <summary>What it is made of; who may not have all of it is not given a part.</summary>
    private static readonly string[] MadeOf =
    [
        "surveys-received",
        "survey-items-graded",
        "surveys-sent",
        "surveys-dissatisfied",
    ];

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/reports/satisfaction", Handle)
            .AsQuery()
            .WithSummary("Satisfaction rate of a period")
            .WithDescription(
                "Rules C5.9 and C5.10. Without anonymous forms, which Surveys counts. 400 `bad-period`, `bad-filter`."
            )
            .Produces<Figures>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ReportFigures figures,
        RowScope scope,
        Freshness freshness,
        PolicyCatalogue policies,
        CancellationToken cancellation
    )
    {
        if (scope.Refuse(MadeOf) is { } notYours)
        {
            return notYours;
        }

        if (Period.OfDays(query.From, query.To).Failed(out var refusal, out var period))
        {
            return refusal;
        }

        // An empty one asks for all kinds, as in the lists of Surveys.
        var kind = string.IsNullOrEmpty(query.Kind) ? null : query.Kind;
        if (kind is not (null or "A" or "B" or "C" or "D"))
        {
            return PageQuery.BadFilter("kind", "A", "B", "C", "D");
        }

        if (query.Goal is < 0 or > 100)
        {
            return PageQuery.BadFilter("goal", "0–100");
        }

        var policy = policies.InForceOn(period.To).Surveys;
        var words = new Dictionary<string, string>();
        if (kind is not null)
        {
            words["survey"] = kind;
        }

        if (query.Department is { } department)
        {
            words["department"] = department.Value;
        }

        var asked = new FigureFilter(period, words);
        var asOf = await freshness.AsOfAsync(cancellation);
        var received = (await figures.ReadAsync("surveys-received", asked, cancellation, "grade")).By("grade");
        var graded = received.Where(g => g.Keys[0] != FigureDimension.Unknown).ToList();
        var rate = new SatisfactionRate(
            graded.Sum(g => g.Cases),
            graded.Where(g => GradeOf(g.Keys[0]) >= policy.SatisfiedFrom).Sum(g => g.Cases)
        );
        var items = (await figures.ReadAsync("survey-items-graded", asked, cancellation, "item,grade")).By(
            "item",
            "grade"
        );
        var wanted = query.Goal ?? policy.GoalPercent;
        return QueryResult.Of(
            new Figures(
                period.From,
                period.To,
                await figures.CasesAsync("surveys-sent", asked, cancellation),
                rate.Received,
                rate.Satisfied,
                rate.Percent,
                wanted,
                rate.Against(wanted),
                Breakdown.Of(received),
                await figures.CasesAsync("surveys-dissatisfied", asked, cancellation),
                Breakdown.Of(
                    items
                        .Where(g => GradeOf(g.Keys[1]) <= policy.WarnThrough)
                        .GroupBy(g => g.Keys[0], StringComparer.Ordinal)
                        .Select(g => new FigureTotals([g.Key], g.Sum(i => i.Cases), 0))
                ),
                asOf
            )
        );
    }

    private static Grade GradeOf(string text) =>
        Spelling.FromKebab<Grade>(text) ?? throw new InvalidOperationException($"There is no grade '{text}'.");
}
