using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Analysis.Domain;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Analysis.Features;

/// <summary>Items and dimensions of a period, and the comparison with other companies (C5.8.1 B). Items are comparable
/// over the versions of the questionnaire by their code.</summary>
internal static class CompareItems
{
    internal sealed record Query
    {
        /// <summary>First day of receipt; by default the first of the year.</summary>
        public Day? From { get; init; }

        /// <summary>Last day of receipt; by default today.</summary>
        public Day? To { get; init; }

        /// <summary>Population, A to D.</summary>
        public KindFilter? Kind { get; init; }

        /// <summary>Model of the product.</summary>
        public TextFilter? Product { get; init; }
    }

    /// <param name="Item">Its code.</param>
    /// <param name="Text">Its words in the caller's language.</param>
    /// <param name="Figures">Its grades.</param>
    internal sealed record OfItem(string Item, string Text, Tally Figures);

    /// <param name="Dimension">A to F.</param>
    /// <param name="Percent">Grades of at least 基本滿意 ÷ grades × 100 %, weighted by item; null where none was
    /// given.</param>
    /// <param name="Items">Its items.</param>
    internal sealed record OfDimension(string Dimension, decimal? Percent, IReadOnlyList<OfItem> Items);

    /// <param name="Competitor">The company.</param>
    /// <param name="Forms">Forms that name it.</param>
    /// <param name="Items">Items of dimension D.</param>
    internal sealed record OfCompetitor(string Competitor, int Forms, IReadOnlyList<OfItem> Items);

    /// <param name="Dimensions">A to F.</param>
    /// <param name="Competitors">Those that were named most often first.</param>
    internal sealed record Comparison(
        DateOnly From,
        DateOnly To,
        IReadOnlyList<OfDimension> Dimensions,
        IReadOnlyList<OfCompetitor> Competitors
    );

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/satisfaction/items", Handle)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("Dimensions, items and competitors of a period")
            .WithDescription(
                "Rules C5.8.1 B and C5.8.3. Versions of the questionnaire are compared by items of the same code. 400 "
                    + "bad-period."
            )
            .Produces<Comparison>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        RecoveredForms forms,
        QuestionnaireVersions questionnaires,
        Caller caller,
        PolicyCatalogue policies,
        CancellationToken cancellation
    )
    {
        if (SurveyPeriod.OfYear(query.From, query.To, caller.Today, "C5.10").Failed(out var refusal, out var period))
        {
            return refusal;
        }

        var (from, to) = period;

        var policy = policies.InForceOn(to).Surveys;
        var items = new ItemGrades();
        var rivals = new Dictionary<string, (string Name, int Forms, ItemGrades Grades)>(StringComparer.Ordinal);
        var filter = new FormFilter(from, to) { Kind = query.Kind?.Value, Product = query.Product?.Value };
        await foreach (var response in forms.ReadAsync(filter, cancellation))
        {
            items.Add(response.Items);
            if (response.Competitor is { } competitor)
            {
                var key = TextFolding.Key(competitor);
                (string Name, int Forms, ItemGrades Grades) rival = rivals.GetValueOrDefault(
                    key,
                    (competitor, 0, new ItemGrades())
                );
                rival.Grades.Add(response.Items.Where(i => IsOf(i.Item, Questionnaire.Comparison)));
                rivals[key] = (rival.Name, rival.Forms + 1, rival.Grades);
            }
        }

        var versions = await questionnaires.AllAsync(cancellation);
        OfItem Item(string code, IReadOnlyDictionary<Grade, int> grades) =>
            new(code, NameOf(versions, code), Tally.Of(grades, policy));
        IReadOnlyList<OfItem> Items(ItemGrades grades) =>
            [
                .. grades
                    .All.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => Item(pair.Key, pair.Value)),
            ];
        var each = Items(items);
        return QueryResult.Of(
            new Comparison(
                from,
                to,
                [
                    .. EditionContent.Dimensions.Select(d =>
                    {
                        IReadOnlyList<OfItem> own = [.. each.Where(item => IsOf(item.Item, d))];
                        return new OfDimension(d, Weighted(own, versions), own);
                    }),
                ],
                [
                    .. rivals
                        .Values.OrderByDescending(rival => rival.Forms)
                        .ThenBy(rival => rival.Name, StringComparer.Ordinal)
                        .Select(rival => new OfCompetitor(rival.Name, rival.Forms, Items(rival.Grades))),
                ]
            )
        );
    }

    private static decimal? Weighted(IReadOnlyList<OfItem> items, IReadOnlyList<Questionnaire> versions)
    {
        var graded = items.Where(item => item.Figures.Recovered > 0).ToList();
        var weights = graded.Sum(item => WeightOf(versions, item.Item));
        return weights == 0
            ? null
            : Math.Round(
                graded.Sum(item =>
                    100m * WeightOf(versions, item.Item) * item.Figures.Satisfied / item.Figures.Recovered
                ) / weights,
                1,
                MidpointRounding.AwayFromZero
            );
    }

    private static int WeightOf(IReadOnlyList<Questionnaire> versions, string item) =>
        versions.LastOrDefault(v => v.Items?.ContainsKey(item) == true)?.DetailOf(item).Weight ?? 1;

    private static string NameOf(IReadOnlyList<Questionnaire> versions, string item) =>
        ItemNames
            .Of(versions.LastOrDefault(v => v.Items?.ContainsKey(item) == true) ?? versions[0], item)
            .In(System.Globalization.CultureInfo.CurrentUICulture.Name);

    private static bool IsOf(string item, string dimension) =>
        item.StartsWith(dimension + ".", StringComparison.Ordinal);

    /// <summary>Grades by item.</summary>
    private sealed class ItemGrades
    {
        private readonly Dictionary<string, IReadOnlyDictionary<Grade, int>> _all = new(StringComparer.Ordinal);

        public IReadOnlyDictionary<string, IReadOnlyDictionary<Grade, int>> All => _all;

        public void Add(IEnumerable<GradedAnswer> answers)
        {
            foreach (var answer in answers)
            {
                if (!_all.TryGetValue(answer.Item, out var grades))
                {
                    _all[answer.Item] = grades = new Dictionary<Grade, int>();
                }

                var counts = (Dictionary<Grade, int>)grades;
                counts[answer.Grade] = counts.GetValueOrDefault(answer.Grade) + 1;
            }
        }
    }
}
