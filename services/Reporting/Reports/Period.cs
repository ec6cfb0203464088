using System.Globalization;
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
        from?.Value is { } first
        && to?.Value is { } last
        && IsCounted(first)
        && IsCounted(last)
        && first <= last
        && last.DayNumber - first.DayNumber <= 3660
            ? new Period(first, last)
            : Bad("period", $"{from?.Value:yyyy-MM-dd}..{to?.Value:yyyy-MM-dd}");

    // Near the ends of the calendar nothing can be counted.
    private static bool IsCounted(DateOnly day) => day.Year is >= FirstYear and <= LastYear;

    private static Refusal Bad(string missing, string? given) =>
        Refusal.Invalid("bad-period", RuleCatalogue.Api, missing).With("period", given ?? "");
}

/// <summary>A share in percent with one decimal; null, never 0, where there is nothing to divide by.</summary>
internal static class Share
{
    public static decimal? Percent(int part, int whole) =>
        whole == 0 ? null : Math.Round(100m * part / whole, 1, MidpointRounding.AwayFromZero);
}

/// <summary>A figure of a breakdown.</summary>
/// <param name="Key">Code.</param>
/// <param name="Count">How many.</param>
internal sealed record Breakdown(string Key, int Count)
{
    public static IReadOnlyList<Breakdown> By<T>(IEnumerable<T> facts, Func<T, string?> key) =>
        [
            .. facts
                .GroupBy(f => key(f) ?? "unknown")
                .Select(g => new Breakdown(g.Key, g.Count()))
                .OrderByDescending(s => s.Count)
                .ThenBy(s => s.Key, StringComparer.Ordinal),
        ];
}
