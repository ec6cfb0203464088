namespace CustomerService.Rules;

/// <summary>A time during which a target does not run, with its reason (C1: pauses and reasons).</summary>
/// <param name="From">Begin, with it.</param>
/// <param name="To">End, without it; null while the pause lasts.</param>
/// <param name="Reason">Why, as a stable code or text, for example <c>waiting-for-customer</c>.</param>
public sealed record Pause(DateTimeOffset From, DateTimeOffset? To, string Reason);

/// <summary>A part of the time that a clock looked at.</summary>
/// <param name="From">Begin, UTC.</param>
/// <param name="To">End, UTC, without it.</param>
/// <param name="Kind"><see cref="Working"/> counts, the others do not.</param>
/// <param name="Reason">Of a pause.</param>
public sealed record ClockSpan(DateTimeOffset From, DateTimeOffset To, string Kind, string? Reason)
{
    /// <summary>Counted.</summary>
    public const string Working = "working";

    /// <summary>Working time that does not count.</summary>
    public const string Paused = "paused";

    /// <summary>Nobody works.</summary>
    public const string Closed = "closed";
}

/// <summary>
/// Counts working time: only within the calendar's hours, only outside pauses, in real elapsed time. A pause outside
/// working hours moves nothing (worked case 3). Where the zone has summer time, an hour that is skipped is not
/// counted
/// and an hour that comes twice is counted twice, because that is how long people really had; hours that begin or end
/// within it do so the first time.
/// </summary>
/// <param name="calendar">Days and hours.</param>
/// <param name="zone">The time zone that the hours are meant in.</param>
public sealed class BusinessClock(WorkCalendar calendar, TimeZoneInfo zone)
{
    // A target that is not met within this many days in a row on which the calendar has no hours rests on a
    // broken calendar.
    private const int LongestClosure = 366;

    /// <summary>The instant at which so much working time has passed. Zero gives the start itself.</summary>
    /// <param name="start">Any instant, within working hours or not.</param>
    /// <param name="duration">Working time, at least zero.</param>
    /// <exception cref="InvalidOperationException">The calendar has no working time for more than a year.</exception>
    public DateTimeOffset Add(DateTimeOffset start, TimeSpan duration) => Add(start, duration, [])!.Value;

    /// <summary>The same with pauses. Null while a pause lasts that began before the time was used up: it
    /// cannot be said yet.</summary>
    public DateTimeOffset? Add(DateTimeOffset start, TimeSpan duration, IReadOnlyCollection<Pause> pauses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        if (duration == TimeSpan.Zero)
        {
            return start.ToUniversalTime();
        }

        var (ended, openSince) = Split(pauses);
        var left = duration;
        foreach (var (from, to) in WorkingTime(start, openSince, ended))
        {
            var span = to - from;
            if (left <= span)
            {
                return from + left;
            }

            left -= span;
        }

        return openSince is null
            ? throw new InvalidOperationException(
                $"Calendar {calendar.Id} has no working time for {LongestClosure} days after {start:O}."
            )
            : null;
    }

    /// <summary>Working time between two instants; zero when the second is not later.</summary>
    public TimeSpan Elapsed(DateTimeOffset from, DateTimeOffset to) => Elapsed(from, to, []);

    /// <summary>The same with pauses; one that lasts counts up to <paramref name="to"/>.</summary>
    public TimeSpan Elapsed(DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<Pause> pauses)
    {
        var (ended, openSince) = Split(pauses);
        var until = openSince is { } open && open < to ? open : to;
        return WorkingTime(from, until, ended)
            .Aggregate(TimeSpan.Zero, (sum, stretch) => sum + (stretch.To - stretch.From));
    }

    /// <summary>How the time between two instants is made up: what counts, what was paused, and when nobody works. The
    /// spans follow each other without gaps.</summary>
    public IReadOnlyList<ClockSpan> Spans(DateTimeOffset from, DateTimeOffset until, IReadOnlyCollection<Pause> pauses)
    {
        var spans = new List<ClockSpan>();
        var at = from.ToUniversalTime();
        var end = until.ToUniversalTime();
        var ended = pauses
            .Select(p => p with { From = p.From.ToUniversalTime(), To = (p.To ?? until).ToUniversalTime() })
            .Where(p => p.To > p.From)
            .OrderBy(p => p.From)
            .ToList();
        void AddTo(DateTimeOffset next, string kind, string? reason)
        {
            next = next < end ? next : end;
            if (next > at)
            {
                spans.Add(new(at, next, kind, reason));
                at = next;
            }
        }

        foreach (var stretch in WorkingTime(from, until, []))
        {
            AddTo(stretch.From, ClockSpan.Closed, null);
            foreach (var pause in ended.Where(p => p.To > stretch.From && p.From < stretch.To))
            {
                AddTo(pause.From, ClockSpan.Working, null);
                AddTo(pause.To!.Value < stretch.To ? pause.To.Value : stretch.To, ClockSpan.Paused, pause.Reason);
            }

            AddTo(stretch.To, ClockSpan.Working, null);
        }

        AddTo(end, ClockSpan.Closed, null);
        return spans;
    }

    /// <summary>Whether work is done at this instant.</summary>
    public bool IsOpen(DateTimeOffset instant) => Elapsed(instant, instant.AddTicks(1)) > TimeSpan.Zero;

    // Stretches of working time from start on, in order, in UTC, without the pauses.
    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> WorkingTime(
        DateTimeOffset start,
        DateTimeOffset? until,
        IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> pauses
    )
    {
        start = start.ToUniversalTime();
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, zone).DateTime);
        // Days within a pause do not count as closed: a pause may last for years. Where there is an end, the
        // walk ends there.
        for (var closed = 0; closed <= LongestClosure || until is not null; date = date.AddDays(1), closed++)
        {
            foreach (var hours in calendar.Hours(date))
            {
                var (from, to) = (Instant(date, hours.From), Instant(date, hours.To));
                closed = from < to ? -1 : closed;
                to = until is { } end && end < to ? end.ToUniversalTime() : to;
                foreach (var stretch in Without(Later(from, start), to, pauses))
                {
                    yield return stretch;
                }
            }

            if (until is { } last && Instant(date, TimeSpan.FromHours(24)) >= last)
            {
                yield break;
            }
        }
    }

    // The pauses come in the order of their begin, so that one within another is over when its turn comes.
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Without(
        DateTimeOffset from,
        DateTimeOffset to,
        IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> pauses
    )
    {
        foreach (var pause in pauses)
        {
            if (pause.To <= from)
            {
                continue;
            }

            if (pause.From >= to)
            {
                break;
            }

            if (pause.From > from)
            {
                yield return (from, pause.From);
            }

            from = pause.To;
        }

        if (from < to)
        {
            yield return (from, to);
        }
    }

    private static (IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Ended, DateTimeOffset? OpenSince) Split(
        IReadOnlyCollection<Pause> pauses
    ) =>
        (
            [
                .. pauses
                    .Where(p => p.To > p.From)
                    .Select(p => (p.From.ToUniversalTime(), p.To!.Value.ToUniversalTime()))
                    .Order(),
            ],
            pauses.Where(p => p.To is null).Select(p => (DateTimeOffset?)p.From.ToUniversalTime()).Min()
        );

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    // Both ends of every stretch go through here, so that stretches never overlap.
    private DateTimeOffset Instant(DateOnly date, TimeSpan time) => zone.InstantOf(date, time);
}
