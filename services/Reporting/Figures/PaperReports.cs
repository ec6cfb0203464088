namespace CustomerService.Reporting.Figures;

/// <summary>A figure of a report on paper.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="By">The dimensions of its tables.</param>
internal sealed record PaperChapter(Figure Figure, IReadOnlyList<string> By)
{
    public static PaperChapter Of(string figure, params string[] by) => new(FigureCatalogue.Find(figure)!, by);
}

/// <summary>A report on paper: figures of the catalogue with their groups. The first figure is what it is about.</summary>
/// <param name="Code">Its name in addresses; that of a figure where it is one figure.</param>
/// <param name="Chapters">Its figures.</param>
internal sealed record PaperReport(string Code, IReadOnlyList<PaperChapter> Chapters)
{
    /// <summary>The rule that asks for it.</summary>
    public string Rule => Chapters[0].Figure.Rule;

    /// <summary>The dimensions that all its figures have, by which it can be cut.</summary>
    public IReadOnlyList<string> Dimensions =>
        [.. Chapters.Select(chapter => chapter.Figure.Dimensions.AsEnumerable()).Aggregate(Enumerable.Intersect)];
}

/// <summary>What can be had on paper: the reports, and every figure by itself.</summary>
internal static class PaperReports
{
    // Identities say nothing on paper.
    private static readonly string[] NotOnPaper = ["projectId", "customerId"];

    /// <summary>The reports of several figures.</summary>
    public static IReadOnlyList<PaperReport> All { get; } =
    [
        new(
            "monthly-repairs",
            [
                PaperChapter.Of("repair-orders-returned", "part", "unit", "warranty"),
                PaperChapter.Of("repair-orders-notified", "source", "severity"),
                PaperChapter.Of("repair-orders-withdrawn"),
                PaperChapter.Of("repair-orders-open"),
                PaperChapter.Of("defects-confirmed-in-time"),
                PaperChapter.Of("repair-turnaround"),
                PaperChapter.Of("repair-failed-inspections"),
                PaperChapter.Of("repair-owner-refusals"),
                PaperChapter.Of("rma-units-ended", "product", "fault", "warranty", "result"),
                PaperChapter.Of("rma-turnaround"),
            ]
        ),
        new(
            "annual-complaints",
            [
                PaperChapter.Of(
                    "complaints-registered",
                    "month",
                    "severity",
                    "channel",
                    "liability",
                    "department",
                    "cause"
                ),
                PaperChapter.Of("complaints-open"),
                PaperChapter.Of("complaints-closed"),
                PaperChapter.Of("complaints-reopened"),
                PaperChapter.Of("complaints-responded-in-time", "department"),
                PaperChapter.Of("capas-opened", "result"),
                PaperChapter.Of("capas-executed-in-time"),
                PaperChapter.Of("capa-ineffective-rounds"),
                PaperChapter.Of("capa-recurrences"),
            ]
        ),
        new(
            "satisfaction",
            [
                PaperChapter.Of("satisfaction", "month", "survey", "region"),
                PaperChapter.Of("surveys-received", "grade"),
                PaperChapter.Of("surveys-sent", "survey"),
                PaperChapter.Of("satisfaction-of-departments", "department"),
                PaperChapter.Of("surveys-dissatisfied", "department"),
                PaperChapter.Of("goals-reached", "department"),
            ]
        ),
        new(
            "revisit-compliance",
            [
                PaperChapter.Of("revisits-in-time", "month"),
                PaperChapter.Of("revisits-due", "result"),
                PaperChapter.Of("revisits-cancelled"),
                PaperChapter.Of("revisits-moved"),
                PaperChapter.Of("revisit-findings"),
                PaperChapter.Of("revisit-breaches"),
            ]
        ),
    ];

    /// <summary>A report, which stands before the figure of its name, or a figure by itself.</summary>
    public static PaperReport? Find(string code) =>
        All.FirstOrDefault(report => report.Code == code) ?? OfFigure(FigureCatalogue.Find(code));

    /// <summary>One figure, in groups of all that it has.</summary>
    public static PaperReport? OfFigure(Figure? figure) =>
        figure is null
            ? null
            : new(figure.Code, [new(figure, [.. figure.Dimensions.Where(name => !NotOnPaper.Contains(name))])]);
}
