namespace CustomerService.Rules;

/// <summary>
/// Month arithmetic as the contracts mean it (P2.1.1, P3.1.2, C5.1.4): the corresponding day of the later
/// month, or the
/// end of that month where it has no such day. Always from the anchor, never from the date before: 31 Jan + 3
/// is 30 Apr
/// and + 6 is 31 Jul, where stepping would have lost the 31st.
/// </summary>
public static class CalendarMonths
{
    /// <summary>The date so many months after the anchor.</summary>
    /// <param name="anchor">The date that all are counted from.</param>
    /// <param name="months">Months, may be negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The result is outside the years 1–9999.</exception>
    public static DateOnly Add(DateOnly anchor, int months)
    {
        var index = (anchor.Year * 12) + (anchor.Month - 1) + months;
        var (year, month) = (Math.DivRem(index, 12).Quotient, index % 12);
        if (index < 12 || year > 9999)
        {
            throw new ArgumentOutOfRangeException(
                nameof(months),
                months,
                $"{months} months from {anchor:yyyy-MM-dd} is outside the calendar."
            );
        }

        return new(year, month + 1, Math.Min(anchor.Day, DateTime.DaysInMonth(year, month + 1)));
    }

    /// <summary>
    /// The last day of a term of so many months that begins on a day: the corresponding day, which still
    /// belongs to the
    /// term (P3.1.2: handed over 2024-01-31, two years, last day 2026-01-31).
    /// </summary>
    public static DateOnly LastDayOfTerm(DateOnly from, int months) => Add(from, months);
}
