namespace CustomerService.Surveys.Analysis;

/// <summary>The months of a period, and what of them is over.</summary>
internal static class Months
{
    // A form that was being committed at midnight is there by then.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    /// <summary>The parts of a period: whole or cut months, and apart from them the days that are not over.</summary>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="yesterday">The last day that is over.</param>
    public static IEnumerable<(DateOnly From, DateOnly To, bool IsOver)> Of(
        DateOnly from,
        DateOnly to,
        DateOnly yesterday
    )
    {
        for (var first = from; first <= to; )
        {
            var end = new DateOnly(first.Year, first.Month, 1).AddMonths(1).AddDays(-1);
            var last = end < to ? end : to;
            if (last <= yesterday || first > yesterday)
            {
                yield return (first, last, last <= yesterday);
            }
            else
            {
                yield return (first, yesterday, true);
                yield return (yesterday.AddDays(1), last, false);
            }

            first = last.AddDays(1);
        }
    }

    /// <summary>The last day of which nothing more comes.</summary>
    public static DateOnly LastOver(Rules.CompanyClock clock) => clock.DateOf(clock.Now - Margin).AddDays(-1);
}
