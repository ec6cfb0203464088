using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Reports;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.Reporting.Figures;

/// <summary>
/// What figures come to, kept by month and by the value of one dimension, so that a year is not counted case by case. Sums
/// are made of what the figure's one query gives, and are used only while nothing of their month has changed since: triggers
/// note each change in the transaction that makes it (<c>sums.sql</c>), and days without sums are counted as ever.
/// </summary>
internal sealed class FigureSums(ReportingDb db)
{
    /// <summary>The lock of those who make sums or forget changes.</summary>
    public const string Makers = "figure-sums";

    // Of figures that a report asks for by two dimensions.
    private static readonly Dictionary<string, string[]> Pairs = new(StringComparer.Ordinal)
    {
        ["survey-items-graded"] = ["item", "grade"],
    };

    /// <summary>Whether it is kept in sums: what its cases are changes with their own fact or with the day, not with other
    /// facts and not with the hour. What is open at a day is not what happened in a month.</summary>
    public static bool Keeps(Figure figure) =>
        figure.Kind != FigureKind.Stock
        && figure.Sources.All(source =>
            !Words(source)
                .Any(sql =>
                    sql.Contains("now()", StringComparison.Ordinal) || sql.Contains("SELECT", StringComparison.Ordinal)
                )
        );

    /// <summary>Whether its cases change when a day is over.</summary>
    public static bool ChangesWithTheDay(Figure figure) =>
        figure.Sources.SelectMany(Words).Any(sql => sql.Contains("bi.today()", StringComparison.Ordinal));

    /// <summary>By what it is summed.</summary>
    public static IReadOnlyList<string[]> GroupingsOf(Figure figure) =>
        [
            .. figure
                .Dimensions.Where(name => name != "month")
                .Except(figure.Sources.SelectMany(source => source.Set.OfOthers))
                .Select(name => new[] { name }),
            .. Pairs.TryGetValue(figure.Code, out var pair) ? new[] { pair } : [],
        ];

    /// <summary>The tables of the facts that it is made from.</summary>
    public static IReadOnlyList<string> TablesOf(Figure figure, ReportingDb db) =>
        [
            .. figure
                .Sources.SelectMany(source => source.Set.Facts)
                .Distinct()
                .Select(fact => db.Model.FindEntityType(fact)!.GetTableName()!),
        ];

    /// <summary>The months of all cases, to be summed; part of what <c>migrate</c> makes.</summary>
    public static string Begin =>
        string.Concat(
            FigureCatalogue
                .All.Where(Keeps)
                .Select(figure =>
                    "INSERT INTO public.figure_months (figure, month, changed_at) SELECT DISTINCT "
                    + $"'{figure.Code}', date_trunc('month', c.day)::date, '-infinity'::timestamptz "
                    + $"FROM ({FigureView.Of(figure)}) AS c;\n"
                )
        );

    /// <summary>Puts what is kept into an answer.</summary>
    /// <returns>The days that must be counted.</returns>
    public async Task<IReadOnlyList<Period>> ReadAsync(
        Figure figure,
        Period period,
        FigureAnswer answer,
        CancellationToken cancellation
    )
    {
        var first = period.From.Day == 1 ? period.From : FirstOf(period.From).AddMonths(1);
        var end = FirstOf(period.To.AddDays(1));
        if (first >= end || !Keeps(figure) || answer.Groupings.Any(by => !CanAnswer(figure, by)))
        {
            return [period];
        }

        var names = answer.Groupings.Select(SumOf).Append("").Distinct().ToArray();
        var sums = await db.Set<FigureSum>()
            .FromSqlRaw(
                """
                SELECT s.* FROM figure_months m JOIN figure_sums s ON s.figure = m.figure AND s.month = m.month
                WHERE m.figure = @figure AND m.month >= @first AND m.month < @end AND m.summed_in IS NOT NULL AND s.by = ANY (@by)
                  AND (m.summed_on = bi.today() OR NOT @changes)
                  AND NOT EXISTS (SELECT FROM changed_facts c WHERE c.fact = ANY (@facts) AND c.month = m.month
                                  AND NOT pg_visible_in_snapshot(c.changed_in, m.summed_in::pg_snapshot))
                """,
                new NpgsqlParameter("figure", figure.Code),
                new NpgsqlParameter("first", first),
                new NpgsqlParameter("end", end),
                new NpgsqlParameter("by", names),
                new NpgsqlParameter("changes", ChangesWithTheDay(figure)),
                new NpgsqlParameter("facts", TablesOf(figure, db).ToArray())
            )
            .AsNoTracking()
            .ToListAsync(cancellation);
        foreach (var sum in sums)
        {
            answer.Add(sum);
        }

        return Without(period, sums.Where(sum => sum.By.Length == 0).Select(sum => sum.Month).ToHashSet());
    }

    /// <summary>The name of the sums that answer a grouping: months are told apart anyway.</summary>
    public static string SumOf(IReadOnlyList<string> by) => string.Join(',', by.Where(name => name != "month"));

    private static bool CanAnswer(Figure figure, IReadOnlyList<string> by)
    {
        var sum = SumOf(by);
        return sum.Length == 0 || GroupingsOf(figure).Any(kept => string.Join(',', kept) == sum);
    }

    /// <summary>The days of a period outside of some months, as few ranges as there can be.</summary>
    internal static IReadOnlyList<Period> Without(Period period, IReadOnlySet<DateOnly> months)
    {
        var left = new List<Period>();
        for (var day = period.From; day <= period.To; )
        {
            var last = FirstOf(day).AddMonths(1).AddDays(-1);
            last = last < period.To ? last : period.To;
            if (!months.Contains(FirstOf(day)))
            {
                if (left.Count > 0 && left[^1].To.AddDays(1) == day)
                {
                    left[^1] = left[^1] with { To = last };
                }
                else
                {
                    left.Add(new(day, last));
                }
            }

            day = last.AddDays(1);
        }

        return left;
    }

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);

    private static IEnumerable<string> Words(CaseSource source) =>
        source
            .Set.Dimensions.Where(d => !source.Set.OfOthers.Contains(d.Key))
            .Select(d => d.Value)
            .Concat([source.Day, source.Value, source.Where ?? ""]);
}
