using System.Globalization;
using CustomerService.Rules;

namespace CustomerService.Reporting.Features;

/// <summary>The days that a report covers, both included.</summary>
internal readonly record struct Period(DateOnly From, DateOnly To)
{
    private const int FirstYear = 2000;
    private const int LastYear = 2100;

    public static (Period, Refusal?) Month(string? month) =>
        DateOnly.TryParseExact(
            month + "-01",
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var first
        ) && IsCounted(first)
            ? (new Period(first, first.AddMonths(1).AddDays(-1)), null)
            : (default, Bad("month", month));

    public static (Period, Refusal?) Year(int? year) =>
        year is >= FirstYear and <= LastYear
            ? (new Period(new DateOnly(year.Value, 1, 1), new DateOnly(year.Value, 12, 31)), null)
            : (default, Bad("year", year?.ToString(CultureInfo.InvariantCulture)));

    public static (Period, Refusal?) Days(DateOnly? from, DateOnly? to) =>
        from is { } first
        && to is { } last
        && IsCounted(first)
        && IsCounted(last)
        && first <= last
        && last.DayNumber - first.DayNumber <= 3660
            ? (new Period(first, last), null)
            : (default, Bad("period", $"{from:yyyy-MM-dd}..{to:yyyy-MM-dd}"));

    // Beyond these there is nothing to count, and near the ends of the calendar nothing to count with.
    private static bool IsCounted(DateOnly day) => day.Year is >= FirstYear and <= LastYear;

    private static Refusal Bad(string missing, string? given) =>
        Refusal.Invalid("bad-period", "API", missing).With("period", given ?? "");
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
internal sealed record Slice(string Key, int Count)
{
    public static IReadOnlyList<Slice> By<T>(IEnumerable<T> facts, Func<T, string?> key) =>
        [
            .. facts
                .GroupBy(f => key(f) ?? "unknown")
                .Select(g => new Slice(g.Key, g.Count()))
                .OrderByDescending(s => s.Count)
                .ThenBy(s => s.Key, StringComparer.Ordinal),
        ];
}
