using System.Globalization;
using CustomerService.Forms;
using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.MonthlyReports.Forms;

/// <summary>The monthly repair report 維修月報 (C3.1.3): totals beside the month before, each kind of count, the text, who
/// prepared, checked and issued it.</summary>
internal static class MonthlyReportForm
{
    private const int MostRows = 15;
    private const int LongestBar = 5;

    // Of a month in which nothing was settled: an empty cell would look as if it had been forgotten.
    private const string NotKnown = "—";

    public static FormDocument Fill(MonthlyReport report, FormTexts texts, string? link) =>
        new()
        {
            Form = MonthlyReport.Form,
            PrintsForm = false,
            Title = texts.Say("form.month.title", ("month", report.Month)),
            Number = report.FormNumber ?? report.Number,
            Language = texts.Language,
            Version = report.Version,
            Link = link,
            Sections =
            [
                texts.Section(
                    "month-totals",
                    [
                        Totals(report.Figures, texts),
                        Days(report.Figures, texts),
                        Totals(report.Before, texts),
                        Days(report.Before, texts),
                        FormRow.Of(texts.Cell("month-charged", Charged(report.Figures) ?? texts.Say("form.nothing"))),
                        .. report.Corrects is { } former
                            ?
                            [
                                FormRow.Of(
                                    texts.Cell("month-correction", report.Correction.ToString(Invariant)).Wide(3),
                                    texts.Cell("month-corrects", former.Number).Wide(4),
                                    texts.Cell("month-why", former.Reason).Wide(5)
                                ),
                            ]
                            : Array.Empty<FormRow>(),
                        .. report.CorrectedBy is { } later
                            ? [FormRow.Of(texts.Cell("month-corrected-by", later.Number))]
                            : Array.Empty<FormRow>(),
                    ]
                ),
                .. report.Figures.Breakdowns.Select(breakdown => Breakdown(breakdown, report.Before, texts)),
                texts.Section(
                    "month-text",
                    FormRow.Of(
                        texts
                            .Cell("month-text", report.Text?.Text)
                            .WithRoom(110)
                            .Signed(
                                texts.Cell("month-written-by", report.Text?.By.Name),
                                texts.Cell("day", texts.DayOf(report.Text?.By.At))
                            )
                    ),
                    FormRow.Of(
                        texts
                            .Cell("month-prepared", report.PreparedBy.Name)
                            .WithRoom(40)
                            .Signed(texts.Cell("day", texts.DayOf(report.PreparedBy.At))),
                        texts
                            .Cell("month-checked", report.CheckedBy?.Name)
                            .WithRoom(40)
                            .Signed(texts.Cell("day", texts.DayOf(report.CheckedBy?.At))),
                        texts
                            .Cell("month-issued", report.IssuedBy?.Name)
                            .WithRoom(40)
                            .Signed(texts.Cell("day", texts.DayOf(report.IssuedBy?.At)))
                    ),
                    FormRow.Of(texts.Cell("hash", report.Hash))
                ),
            ],
        };

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private static FormRow Totals(MonthFigures figures, FormTexts texts) =>
        FormRow.Of(
            texts.Cell("month", figures.Name),
            texts.Cell("month-received", figures.Received.ToString(Invariant)),
            texts.Cell("month-settled", figures.Settled.ToString(Invariant)),
            texts.Cell("month-open", figures.Open.ToString(Invariant))
        );

    private static FormRow Days(MonthFigures figures, FormTexts texts) =>
        FormRow.Of(
            texts.Cell("month-mean", Tenths(figures.MeanDays) ?? NotKnown),
            texts.Cell("month-median", Tenths(figures.MedianDays) ?? NotKnown),
            texts.Cell("month-ninetieth", Tenths(figures.NinetiethDays) ?? NotKnown)
        );

    private static string? Charged(MonthFigures figures) =>
        figures.Charged.Count == 0
            ? null
            : string.Join(
                "  ",
                figures.Charged.Select(c => string.Create(Invariant, $"{c.Currency} {c.Amount:#,0.00} ({c.Forms})"))
            );

    private static FormSection Breakdown(MonthBreakdown breakdown, MonthFigures before, FormTexts texts)
    {
        var former = before.Breakdowns.Single(b => b.Dimension == breakdown.Dimension).Counts;
        var most = breakdown.Counts.Select(count => count.Quantity).DefaultIfEmpty(1).Max();
        return texts.Section(
            "month-" + breakdown.Dimension.ToKebab(),
            breakdown.Counts.Count == 0
                ? [FormRow.Of(texts.Cell("month-key", null))]
                :
                [
                    .. breakdown
                        .Counts.Take(MostRows)
                        .Select(count =>
                            FormRow.Of(
                                new FormCell(
                                    "month-count",
                                    NameOf(breakdown.Dimension, count.Key, texts),
                                    string.Create(Invariant, $"{count.Quantity}  {Bar(count.Quantity, most)}")
                                ).Wide(3),
                                texts
                                    .Cell(
                                        "month-before",
                                        (former.FirstOrDefault(c => c.Key == count.Key)?.Quantity ?? 0).ToString(
                                            Invariant
                                        )
                                    )
                                    .Wide(2),
                                texts
                                    .Cell("month-days", $"{Tenths(count.MeanDays)} / {Tenths(count.MedianDays)}")
                                    .Wide(3)
                            )
                        ),
                ]
        );
    }

    private static string NameOf(MonthDimension dimension, string key, FormTexts texts) =>
        key == MonthFigures.Unknown
            ? texts.Say("form.month-unknown")
            : dimension switch
            {
                MonthDimension.Warranty => texts.Coded("form.month-warranty", key)!,
                MonthDimension.Result => texts.Coded("form.month-result", key)!,
                MonthDimension.Turnaround => texts.Coded("form.month-turnaround", key)!,
                _ => key,
            };

    private static string Bar(int count, int most) => new('█', Math.Max(1, LongestBar * count / most));

    private static string? Tenths(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture);
}
