using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Analysis.Domain;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Sheets;

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

        /// <summary>Code of the department: of the forms that count for it the items that judge it, all of a form that names
        /// it.</summary>
        public TextFilter? Department { get; init; }

        /// <summary>The campaign.</summary>
        public Guid? CampaignId { get; init; }
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

    internal static void Map(IEndpointRouteBuilder routes)
    {
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
        routes.MapSheet<Query>(
            "/satisfaction/items",
            "SatisfactionItems",
            "Dimensions, items and competitors of a period",
            "Rules C5.8.1 B and C5.8.3. 400 bad-period.",
            FillAsync
        );
    }

    private static async Task<Result<TableSheet>?> FillAsync(
        Query query,
        IServiceProvider services,
        FormTexts texts,
        CancellationToken cancellation
    ) =>
        (await ReadAsync(query, services, texts.Language, cancellation)).Failed(out var refusal, out var read)
            ? refusal
            : Fill(read, texts);

    private static TableSheet Fill(Comparison read, FormTexts texts)
    {
        SheetTable Table(string key, string heading, IReadOnlyList<OfItem> items) =>
            new(
                key,
                heading,
                [
                    texts.Column("item", 5),
                    texts.Column("grades", 2),
                    texts.Column("satisfied", 2),
                    texts.Column("percent", 2),
                    .. Spelling.WordsOf<Grade>().Reverse().Select(g => new SheetColumn(g, texts.Say("grade." + g), 2)),
                ],
                [
                    .. items.Select(item =>
                        (IReadOnlyList<object?>)
                            [
                                item.Text,
                                item.Figures.Recovered,
                                item.Figures.Satisfied,
                                item.Figures.Percent,
                                .. item.Figures.Distribution.Select(g => (object?)g.Count),
                            ]
                    ),
                ]
            );
        return new(
            "items",
            texts.Say("sheet.items"),
            $"{FormTexts.Day(read.From)}–{FormTexts.Day(read.To)}",
            0,
            [
                .. read.Dimensions.Select(d =>
                    Table(
                        d.Dimension,
                        string.Join(
                            "  ",
                            new[]
                            {
                                $"{d.Dimension} {texts.Say("dimension." + d.Dimension)}",
                                d.Percent is { } percent ? FormattableString.Invariant($"{percent:0.0} %") : null,
                            }.OfType<string>()
                        ),
                        d.Items
                    )
                ),
                .. read.Competitors.Select(c =>
                    Table(
                        "competitor",
                        texts.Say("sheet.competitor", ("name", c.Competitor), ("forms", c.Forms)),
                        c.Items
                    )
                ),
            ]
        );
    }

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        IServiceProvider services,
        CancellationToken cancellation
    ) =>
        (await ReadAsync(query, services, System.Globalization.CultureInfo.CurrentUICulture, cancellation)).Failed(
            out var refusal,
            out var read
        )
            ? refusal
            : QueryResult.Of(read);

    internal static async Task<Result<Comparison>> ReadAsync(
        Query query,
        IServiceProvider services,
        System.Globalization.CultureInfo language,
        CancellationToken cancellation
    )
    {
        var caller = services.GetRequiredService<Caller>();
        var forms = services.GetRequiredService<RecoveredForms>();
        if (SurveyPeriod.OfYear(query.From, query.To, caller.Today, "C5.10").Failed(out var refusal, out var period))
        {
            return refusal;
        }

        var (from, to) = period;
        var policy = services.GetRequiredService<PolicyCatalogue>().InForceOn(to).Surveys;
        var filter = new FormFilter(from, to)
        {
            Kind = query.Kind?.Value,
            Product = query.Product?.Value,
            CampaignId = query.CampaignId,
        };
        var versions = await services.GetRequiredService<QuestionnaireVersions>().AllAsync(cancellation);
        var own = query.Department?.Value is { } department ? new DepartmentItems(department, versions) : null;
        var grades = await forms.ItemsAsync(filter, policy, own, cancellation);
        var named = await forms.CompetitorsAsync(filter, policy, own, cancellation);
        IReadOnlyList<OfItem> Items(IEnumerable<ItemGrade> of) =>
            [
                .. of.GroupBy(grade => grade.Item, StringComparer.Ordinal)
                    .OrderBy(same => same.Key, StringComparer.Ordinal)
                    .Select(same => new OfItem(
                        same.Key,
                        NameOf(versions, same.Key, language.Name),
                        Tally.Of(
                            same.GroupBy(g => g.Grade).ToDictionary(g => g.Key, g => g.Sum(one => one.Count)),
                            policy
                        )
                    )),
            ];
        var each = Items(grades);
        return new Comparison(
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
                // However a customer spells its name, it is one company.
                .. named
                    .GroupBy(rival => TextFolding.Key(rival.Competitor), StringComparer.Ordinal)
                    .Select(same => new OfCompetitor(
                        same.OrderByDescending(rival => rival.Forms).First().Competitor,
                        same.Sum(rival => rival.Forms),
                        Items(
                            grades.Where(g =>
                                g.Competitor is { } rival
                                && TextFolding.Key(rival) == same.Key
                                && IsOf(g.Item, Questionnaire.Comparison)
                            )
                        )
                    ))
                    .OrderByDescending(rival => rival.Forms)
                    .ThenBy(rival => rival.Competitor, StringComparer.Ordinal),
            ]
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

    private static string NameOf(IReadOnlyList<Questionnaire> versions, string item, string language) =>
        ItemNames.Of(versions.LastOrDefault(v => v.Items?.ContainsKey(item) == true) ?? versions[0], item).In(language);

    private static bool IsOf(string item, string dimension) =>
        item.StartsWith(dimension + ".", StringComparison.Ordinal);
}
