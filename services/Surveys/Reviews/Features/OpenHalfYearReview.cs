using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Analysis;
using CustomerService.Surveys.Analysis.Domain;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Reviews.Domain;
using CustomerService.Surveys.ServicePoints.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.Reviews.Features;

/// <summary>Opens the review of a half-year with its figures (C5.8.1 D).</summary>
internal static class OpenHalfYearReview
{
    private const int MostAssessments = 1000;

    /// <param name="Year">The year.</param>
    /// <param name="Half">1 for January to June, 2 for July to December.</param>
    internal sealed record Request([property: JsonRequired] int Year, [property: JsonRequired] int Half);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Year).InclusiveBetween(2000, 2999);
            RuleFor(r => r.Half).InclusiveBetween(1, 2);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/half-year-reviews", Handle)
            .AsCommand()
            .WithSummary("Open the review of a half-year")
            .WithDescription(
                "Rule C5.8.1 D. Customer service, the head of quality or the management representative, once the half-year "
                    + "is over. The grades of management, product quality and after-sales are frozen, beside those of the "
                    + "half-year before. 409 already-reviewed, period-not-over."
            )
            .WithExample(new Request(2026, 1))
            .Produces<HalfYearReviewView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        IDocumentStore store,
        Caller caller,
        RecoveredForms forms,
        QuestionnaireVersions questionnaires,
        CancellationToken cancellation
    )
    {
        var period = new HalfYear(body.Year, body.Half);
        var key = HalfYearReview.NumberOf(period);
        if (await store.AnyAsync(DocumentQuery<HalfYearReview>.All.Where(r => r.Key, key), cancellation))
        {
            return Refusal.ByRule("already-reviewed", "C5.8.1", ["other-period"], HalfYearReviewFlow.Openers);
        }

        var context = caller.Context();
        var policy = context.Policy.Surveys;
        var now = await OfAsync(period, store, forms, policy, cancellation);
        var before = await OfAsync(period.Before, store, forms, policy, cancellation);
        var versions = await questionnaires.AllAsync(cancellation);
        return caller.Create(
            store.Add,
            "half-year-reviews",
            HalfYearReview.Open(context, period, Figures(now, before, versions, policy)),
            HalfYearReviewView.From
        );
    }

    private static async Task<Counted> OfAsync(
        HalfYear period,
        IDocumentStore store,
        RecoveredForms forms,
        SurveyPolicy policy,
        CancellationToken cancellation
    )
    {
        var filter = new FormFilter(period.From, period.To);
        var held = await store.ListAsync(
            DocumentQuery<Assessment>.All.Between(a => a.HeldOn, period.From, period.To),
            null,
            MostAssessments,
            cancellation
        );
        return new(
            Tally.Of(await forms.CountAsync(filter, policy, cancellation), policy),
            await forms.ItemsAsync(filter, policy, null, cancellation),
            [.. held.Select(a => a.Percent).OfType<decimal>()]
        );
    }

    private static ReviewFigures Figures(
        Counted now,
        Counted before,
        IReadOnlyList<Questionnaire> versions,
        SurveyPolicy policy
    ) =>
        new(
            now.Overall,
            before.Overall.Percent,
            policy.GoalPercent,
            [
                .. ReviewChapters.All.Select(chapter =>
                {
                    var own = now.Of(chapter);
                    var last = before.Of(chapter);
                    return new ChapterFigures(
                        chapter,
                        TallyOf(own, policy),
                        TallyOf(last, policy).Percent,
                        [
                            .. own.GroupBy(g => g.Item, StringComparer.Ordinal)
                                .Select(item => new ReviewedItem(
                                    item.Key,
                                    ItemNames.Of(
                                        versions.LastOrDefault(v => v.Items?.ContainsKey(item.Key) == true)
                                            ?? versions[^1],
                                        item.Key
                                    ),
                                    TallyOf(item, policy),
                                    TallyOf(last.Where(g => g.Item == item.Key), policy).Percent
                                ))
                                .OrderBy(item => item.Figures.Percent)
                                .ThenBy(item => item.Item, StringComparer.Ordinal),
                        ]
                    );
                }),
            ],
            now.Points.Count,
            now.Points.Count == 0 ? null : Math.Round(now.Points.Average(), 1, MidpointRounding.AwayFromZero)
        );

    private static Tally TallyOf(IEnumerable<ItemGrade> grades, SurveyPolicy policy) =>
        Tally.Of(grades.GroupBy(g => g.Grade).ToDictionary(g => g.Key, g => g.Sum(one => one.Count)), policy);

    private sealed record Counted(Tally Overall, IReadOnlyList<ItemGrade> Items, IReadOnlyList<decimal> Points)
    {
        public IReadOnlyList<ItemGrade> Of(ReviewChapter chapter) =>
            [.. Items.Where(grade => ReviewChapters.Of(grade.Item) == chapter)];
    }
}
