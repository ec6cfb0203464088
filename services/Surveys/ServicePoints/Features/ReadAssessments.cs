using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Analysis;
using CustomerService.Surveys.Analysis.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.ServicePoints.Domain;
using CustomerService.Surveys.Sheets;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.ServicePoints.Features;

/// <summary>Assessments, their trend, and service points beside each other (T1 to T3).</summary>
internal static class ReadAssessments
{
    private const int Most = 1000;
    private static readonly string[] Elements = ["T1", "T2", "T3"];
    private static readonly string[] Loyalty = ["E.return", "E.recommend"];

    internal sealed record Query : PageQuery
    {
        /// <summary>The service point.</summary>
        public Guid? PointId { get; init; }

        /// <summary>States, joined by commas.</summary>
        public EnumFilter<AssessmentState>? State { get; init; }
    }

    internal sealed record CompareQuery
    {
        /// <summary>First day; by default a year ago.</summary>
        public Day? From { get; init; }

        /// <summary>Last day; by default today.</summary>
        public Day? To { get; init; }
    }

    /// <param name="HeldOn">Day of the assessment.</param>
    /// <param name="Percent">Weighted score in percent.</param>
    internal sealed record TrendPoint(DateOnly HeldOn, decimal Percent);

    /// <summary>A service point among the others.</summary>
    internal sealed record OfPoint
    {
        public required Guid PointId { get; init; }

        public required string Name { get; init; }

        /// <summary>Assessments in the period.</summary>
        public required int Assessments { get; init; }

        /// <summary>Their mean score in percent.</summary>
        public required decimal Percent { get; init; }

        /// <summary>Mean score of people, hardware and software, in percent, by T1, T2, T3.</summary>
        public required IReadOnlyDictionary<string, decimal> Elements { get; init; }

        /// <summary>How it developed, oldest first.</summary>
        public required IReadOnlyList<TrendPoint> Trend { get; init; }

        /// <summary>Failed items that are not verified as corrected.</summary>
        public required int OpenCorrections { get; init; }
    }

    /// <param name="From">First day.</param>
    /// <param name="To">Last day.</param>
    /// <param name="Points">The best first.</param>
    /// <param name="CustomersOnService">Customers' grades in dimension E, all items together.</param>
    /// <param name="ComeAgain">Customers who would come again.</param>
    /// <param name="Recommend">Customers who would recommend.</param>
    internal sealed record Comparison(
        DateOnly From,
        DateOnly To,
        IReadOnlyList<OfPoint> Points,
        Tally CustomersOnService,
        Tally ComeAgain,
        Tally Recommend
    );

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/assessments", ListAsync)
            .AsQuery()
            .WithName("ListAssessments")
            .WithSummary("Assessments, newest first")
            .WithDescription("Rules T1 to T3. For staff.")
            .Produces<Page<AssessmentView>>();
        routes
            .MapGet("/assessments/{id:guid}", GetAsync)
            .AsQuery()
            .WithName("GetAssessment")
            .WithSummary("An assessment")
            .WithDescription("Rules T1 to T3. For staff; of a mystery visit the site does not learn who came.")
            .Produces<AssessmentView>();
        routes
            .MapGet("/service-quality", ComparedAsync)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName("CompareServicePoints")
            .WithSummary("Service points beside each other, and what customers say")
            .WithDescription(
                "Rules T1 to T3: mean scores and trends of the period, beside customers' grades of service and whether they "
                    + "would come again and recommend. 400 bad-period."
            )
            .Produces<Comparison>();
        routes.MapSheet<CompareQuery>(
            "/service-quality",
            "ServiceQuality",
            "Service points beside each other, and what customers say",
            "Rules T1 to T3. 400 bad-period.",
            FillComparisonAsync
        );
    }

    private static async Task<Result<TableSheet>?> FillComparisonAsync(
        CompareQuery query,
        IServiceProvider services,
        FormTexts texts,
        CancellationToken cancellation
    )
    {
        if ((await CompareAsync(query, services, cancellation)).Failed(out var refusal, out var read))
        {
            return refusal;
        }

        return new TableSheet(
            "service-quality",
            texts.Say("sheet.service-quality"),
            $"{FormTexts.Day(read.From)}–{FormTexts.Day(read.To)}",
            0,
            [
                new(
                    "points",
                    texts.Say("sheet.points-compared"),
                    [
                        texts.Column("point", 4),
                        texts.Column("assessments", 2),
                        texts.Column("percent", 2),
                        .. Elements.Select(e => new SheetColumn(e, texts.Say("element." + e), 2)),
                        texts.Column("open-corrections", 2),
                    ],
                    [
                        .. read.Points.Select(p =>
                            (IReadOnlyList<object?>)
                                [
                                    p.Name,
                                    p.Assessments,
                                    p.Percent,
                                    .. Elements.Select(e => (object?)p.Elements[e]),
                                    p.OpenCorrections,
                                ]
                        ),
                    ]
                ),
                new(
                    "trend",
                    texts.Say("sheet.by-day"),
                    [texts.Column("point", 4), texts.Column("held-on", 2), texts.Column("percent", 2)],
                    [
                        .. read.Points.SelectMany(p =>
                            p.Trend.Select(t => (IReadOnlyList<object?>)[p.Name, t.HeldOn, t.Percent])
                        ),
                    ]
                ),
                new(
                    "customers",
                    texts.Say("sheet.customers"),
                    [
                        texts.Column("name", 4),
                        texts.Column("grades", 2),
                        texts.Column("satisfied", 2),
                        texts.Column("percent", 2),
                    ],
                    [
                        Row("dimension.E", read.CustomersOnService),
                        Row("item.E.return", read.ComeAgain),
                        Row("item.E.recommend", read.Recommend),
                    ]
                ),
            ]
        );

        IReadOnlyList<object?> Row(string key, Tally figures) =>
            [texts.Say(key), figures.Recovered, figures.Satisfied, figures.Percent];
    }

    private static Task<QueryResult> ListAsync(
        [AsParameters] Query query,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        AssessmentAccess
            .VisibleTo(caller.Actor)
            .Where(a => a.PointId, query.PointId)
            .In(a => a.State, query.State?.Values)
            .ToPageAsync(store, query, a => AssessmentView.From(a, caller), cancellation);

    private static Task<QueryResult> GetAsync(
        Guid id,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ReadAsync(store, AssessmentAccess.VisibleTo(caller.Actor), id, AssessmentView.From, cancellation);

    private static async Task<QueryResult> ComparedAsync(
        [AsParameters] CompareQuery query,
        IServiceProvider services,
        CancellationToken cancellation
    ) =>
        (await CompareAsync(query, services, cancellation)).Failed(out var refusal, out var read)
            ? refusal
            : QueryResult.Of(read);

    internal static async Task<Result<Comparison>> CompareAsync(
        CompareQuery query,
        IServiceProvider services,
        CancellationToken cancellation
    )
    {
        var store = services.GetRequiredService<IDocumentStore>();
        var caller = services.GetRequiredService<Caller>();
        var forms = services.GetRequiredService<RecoveredForms>();
        var policies = services.GetRequiredService<PolicyCatalogue>();
        if (
            SurveyPeriod
                .OfTwelveMonths(query.From, query.To, caller.Today, "T1")
                .Failed(out var refusal, out var period)
        )
        {
            return refusal;
        }

        var (from, to) = period;

        var held = await store.ListAsync(
            DocumentQuery<Assessment>.All.Between(a => a.HeldOn, from, to),
            null,
            Most,
            cancellation
        );
        var policy = policies.InForceOn(to).Surveys;
        var grades = (await forms.ItemsAsync(new(from, to), policy, null, cancellation)).ToLookup(
            grade =>
                Loyalty.Contains(grade.Item) ? grade.Item
                : grade.Item.StartsWith("E.", StringComparison.Ordinal) ? "E"
                : "",
            StringComparer.Ordinal
        );
        Tally Of(string key) =>
            Tally.Of(grades[key].GroupBy(g => g.Grade).ToDictionary(g => g.Key, g => g.Sum(one => one.Count)), policy);
        return new Comparison(
            from,
            to,
            [
                .. held.GroupBy(a => a.PointId)
                    .Select(PointOf)
                    .OrderByDescending(p => p.Percent)
                    .ThenBy(p => p.Name, StringComparer.Ordinal),
            ],
            Of("E"),
            Of(Loyalty[0]),
            Of(Loyalty[1])
        );
    }

    private static OfPoint PointOf(IGrouping<Guid, Assessment> point)
    {
        var all = point.OrderBy(a => a.HeldOn).ThenBy(a => a.Id).ToList();
        return new()
        {
            PointId = point.Key,
            Name = all[^1].PointName,
            Assessments = all.Count,
            Percent = Mean(all.Select(a => a.Percent!.Value)),
            Elements = ReadAssessments.Elements.ToDictionary(
                element => element,
                element =>
                    Mean(
                        all.Select(a =>
                            Assessment.PercentOf(
                                a.Catalogue,
                                [.. a.Scores.Where(s => s.Item.StartsWith(element + ".", StringComparison.Ordinal))]
                            )
                        )
                    )
            ),
            Trend = [.. all.Select(a => new TrendPoint(a.HeldOn!.Value, a.Percent!.Value))],
            OpenCorrections = all.Sum(a => a.Corrections.Count(c => c.VerifiedBy is null)),
        };
    }

    private static decimal Mean(IEnumerable<decimal> values) =>
        Math.Round(values.Average(), 1, MidpointRounding.AwayFromZero);
}
