using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Identity;
using CustomerService.Surveys.Reviews.Domain;
using CustomerService.Surveys.Sheets;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Reviews.Features;

/// <summary>A half-year review on paper and as a workbook (C5.8.1 D).</summary>
internal static class PrintHalfYearReview
{
    internal sealed record Query
    {
        /// <summary>The review.</summary>
        public required Guid Id { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapSheet<Query>(
            "/half-year-reviews/{id:guid}/review",
            "HalfYearReview",
            "A half-year review",
            "Rule C5.8.1 D: figures, what the company says to each chapter, and its measures.",
            FillAsync
        );

    private static async Task<Result<TableSheet>?> FillAsync(
        Query query,
        IServiceProvider services,
        FormTexts texts,
        CancellationToken cancellation
    )
    {
        var store = services.GetRequiredService<IDocumentStore>();
        var found = await store.ListAsync(
            StaffAccess.Of<HalfYearReview>(services.GetRequiredService<Caller>().Actor).Where(r => r.Id, query.Id),
            null,
            1,
            cancellation
        );
        return found is [var review]
            ? (Result<TableSheet>)Fill(review, await store.DepartmentNamesAsync(texts.Language, cancellation), texts)
            : null;
    }

    private static TableSheet Fill(HalfYearReview review, Func<string, string> departments, FormTexts texts) =>
        new(
            "half-year-review",
            texts.Say("sheet.half-year-review"),
            review.Number,
            review.Version,
            [
                Totals(review, texts),
                .. review.Figures.Chapters.Select(chapter => Chapter(review, chapter, texts)),
                Measures(review, departments, texts),
            ]
        );

    private static SheetTable Totals(HalfYearReview review, FormTexts texts) =>
        new(
            "total",
            texts.Say("sheet.total"),
            [
                texts.Column("from", 2),
                texts.Column("to", 2),
                texts.Column("recovered", 2),
                texts.Column("percent", 2),
                texts.Column("percent-before", 2),
                texts.Column("goal", 2),
                texts.Column("points", 2),
                texts.Column("points-percent", 2),
            ],
            [
                [
                    review.Period.From,
                    review.Period.To,
                    review.Figures.Overall.Recovered,
                    review.Figures.Overall.Percent,
                    review.Figures.PercentBefore,
                    review.Figures.GoalPercent,
                    review.Figures.PointsAssessed,
                    review.Figures.PointsPercent,
                ],
            ]
        );

    private static SheetTable Chapter(HalfYearReview review, ChapterFigures chapter, FormTexts texts)
    {
        var text = review.Texts.FirstOrDefault(t => t.Chapter == chapter.Chapter);
        var total = new ReviewedItem("", new("", "", ""), chapter.Figures, chapter.PercentBefore);
        return new(
            chapter.Chapter.ToKebab(),
            texts.Coded<ReviewChapter>("chapter", chapter.Chapter),
            [
                texts.Column("item", 5),
                texts.Column("grades", 2),
                texts.Column("satisfied", 2),
                texts.Column("percent", 2),
                texts.Column("percent-before", 2),
            ],
            [
                .. chapter
                    .Items.Select(item => Row(item, item.Names.In(texts.Language.Name)))
                    .Append(Row(total, texts.Say("sheet.sum"))),
            ]
        )
        {
            Below =
            [
                new FormCell("assessment", texts.Say("sheet.assessment"), text?.Text).Signed(
                    new FormCell("author", texts.Say("sheet.author"), text?.By.Name),
                    new FormCell("written-on", texts.Say("sheet.day"), texts.DayOf(text?.By.At))
                ),
            ],
        };
    }

    private static IReadOnlyList<object?> Row(ReviewedItem item, string name) =>
        [name, item.Figures.Recovered, item.Figures.Satisfied, item.Figures.Percent, item.PercentBefore];

    private static SheetTable Measures(HalfYearReview review, Func<string, string> departments, FormTexts texts) =>
        new(
            "measures",
            texts.Say("sheet.measures"),
            [
                texts.Column("number", 1),
                texts.Column("chapter", 2),
                texts.Column("measure", 5),
                texts.Column("department", 2),
                texts.Column("due", 2),
                texts.Column("done", 4),
                texts.Column("verified-by", 2),
            ],
            [
                .. review.Measures.Select(m =>
                    (IReadOnlyList<object?>)
                        [
                            m.Number,
                            texts.Coded<ReviewChapter>("chapter", m.Chapter),
                            m.What,
                            departments(m.Department),
                            m.DueOn,
                            m.Done,
                            m.VerifiedBy?.Name,
                        ]
                ),
            ]
        )
        {
            Below =
            [
                new FormCell("issued", texts.Say("sheet.issued"), null).Signed(
                    new FormCell("issued-by", texts.Say("sheet.name"), review.IssuedBy?.Name),
                    new FormCell("issued-on", texts.Say("sheet.day"), texts.DayOf(review.IssuedBy?.At))
                ),
            ],
        };
}
