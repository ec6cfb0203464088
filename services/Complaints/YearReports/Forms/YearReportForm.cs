using System.Globalization;
using CustomerService.Complaints.Codes;
using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.Forms;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.YearReports.Forms;

/// <summary>The statistics of a year on paper: figures beside the year before, charts by count, analysis,
/// decisions
/// (C5.7).</summary>
internal sealed class YearReportForm(ComplaintsDb db, RegistryLookup registry, CodeCatalogue codes, Caller caller)
    : IForm
{
    private const float Paragraph = 36;
    private const int MostRows = 12;

    private static readonly YearDimension[] Printed =
    [
        YearDimension.Product,
        YearDimension.Fault,
        YearDimension.Cause,
        YearDimension.Liability,
        YearDimension.Department,
        YearDimension.Severity,
        YearDimension.Month,
    ];

    private static readonly (YearDimension Dimension, CodeKind Catalogue)[] Catalogues =
    [
        (YearDimension.Product, CodeKind.Product),
        (YearDimension.Fault, CodeKind.Fault),
        (YearDimension.Cause, CodeKind.Cause),
    ];

    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var report = await db
            .YearReports.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(r => r.Id == id, cancellation);
        if (report is null)
        {
            return FormResult.NotFound;
        }

        var names = new Dictionary<string, string>(
            await registry.DepartmentNamesAsync(
                report
                    .Figures.Breakdowns.Single(b => b.Dimension == YearDimension.Department)
                    .Counts.Select(count => count.Key)
                    .Concat(report.Decisions.Select(decision => decision.Department)),
                texts.Language,
                cancellation
            )
        );
        foreach (var (dimension, catalogue) in Catalogues)
        {
            foreach (
                var (code, name) in await codes.NamesAsync(
                    catalogue,
                    report.Figures.Breakdowns.Single(b => b.Dimension == dimension).Counts.Select(count => count.Key),
                    texts.Language,
                    cancellation
                )
            )
            {
                names[Named(dimension, code)] = name;
            }
        }

        return Fill(report, names, texts);
    }

    internal static FormDocument Fill(YearReport report, IReadOnlyDictionary<string, string> names, FormTexts texts) =>
        new()
        {
            Form = "C5.7",
            PrintsForm = false,
            Title = texts.Say("form.year-report", ("year", report.Year)),
            Number = report.Number,
            Language = texts.Language,
            Version = report.Version,
            Sections =
            [
                texts.Section(
                    "year-total",
                    [
                        .. Totals(report.Figures, texts),
                        .. Totals(report.LastYear, texts),
                        FormRow.Of(
                            texts.Cell("frozen-by", report.FrozenBy.Name),
                            texts.Cell("frozen-at", texts.At(report.FrozenBy.At))
                        ),
                    ]
                ),
                .. Printed.Select(dimension => Breakdown(report, dimension, names, texts)),
                texts.Section(
                    "year-analysis",
                    [
                        .. report.Chapters.Select(chapter =>
                            FormRow.Of(
                                texts
                                    .Cell("year-chapter", $"{NameOf(chapter, texts)}: {chapter.Text}")
                                    .WithRoom(Paragraph)
                                    .Signed(texts.Cell("year-chapter-by", chapter.By.Name))
                            )
                        ),
                        FormRow.Of(
                            texts.Cell("submitted-by", report.SubmittedBy?.Name),
                            texts.Cell("submitted-at", texts.At(report.SubmittedBy?.At)),
                            texts.Cell("received-by", report.ReceivedBy?.Name),
                            texts.Cell("received-at-review", texts.At(report.ReceivedBy?.At))
                        ),
                    ]
                ),
                texts.Section(
                    "year-decisions",
                    [
                        FormRow.Of(
                            texts
                                .Cell("year-review", report.Review)
                                .WithRoom(Paragraph)
                                .Signed(texts.Cell("decided-by", report.DecidedBy?.Name))
                        ),
                        .. report.Decisions.Select(decision =>
                            FormRow.Of(
                                texts.Cell("decision", decision.What).Wide(3),
                                texts.Cell(
                                    "decision-owner",
                                    decision.OwnerName
                                        ?? names.GetValueOrDefault(decision.Department, decision.Department)
                                ),
                                texts.Cell("decision-due", FormTexts.Day(decision.DueOn))
                            )
                        ),
                    ]
                ),
            ],
        };

    // A chapter about a breakdown has its name; others are what their author calls them.
    private static string NameOf(YearChapter chapter, FormTexts texts) =>
        texts.Find("form.section.by-" + chapter.Chapter) ?? chapter.Chapter;

    private static IReadOnlyList<FormRow> Totals(YearFigures figures, FormTexts texts) =>
        [
            FormRow.Of(
                texts.Cell("year", figures.Year.ToString(CultureInfo.InvariantCulture)),
                texts.Cell("year-complaints", figures.Total.ToString(CultureInfo.InvariantCulture)),
                texts.Cell("year-response", Percent(figures.ResponseInTimePercent)),
                texts.Cell("year-resolved", Percent(figures.ResolvedInTimePercent))
            ),
            FormRow.Of(
                texts.Cell("year-repeated", Percent(figures.RepeatedPercent)),
                texts.Cell("year-median", figures.MedianHours?.ToString("0.0", CultureInfo.InvariantCulture)),
                texts.Cell("year-cost", figures.Cost.ToString("0.00", CultureInfo.InvariantCulture))
            ),
        ];

    private static FormSection Breakdown(
        YearReport report,
        YearDimension dimension,
        IReadOnlyDictionary<string, string> names,
        FormTexts texts
    )
    {
        var counts = report.Figures.Breakdowns.Single(b => b.Dimension == dimension).Counts;
        var before = report.LastYear.Breakdowns.Single(b => b.Dimension == dimension).Counts;
        var shown = (dimension == YearDimension.Month ? Months(counts) : [.. counts.Take(MostRows)]);
        return texts.Section(
            "by-" + dimension.ToKebab(),
            counts.Count == 0
                ? [FormRow.Of(texts.Cell("year-key", null))]
                :
                [
                    FormRow.Of(
                        (
                            texts.Cell("year-chart", null) with
                            {
                                Chart = Chart(report, dimension, shown, before, names, texts),
                            }
                        ).WithRoom(FormChart.Room)
                    ),
                    .. shown
                        .Where(count => count.Count > 0)
                        .Select(count =>
                            FormRow.Of(
                                texts.Cell("year-key", NameOf(dimension, count.Key, names, texts)).Wide(4),
                                texts.Cell("year-count", Number(count.Count)).Wide(2),
                                texts
                                    .Cell(
                                        "year-cumulated",
                                        dimension == YearDimension.Month ? null : Percent(count.Cumulated)
                                    )
                                    .Wide(3),
                                texts.Cell("year-before", Number(CountOf(before, count.Key))).Wide(3)
                            )
                        ),
                ]
        );
    }

    // Months stand in their order, not by their counts, and those without complaints are there.
    private static IReadOnlyList<YearCount> Months(IReadOnlyList<YearCount> counts) =>
        [
            .. Enumerable
                .Range(1, 12)
                .Select(month => month.ToString("00", CultureInfo.InvariantCulture))
                .Select(key => counts.FirstOrDefault(count => count.Key == key) ?? new YearCount(key, 0, 0, 0)),
        ];

    private static FormChart Chart(
        YearReport report,
        YearDimension dimension,
        IReadOnlyList<YearCount> shown,
        IReadOnlyList<YearCount> before,
        IReadOnlyDictionary<string, string> names,
        FormTexts texts
    ) =>
        new(
            [.. shown.Select(count => NameOf(dimension, count.Key, names, texts))],
            [
                new(
                    report.Figures.Year.ToString(CultureInfo.InvariantCulture),
                    [.. shown.Select(count => (double)count.Count)]
                ),
                new(
                    report.LastYear.Year.ToString(CultureInfo.InvariantCulture),
                    [.. shown.Select(count => (double)CountOf(before, count.Key))]
                ),
            ],
            dimension == YearDimension.Month ? null : [.. shown.Select(count => count.Cumulated)],
            texts.Say("form.year-cumulated")
        );

    private static int CountOf(IReadOnlyList<YearCount> counts, string key) =>
        counts.FirstOrDefault(count => count.Key == key)?.Count ?? 0;

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string NameOf(
        YearDimension dimension,
        string key,
        IReadOnlyDictionary<string, string> names,
        FormTexts texts
    ) =>
        dimension switch
        {
            _ when key == YearCase.Unknown => texts.Say("form.unknown"),
            YearDimension.Cause => names.GetValueOrDefault(Named(dimension, key)) ?? texts.Coded("cause", key)!,
            YearDimension.Product or YearDimension.Fault => names.GetValueOrDefault(Named(dimension, key), key),
            YearDimension.Liability => texts.Coded("liability", key)!,
            YearDimension.Department => names.GetValueOrDefault(key, key),
            YearDimension.Severity => texts.Coded("severity", key)!,
            _ => key,
        };

    // A cause may have the code of a department.
    private static string Named(YearDimension dimension, string code) => $"{dimension}:{code}";

    private static string? Percent(double? value) =>
        value is { } known ? known.ToString("0.0", CultureInfo.InvariantCulture) + " %" : null;
}
