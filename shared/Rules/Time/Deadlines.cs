namespace CustomerService.Rules;

/// <summary>How the days of a deadline are counted. The first day is never counted.</summary>
public enum DayMode
{
    /// <summary>Every day counts, and the last day stands even where it is a holiday.</summary>
    Calendar,

    /// <summary>Every day counts; a last day that is no working day moves to the next working day.</summary>
    CalendarRollForward,

    /// <summary>Only working days count.</summary>
    WorkingDays,
}

/// <summary>A number of days and how they are counted.</summary>
/// <param name="Days">At least 0.</param>
/// <param name="Mode">How they are counted.</param>
/// <param name="Calendar">Name of the calendar that says which are working days; not looked at in mode
/// <see cref="DayMode.Calendar"/>.</param>
public sealed record DayRule(int Days, DayMode Mode = DayMode.Calendar, string Calendar = DayRule.DefaultCalendar)
{
    public const string DefaultCalendar = "company";
}

/// <summary>Dates by which something must be done (P1, P3.2.1).</summary>
public static class Deadlines
{
    /// <summary>The last day on which it is in time.</summary>
    /// <param name="from">The day of the event; not counted.</param>
    /// <param name="rule">How many days, counted how.</param>
    /// <param name="calendar">Which days are working days.</param>
    public static DateOnly Due(DateOnly from, DayRule rule, WorkCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rule.Days, nameof(rule));
        return rule.Mode switch
        {
            DayMode.Calendar => from.AddDays(rule.Days),
            DayMode.CalendarRollForward => calendar.OnOrAfter(from.AddDays(rule.Days)),
            DayMode.WorkingDays => calendar.AddWorkingDays(from, rule.Days),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Mode, "Unknown way to count days."),
        };
    }

    /// <summary>The same, with the calendar that the rule names.</summary>
    public static DateOnly Due(DateOnly from, DayRule rule, WorkCalendars calendars) =>
        Due(from, rule, calendars[rule.Calendar]);

    /// <summary>The days on which the people concerned are reminded of a date, ascending (P1, P2.1.1).</summary>
    public static IReadOnlyList<DateOnly> Reminders(DateOnly due, IEnumerable<int> daysBefore) =>
        daysBefore.Select(days => due.AddDays(-days)).Order().ToList();

    /// <summary>Whether a reminder day has come for which nobody was reminded yet. Days that were missed
    /// together make one reminder, and after the date there is none (P1, P2.1.1).</summary>
    /// <param name="due">The date of which people are reminded.</param>
    /// <param name="daysBefore">Days before it.</param>
    /// <param name="remindedOn">The day of the last reminder of this date, where there was one.</param>
    /// <param name="today">The company's date.</param>
    public static bool IsReminderDue(DateOnly due, IEnumerable<int> daysBefore, DateOnly? remindedOn, DateOnly today) =>
        today <= due && Reminders(due, daysBefore).Any(day => day <= today && !(remindedOn >= day));

    /// <summary>Overdue begins on the day after the last one.</summary>
    public static bool IsOverdue(DateOnly due, DateOnly today) => today > due;
}
