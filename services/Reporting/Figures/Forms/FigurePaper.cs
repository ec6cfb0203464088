using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Forms;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Figures.Forms;

/// <summary>A report that was filled in.</summary>
/// <param name="Document">What is printed.</param>
/// <param name="Cases">How many cases its first figure counts.</param>
/// <param name="Value">Its first figure; null where there is nothing to divide by.</param>
/// <param name="Hash">Hash of its figures, whatever the language and the hour.</param>
internal sealed record FilledPaper(FormDocument Document, int Cases, decimal? Value, string Hash);

/// <summary>Figures on paper (C3.1.3): each as a whole with its formula, and a table for each of its groups.</summary>
internal sealed class FigurePaper(FigureReader reader, RegistryLookup registry, CompanyClock clock)
{
    // The rest of a long table says nothing that its sum does not.
    private const int MostRows = 30;
    private const int MostBars = 12;

    /// <summary>Fills it.</summary>
    /// <param name="report">Which.</param>
    /// <param name="filter">Days and conditions.</param>
    /// <param name="asOf">When the last event happened that is in it.</param>
    /// <param name="texts">Texts in the language of the paper.</param>
    /// <param name="cancellation">Ends the reads.</param>
    public async Task<FilledPaper> FillAsync(
        PaperReport report,
        FigureFilter filter,
        DateTimeOffset asOf,
        FormTexts texts,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(report);
        var counted = new StringBuilder();
        var words = new PaperWords(registry, texts);
        await words.LearnAsync(filter.Words.Select(word => (word.Key, word.Value)), cancellation);
        var sections = new List<FormSection> { Head(report, filter, asOf, words) };
        FigureTotals? first = null;
        foreach (var chapter in report.Chapters)
        {
            var figure = chapter.Figure;
            var asked = chapter.By.Except(filter.Words.Keys).ToList();
            var answer = await reader.ReadAsync(
                figure,
                filter,
                [.. asked.Select(name => new[] { name })],
                cancellation
            );
            var whole = answer.Whole;
            first ??= whole;
            Count(counted, figure.Code, "", [whole]);
            sections.Add(Whole(figure, whole, texts));
            foreach (var name in whole.Cases == 0 ? [] : asked)
            {
                var groups = answer.By(name);
                Count(counted, figure.Code, name, groups);
                // Where nothing is known there is nothing to tell apart.
                if (groups.Any(group => group.Keys[0] != FigureDimension.Unknown))
                {
                    await words.LearnAsync(groups.Select(group => (name, group.Keys[0])), cancellation);
                    sections.Add(Table(figure, name, groups, words));
                }
            }
        }

        var document = new FormDocument
        {
            Form = report.Rule,
            PrintsForm = false,
            Title = texts.Find("report." + report.Code) ?? texts.Say("figure." + report.Code),
            Number = $"{FormTexts.Day(filter.Period.From)} – {FormTexts.Day(filter.Period.To)}",
            Language = texts.Language,
            Version = 0,
            Sections = sections,
        };
        return new(
            document,
            first!.Cases,
            report.Chapters[0].Figure.ValueOf(first.Cases, first.Total),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(counted.ToString())))
        );
    }

    private FormSection Head(PaperReport report, FigureFilter filter, DateTimeOffset asOf, PaperWords words)
    {
        var texts = words.Texts;
        return new(
            "period",
            null,
            [
                FormRow.Of(
                    texts.Cell(
                        "paper-rule",
                        $"{report.Rule}: {texts.Find("rule." + report.Rule) ?? report.Chapters[0].Figure.Code}"
                    )
                ),
                FormRow.Of(
                    texts.Cell("paper-as-of", texts.At(asOf)),
                    texts.Cell("paper-zone", clock.Zone.Id),
                    texts.Cell("paper-printed", texts.At(clock.Now))
                ),
                .. filter.Words.Select(word =>
                    FormRow.Of(
                        new FormCell(word.Key, texts.Say("dimension." + word.Key), words.Of(word.Key, word.Value))
                    )
                ),
            ]
        );
    }

    private static FormSection Whole(Figure figure, FigureTotals whole, FormTexts texts) =>
        new(
            figure.Code,
            texts.Say("figure." + figure.Code),
            [
                FormRow.Of(
                    texts.Cell(
                        "paper-value",
                        Value(figure, whole.Cases, whole.Total) ?? texts.Say("form.paper-not-available")
                    ),
                    texts.Cell("paper-cases", Number(whole.Cases))
                ),
                FormRow.Of(texts.Cell("paper-formula", texts.Say($"figure.{figure.Code}.formula"))),
                .. texts.Find($"figure.{figure.Code}.excludes") is { } excludes
                    ? [FormRow.Of(texts.Cell("paper-excludes", excludes))]
                    : Array.Empty<FormRow>(),
            ]
        );

    private static FormSection Table(Figure figure, string by, IReadOnlyList<FigureTotals> groups, PaperWords words)
    {
        var texts = words.Texts;
        var isMonth = by == "month";
        var ordered = isMonth ? [.. groups.OrderBy(g => g.Keys[0], StringComparer.Ordinal)] : groups;
        var rest = ordered.Skip(MostRows).ToList();
        var rows = ordered
            .Take(MostRows)
            .Select(g => RowOf(figure, words.Of(by, g.Keys[0]), g.Cases, g.Total))
            .ToList();
        if (rest.Count > 0)
        {
            rows.Add(
                RowOf(
                    figure,
                    texts.Say("form.paper-rest", ("count", rest.Count)),
                    rest.Sum(g => g.Cases),
                    rest.Sum(g => g.Total)
                )
            );
        }

        rows.Insert(
            0,
            RowOf(
                texts.Say("dimension." + by),
                texts.Say("form.paper-cases"),
                $"{texts.Say("form.paper-value")} ({texts.Say("metrics.unit." + figure.Unit)})"
            )
        );
        if (isMonth && ordered.Count is > 1 and <= MostBars)
        {
            rows.Insert(0, Chart(figure, ordered, texts));
        }

        return new(
            $"{figure.Code}-{by}",
            texts.Say(
                "form.paper-by",
                ("figure", texts.Say("figure." + figure.Code)),
                ("by", texts.Say("dimension." + by))
            ),
            rows
        );
    }

    private static FormRow Chart(Figure figure, IReadOnlyList<FigureTotals> months, FormTexts texts) =>
        FormRow.Of(
            (
                new FormCell("chart", "", null) with
                {
                    Chart = new(
                        [.. months.Select(m => m.Keys[0])],
                        [
                            new(
                                texts.Say("figure." + figure.Code),
                                [.. months.Select(m => (double)(figure.ValueOf(m.Cases, m.Total) ?? 0))]
                            ),
                        ]
                    ),
                }
            ).WithRoom(FormChart.Room)
        );

    private static FormRow RowOf(Figure figure, string? name, int cases, decimal total) =>
        RowOf(name, Number(cases), Value(figure, cases, total));

    private static FormRow RowOf(string? name, string? cases, string? value) =>
        FormRow.Of(Cell("name", name).Wide(4), Cell("cases", cases).Wide(2), Cell("value", value).Wide(2));

    private static FormCell Cell(string key, string? value) => new(key, "", value) { IsInTable = true };

    private static string? Value(Figure figure, int cases, decimal total) =>
        figure.ValueOf(cases, total) is not { } value
            ? null
            : figure.Unit switch
            {
                "percent" => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} %"),
                "money" => value.ToString("#,0.00", CultureInfo.InvariantCulture),
                "days" => value.ToString("#,0.0", CultureInfo.InvariantCulture),
                _ => value.ToString("#,0.##", CultureInfo.InvariantCulture),
            };

    private static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static void Count(StringBuilder counted, string figure, string by, IEnumerable<FigureTotals> groups)
    {
        foreach (var group in groups.OrderBy(g => string.Join('\n', g.Keys), StringComparer.Ordinal))
        {
            counted.Append(
                CultureInfo.InvariantCulture,
                $"{figure}\t{by}\t{string.Join(',', group.Keys)}\t{group.Cases}\t{group.Total}\n"
            );
        }
    }
}
