using System.Text;
using CustomerService.Reporting.Views;

namespace CustomerService.Reporting.Figures;

/// <summary>The cases of figures in SQL, made from <see cref="FigureCatalogue"/>: of one figure, and the view of all.</summary>
internal static class FigureView
{
    private static readonly string[] Words =
    [
        "department",
        "region",
        "severity",
        "part",
        "unit",
        "product",
        "fault",
        "cause",
        "liability",
        "source",
        "channel",
        "state",
        "result",
        "warranty",
        "survey",
        "grade",
        "item",
        "party",
        "currency",
    ];

    // After the words, which it is made with.
    private static readonly Dictionary<string, string> OfOne = FigureCatalogue.All.ToDictionary(
        figure => figure.Code,
        figure => string.Join("\nUNION ALL\n", figure.Sources.Select(source => Branch(figure, source)))
    );

    /// <summary>The cases of one figure: a query on the view would be planned with the sources of all, which takes the
    /// server longer than reading.</summary>
    public static string Of(Figure figure) => OfOne[figure.Code];

    /// <summary>The view of all figures, for BI tools.</summary>
    public static string Sql
    {
        get
        {
            var sql = new StringBuilder("\nCREATE VIEW bi_all.figure_cases AS\n");
            sql.AppendJoin("\nUNION ALL\n", FigureCatalogue.All.Select(Of));
            sql.Append(
                ";\nCOMMENT ON VIEW bi_all.figure_cases IS 'The cases behind all figures, one row for each figure and case: ask for "
                    + "one figure and a range of days. See /docs/metrics.';\n\n"
            );
            return sql.ToString();
        }
    }

    private static string Branch(Figure figure, CaseSource source)
    {
        var set = source.Set;
        string Id(string name) => set.Dimensions.TryGetValue(name, out var e) ? $"({e})" : "NULL::uuid";
        string Word(string name) =>
            set.Dimensions.TryGetValue(name, out var e)
                ? $"nullif(nullif(({e})::text, ''), '{FigureDimension.Unknown}')"
                : "NULL::text";
        // What is empty, or said to be unknown, is as unknown as what is missing. Without a day a case belongs to no period.
        var where = source.Where is { } condition ? $" AND ({condition})" : "";
        return $"SELECT '{figure.Code}'::text AS figure, s.{set.Id} AS case_id, ({set.Line})::text AS line, "
            + $"'{set.CaseKind}'::text AS kind, ({set.Number})::text AS number, ({source.Day}) AS day, "
            + $"({source.Ends ?? "NULL"})::date AS ends_on, ({source.Value})::numeric AS value, "
            + $"to_char({source.Day}, 'YYYY-MM') AS month, "
            + $"{Id("projectId")} AS project_id, {Id("customerId")} AS customer_id, "
            + string.Join(", ", Words.Select(word => $"{Word(word)} AS {word}"))
            + $", s.changed_at FROM {BiViews.Schema}.{set.View} s WHERE ({source.Day}) IS NOT NULL AND ({source.Value}) IS NOT NULL{where}";
    }
}
