using CustomerService.Rules;

namespace CustomerService.Reporting.Subscriptions.Domain;

/// <summary>When a report is sent, by the working calendar and the company's time zone.</summary>
/// <param name="Every">How often.</param>
/// <param name="At">Local time of the day.</param>
/// <param name="Weekday">Of a weekly one.</param>
/// <param name="Day">Of a monthly one: day of the month, 1 to 31; the last one where the month is shorter.</param>
internal sealed record SubscriptionSchedule(ScheduleKind Every, TimeOnly At, DayOfWeek? Weekday, int? Day)
{
    // More than any run of closed days after the longest month.
    private const int Horizon = 400;

    /// <summary>The first instant behind another.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset after, WorkCalendar calendar, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(zone);
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime);
        for (var i = 0; i < Horizon; i++)
        {
            var day = first.AddDays(i);
            if (IsDue(day, calendar) && zone.InstantOf(day, At.ToTimeSpan()) is var instant && instant > after)
            {
                return instant;
            }
        }

        throw new InvalidOperationException($"The calendar {calendar.Id} has no working day in {Horizon} days.");
    }

    private bool IsDue(DateOnly day, WorkCalendar calendar) =>
        calendar.IsWorkingDay(day)
        && (
            Every == ScheduleKind.Daily
            // Since its nominal day nothing but closed days.
            || Closed(Nominal(day), day, calendar)
        );

    private DateOnly Nominal(DateOnly day)
    {
        if (Every == ScheduleKind.Weekly)
        {
            return day.AddDays(-(((int)day.DayOfWeek - (int)(Weekday ?? DayOfWeek.Monday) + 7) % 7));
        }

        var own = InMonth(day);
        return own <= day ? own : InMonth(day.AddDays(-day.Day));
    }

    private DateOnly InMonth(DateOnly day) =>
        new(day.Year, day.Month, Math.Min(Day ?? 1, DateTime.DaysInMonth(day.Year, day.Month)));

    private static bool Closed(DateOnly from, DateOnly to, WorkCalendar calendar)
    {
        for (var day = from; day < to; day = day.AddDays(1))
        {
            if (calendar.IsWorkingDay(day))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>The days of a period that is named, counted from the day on which a report is sent.</summary>
internal static class ReportPeriods
{
    /// <summary>First and last day; null where there is none.</summary>
    public static (DateOnly? From, DateOnly? To) DaysOf(this ReportPeriod period, DateOnly today) =>
        period switch
        {
            ReportPeriod.PreviousDay => (today.AddDays(-1), today.AddDays(-1)),
            ReportPeriod.PreviousWeek => Week(today.AddDays(-7)),
            ReportPeriod.PreviousMonth => (
                new DateOnly(today.Year, today.Month, 1).AddMonths(-1),
                today.AddDays(-today.Day)
            ),
            ReportPeriod.PreviousYear => (new DateOnly(today.Year - 1, 1, 1), new DateOnly(today.Year - 1, 12, 31)),
            ReportPeriod.YearToDate => (new DateOnly(today.Year, 1, 1), today),
            _ => (null, null),
        };

    private static (DateOnly? From, DateOnly? To) Week(DateOnly day)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return (monday, monday.AddDays(6));
    }
}
