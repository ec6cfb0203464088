using System.Globalization;
using CustomerService.Reporting.Figures;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Reports;

/// <summary>The days that a report covers, both included.</summary>
internal sealed record Period(DateOnly From, DateOnly To)
{
    private const int FirstYear = 2000;
    private const int LastYear = 2100;

    public bool Contains(DateOnly? day) => day >= From && day <= To;

    /// <summary>A month, <c>YYYY-MM</c>; else 400 <c>bad-period</c>.</summary>
    public static Result<Period> OfMonth(string? month) =>
        DateOnly.TryParseExact(
            month + "-01",
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var first
        ) && IsCounted(first)
            ? new Period(first, first.AddMonths(1).AddDays(-1))
            : Bad("month", month);

    /// <summary>A calendar year; else 400 <c>bad-period</c>.</summary>
    public static Result<Period> OfYear(int? year) =>
        year is >= FirstYear and <= LastYear
            ? new Period(new DateOnly(year.Value, 1, 1), new DateOnly(year.Value, 12, 31))
            : Bad("year", year?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Both days included, at most ten years; else 400 <c>bad-period</c>.</summary>
    public static Result<Period> OfDays(Day? from, Day? to) =>
        from?.Value is { } first && to?.Value is { } last
            ? Of(first, last)
            : Bad("period", $"{from?.Value:yyyy-MM-dd}..{to?.Value:yyyy-MM-dd}");

    /// <summary>The same for days of a request's body.</summary>
    public static Result<Period> Of(DateOnly first, DateOnly last) =>
        IsCounted(first) && IsCounted(last) && first <= last && last.DayNumber - first.DayNumber <= 3660
            ? new Period(first, last)
            : Bad("period", $"{first:yyyy-MM-dd}..{last:yyyy-MM-dd}");

    // Near the ends of the calendar nothing can be counted.
    private static bool IsCounted(DateOnly day) => day.Year is >= FirstYear and <= LastYear;

    private static Refusal Bad(string missing, string? given) =>
        Refusal.Invalid("bad-period", RuleCatalogue.Api, missing).With("period", given ?? "");
}

/// <summary>A figure of a breakdown.</summary>
/// <param name="Key">Code.</param>
/// <param name="Count">How many.</param>
internal sealed record Breakdown(string Key, int Count)
{
    /// <summary>The groups of a figure, the largest first.</summary>
    public static IReadOnlyList<Breakdown> Of(IEnumerable<FigureTotals> groups) =>
        [
            .. groups
                .Select(g => new Breakdown(g.Keys[0], g.Cases))
                .OrderByDescending(b => b.Count)
                .ThenBy(b => b.Key, StringComparer.Ordinal),
        ];

    /// <summary>The same without those of which the value is not known.</summary>
    public static IReadOnlyList<Breakdown> Known(IEnumerable<FigureTotals> groups) =>
        [.. Of(groups).Where(b => b.Key != FigureDimension.Unknown)];
}
