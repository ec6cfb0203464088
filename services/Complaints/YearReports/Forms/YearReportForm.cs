using System.Globalization;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.Forms;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.YearReports.Forms;

/// <summary>The statistics of a year on paper: figures beside the year before, bars by count, analysis, decisions
/// (C5.7).</summary>
internal sealed class YearReportForm(ComplaintsDb db, RegistryLookup registry, Caller caller) : IForm
{
    private const float Paragraph = 36;
    private const int MostRows = 12;
    private const int LongestBar = 9;

    private static readonly YearDimension[] Printed =
    [
        YearDimension.Product,
        YearDimension.Cause,
        YearDimension.Liability,
        YearDimension.Department,
        YearDimension.Severity,
        YearDimension.Month,
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

        var departments = await registry.DepartmentNamesAsync(
            report
                .Figures.Breakdowns.Single(b => b.Dimension == YearDimension.Department)
                .Counts.Select(count => count.Key)
                .Concat(report.Decisions.Select(decision => decision.Department)),
            texts.Language,
            cancellation
        );
        return Fill(report, departments, texts);
    }

    internal static FormDocument Fill(
        YearReport report,
        IReadOnlyDictionary<string, string> departments,
        FormTexts texts
    ) =>
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
                .. Printed.Select(dimension => Breakdown(report, dimension, departments, texts)),
                texts.Section(
                    "year-analysis",
                    [
                        .. report.Chapters.Select(chapter =>
                            FormRow.Of(
                                texts
                                    .Cell("year-chapter", $"{chapter.Chapter}: {chapter.Text}")
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
                                        ?? departments.GetValueOrDefault(decision.Department, decision.Department)
                                ),
                                texts.Cell("decision-due", FormTexts.Day(decision.DueOn))
                            )
                        ),
                    ]
                ),
            ],
        };

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
        IReadOnlyDictionary<string, string> departments,
        FormTexts texts
    )
    {
        var counts = report.Figures.Breakdowns.Single(b => b.Dimension == dimension).Counts;
        var before = report.LastYear.Breakdowns.Single(b => b.Dimension == dimension).Counts;
        // Months stand in their order, not by their counts.
        var most = counts.Select(count => count.Count).DefaultIfEmpty(1).Max();
        return texts.Section(
            "by-" + dimension.ToKebab(),
            counts.Count == 0
                ? [FormRow.Of(texts.Cell("year-key", null))]
                :
                [
                    .. counts
                        .Take(MostRows)
                        .Select(count =>
                            FormRow.Of(
                                texts.Cell("year-key", NameOf(dimension, count.Key, departments, texts)).Wide(2),
                                texts
                                    .Cell("year-bar", new string('█', Math.Max(1, LongestBar * count.Count / most)))
                                    .Wide(3),
                                texts.Cell("year-count", count.Count.ToString(CultureInfo.InvariantCulture)),
                                texts.Cell("year-cumulated", Percent(count.Cumulated)),
                                texts.Cell(
                                    "year-before",
                                    (before.FirstOrDefault(b => b.Key == count.Key)?.Count ?? 0).ToString(
                                        CultureInfo.InvariantCulture
                                    )
                                )
                            )
                        ),
                ]
        );
    }

    private static string NameOf(
        YearDimension dimension,
        string key,
        IReadOnlyDictionary<string, string> departments,
        FormTexts texts
    ) =>
        dimension switch
        {
            _ when key == YearCase.Unknown => texts.Say("form.unknown"),
            YearDimension.Cause => texts.Coded("cause", key)!,
            YearDimension.Liability => texts.Coded("liability", key)!,
            YearDimension.Department => departments.GetValueOrDefault(key, key),
            YearDimension.Severity => texts.Coded("severity", key)!,
            _ => key,
        };

    private static string? Percent(double? value) =>
        value is { } known ? known.ToString("0.0", CultureInfo.InvariantCulture) + " %" : null;
}
