using System.Globalization;
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

    /// <summary>What cases come to, as a whole and in groups: rows of the place of the grouping, -1 for the whole, two keys, how
    /// many and what they add up to.</summary>
    /// <param name="cases">A query of cases.</param>
    /// <param name="groupings">By which dimensions, one or two each.</param>
    public static string Grouped(string cases, IReadOnlyList<IReadOnlyList<string>> groupings)
    {
        var places = Enumerable
            .Range(0, groupings.Count)
            .Select(i => i.ToString(CultureInfo.InvariantCulture))
            .ToList();
        var columns = groupings
            .SelectMany(by => by)
            .Distinct()
            .Select(name => $"c.{Column(name)}::text AS {Column(name)}");
        return $"SELECT {Which(groupings, places, "-1")}, {KeyOf(groupings, 0)}, {KeyOf(groupings, 1)}, count(*)::int, coalesce(sum(k.value), 0)\n"
            + $"FROM (SELECT {string.Join(", ", columns.Append("c.value"))} FROM ({cases}) AS c) AS k\n"
            + $"GROUP BY GROUPING SETS ({SetsOf(groupings)})";
    }

    /// <summary>Writes the sums of months of a figure: <c>@months</c>, all from <c>@from</c> and before <c>@end</c>.</summary>
    public static string Summed(Figure figure, IReadOnlyList<IReadOnlyList<string>> groupings)
    {
        var names = groupings.Select(by => $"'{string.Join(',', by)}'").ToList();
        return "INSERT INTO figure_sums (figure, month, by, first, second, cases, total)\n"
            + $"SELECT @figure, k.m, {Which(groupings, names, "''")}, {KeyOf(groupings, 0)}, {KeyOf(groupings, 1)}, count(*)::int, coalesce(sum(k.value), 0)\n"
            + $"FROM (SELECT date_trunc('month', c.day)::date AS m, c.* FROM ({Of(figure)}) AS c WHERE c.day >= @from AND c.day < @end) AS k\n"
            + $"WHERE k.m = ANY (@months) GROUP BY k.m, GROUPING SETS ({SetsOf(groupings)})";
    }

    // The most dimensions first: a group of two is also grouped by each.
    private static string Which(
        IReadOnlyList<IReadOnlyList<string>> groupings,
        IReadOnlyList<string> values,
        string otherwise
    ) =>
        groupings.Count == 0
            ? otherwise
            : "CASE "
                + string.Concat(
                    Enumerable
                        .Range(0, groupings.Count)
                        .OrderByDescending(i => groupings[i].Count)
                        .Select(i =>
                            $"WHEN {string.Join(" AND ", groupings[i].Select(name => $"grouping(k.{Column(name)}) = 0"))} THEN {values[i]} "
                        )
                )
                + $"ELSE {otherwise} END";

    private static string KeyOf(IReadOnlyList<IReadOnlyList<string>> groupings, int place) =>
        $"coalesce({Which(groupings, [.. groupings.Select(by => by.Count > place ? "k." + Column(by[place]) : "''")], "''")}, '')";

    private static string SetsOf(IReadOnlyList<IReadOnlyList<string>> groupings) =>
        string.Join(
            ", ",
            groupings.Select(by => $"({string.Join(", ", by.Select(name => "k." + Column(name)))})").Prepend("()")
        );

    private static string Column(string dimension) =>
        dimension switch
        {
            "projectId" => "project_id",
            "customerId" => "customer_id",
            _ => dimension,
        };

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
