namespace CustomerService.Rules;

/// <summary>Why a day is, or is not, a working day.</summary>
public enum DayKind
{
    /// <summary>An ordinary working day of the week.</summary>
    Weekday,

    /// <summary>An ordinary day off of the week.</summary>
    Weekend,

    /// <summary>Closed by an entry: a public holiday, or a day on which the company is closed.</summary>
    Closed,

    /// <summary>Working by an entry: a make-up working day (調休), or a day on which the company works extra.</summary>
    MakeUp,
}

/// <summary>What a calendar says about a day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Kind">Why.</param>
/// <param name="Reason">The entry's reason, where an entry decided.</param>
/// <param name="Known">False when the day lies outside the years that the data cover, so that only weekends
/// could be looked at.</param>
public sealed record CalendarDay(DateOnly Date, DayKind Kind, string? Reason, bool Known)
{
    public bool IsWorking => Kind is DayKind.Weekday or DayKind.MakeUp;
}

/// <summary>
/// Which days are working days, and when work is done on them. Calendars are layers: a company's calendar extends the
/// public one, and an entry of the upper layer wins over the lower.
/// </summary>
public sealed class WorkCalendar
{
    // Far more than any run of closed days; a calendar that is closed for longer is a mistake in its data.
    private const int LongestClosure = 366;

    private readonly WorkCalendar? _below;
    private readonly IReadOnlySet<DayOfWeek>? _weekend;
    private readonly IReadOnlyDictionary<DateOnly, CalendarEntry> _entries;
    private readonly IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingHours>> _weekdayHours;
    private readonly IReadOnlyList<WorkingHours>? _defaultHours;
    private readonly DateOnly? _knownFrom;
    private readonly DateOnly? _knownThrough;

    internal WorkCalendar(
        string id,
        WorkCalendar? below,
        IReadOnlySet<DayOfWeek>? weekend,
        IReadOnlyDictionary<DateOnly, CalendarEntry> entries,
        IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingHours>> weekdayHours,
        IReadOnlyList<WorkingHours>? defaultHours,
        DateOnly? knownFrom,
        DateOnly? knownThrough
    )
    {
        Id = id;
        _below = below;
        _weekend = weekend;
        _entries = entries;
        _weekdayHours = weekdayHours;
        _defaultHours = defaultHours;
        _knownFrom = knownFrom;
        _knownThrough = knownThrough;
    }

    /// <summary>Name by which policies refer to it.</summary>
    public string Id { get; }

    /// <summary>What the calendar says about a day, with the reason.</summary>
    public CalendarDay Day(DateOnly date)
    {
        var known = IsKnown(date);
        if (Entry(date) is { } entry)
        {
            return new(date, entry.Working ? DayKind.MakeUp : DayKind.Closed, entry.Reason, known);
        }

        return new(date, IsWeekend(date.DayOfWeek) ? DayKind.Weekend : DayKind.Weekday, null, known);
    }

    public bool IsWorkingDay(DateOnly date) => Day(date).IsWorking;

    /// <summary>
    /// Whether holidays and make-up days of this date are in the data. Public holidays are announced a year at
    /// a time;
    /// a date outside the announced years is answered by weekends and company entries only, and a caller that shows a
    /// deadline there says that it may still move. A layer that names years of its own adds them to those of
    /// the layer below.
    /// </summary>
    public bool IsKnown(DateOnly date) =>
        NamesYears
            ? ((_knownFrom is null || date >= _knownFrom) && (_knownThrough is null || date <= _knownThrough))
                || (_below?.IsKnown(date) ?? false)
            : _below?.IsKnown(date) ?? true;

    /// <summary>The first of so many days from a date on that is not known; null when all are.</summary>
    public DateOnly? FirstUnknown(DateOnly from, int days) =>
        Enumerable.Range(0, days).Select(from.AddDays).Where(date => !IsKnown(date)).Cast<DateOnly?>().FirstOrDefault();

    private bool NamesYears => _knownFrom is not null || _knownThrough is not null;

    /// <summary>The date itself where it is a working day, else the next one that is.</summary>
    public DateOnly OnOrAfter(DateOnly date)
    {
        for (var i = 0; i <= LongestClosure; i++, date = date.AddDays(1))
        {
            if (IsWorkingDay(date))
            {
                return date;
            }
        }

        throw new InvalidOperationException(
            $"Calendar {Id} has no working day in the {LongestClosure} days before {date:yyyy-MM-dd}."
        );
    }

    /// <summary>The n-th working day after a date; the date itself is not counted.</summary>
    /// <param name="from">Not counted, whether it is a working day or not.</param>
    /// <param name="days">At least 0; 0 gives the date itself.</param>
    public DateOnly AddWorkingDays(DateOnly from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var date = from;
        for (var i = 0; i < days; i++)
        {
            date = OnOrAfter(date.AddDays(1));
        }

        return date;
    }

    /// <summary>Working days after <paramref name="from"/> up to and with <paramref name="through"/>; 0 when it
    /// is not later.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly through)
    {
        var days = 0;
        for (var date = from; date < through; )
        {
            date = date.AddDays(1);
            days += IsWorkingDay(date) ? 1 : 0;
        }

        return days;
    }

    /// <summary>When work is done on a day, in local time, in order, without overlaps; empty on a day off.</summary>
    public IReadOnlyList<WorkingHours> Hours(DateOnly date) => IsWorkingDay(date) ? HoursOfWorkingDay(date) : [];

    /// <summary>The same calendar on what now stands under the name of the layer below; the same instance where
    /// nothing changes.</summary>
    internal WorkCalendar Rebased(IReadOnlyDictionary<string, WorkCalendar> calendars)
    {
        if (_below is null)
        {
            return this;
        }

        // A layer of the same name is the one that this one took the place of. One that rests on this calendar
        // cannot carry it as well.
        var below =
            _below.Id != Id && calendars.TryGetValue(_below.Id, out var current) && !current.RestsOn(Id)
                ? current
                : _below.Rebased(calendars);
        return ReferenceEquals(below, _below)
            ? this
            : new(Id, below, _weekend, _entries, _weekdayHours, _defaultHours, _knownFrom, _knownThrough);
    }

    private bool RestsOn(string id) => Id == id || (_below?.RestsOn(id) ?? false);

    internal bool IsWeekend(DayOfWeek day) => _weekend?.Contains(day) ?? _below?.IsWeekend(day) ?? false;

    // The uppermost layer that says anything about the hours decides: the day's own entry, its weekday, then
    // the default.
    private IReadOnlyList<WorkingHours> HoursOfWorkingDay(DateOnly date)
    {
        for (var layer = this; layer is not null; layer = layer._below)
        {
            if (layer._entries.TryGetValue(date, out var entry) && entry.Hours is not null)
            {
                return entry.Hours;
            }

            if (layer._weekdayHours.TryGetValue(date.DayOfWeek, out var weekday))
            {
                return weekday;
            }

            if (layer._defaultHours is not null)
            {
                return layer._defaultHours;
            }
        }

        return [WorkingHours.WholeDay];
    }

    private CalendarEntry? Entry(DateOnly date) =>
        _entries.TryGetValue(date, out var entry) ? entry : _below?.Entry(date);
}

/// <summary>A day that a layer of a calendar decides by itself.</summary>
internal sealed record CalendarEntry(bool Working, string? Reason, IReadOnlyList<WorkingHours>? Hours);
