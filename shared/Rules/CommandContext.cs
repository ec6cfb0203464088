namespace CustomerService.Rules;

/// <summary>
/// What every decision may look at besides the record: who acts, when, and under which policy. It is the first
/// parameter of every domain method.
/// </summary>
public sealed record CommandContext
{
    private readonly DateTimeOffset _now;
    private readonly DateOnly _today;

    /// <param name="actor">Who acts.</param>
    /// <param name="now">The instant, UTC; cut to whole milliseconds, so that it survives every store unchanged.</param>
    /// <param name="policy">The policy version under which the case runs.</param>
    /// <param name="calendars">The calendars that the policy names.</param>
    /// <param name="zone">The company's time zone.</param>
    public CommandContext(Actor actor, DateTimeOffset now, Policy policy, WorkCalendars calendars, TimeZoneInfo zone)
    {
        Actor = actor;
        _now = now.ToWholeMilliseconds();
        Policy = policy;
        Calendars = calendars;
        Zone = zone;
        _today = DateOf(_now);
    }

    /// <summary>Who acts.</summary>
    public Actor Actor { get; init; }

    /// <summary>The instant, UTC, in whole milliseconds.</summary>
    public DateTimeOffset Now
    {
        get
        {
            Watch?.Note();
            return _now;
        }
    }

    /// <summary>The date of <see cref="Now"/> in the company's time zone.</summary>
    public DateOnly Today
    {
        get
        {
            Watch?.Note();
            return _today;
        }
    }

    /// <summary>Learns whether a decision looked at the time; null where nobody asks.</summary>
    public TimeWatch? Watch { get; init; }

    /// <summary>The policy version under which the case runs.</summary>
    public Policy Policy { get; init; }

    /// <summary>The calendars that the policy names.</summary>
    public WorkCalendars Calendars { get; }

    /// <summary>The company's time zone.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The date in the company's time zone on which an instant falls.</summary>
    public DateOnly DateOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>A clock that counts the working hours of a calendar.</summary>
    public BusinessClock BusinessClock(string calendar) => new(Calendars[calendar], Zone);
}

/// <summary>Learns whether a decision looked at the time: such a one may come out otherwise later, though nothing else
/// has happened.</summary>
public sealed class TimeWatch
{
    /// <summary>Whether day or instant were looked at.</summary>
    public bool LookedAtTime { get; private set; }

    internal void Note() => LookedAtTime = true;
}

/// <summary>A record that keeps the policy version under which it was opened.</summary>
public interface IUnderPolicy
{
    /// <summary>The version, see <see cref="PolicyCatalogue.ByVersion"/>.</summary>
    int PolicyVersion { get; }
}

/// <summary>Makes contexts: for a new case by the policy in force, for a running one by the version it carries.</summary>
public sealed class CommandContexts(CompanyClock clock, PolicyCatalogue policies)
{
    public CompanyClock Clock => clock;

    public PolicyCatalogue Policies => policies;

    /// <summary>For a new case.</summary>
    public CommandContext For(Actor actor)
    {
        var now = clock.Now;
        return With(actor, now, policies.InForceOn(clock.DateOf(now)));
    }

    /// <summary>For a case that runs under a version of its own.</summary>
    public CommandContext For(Actor actor, IUnderPolicy record) =>
        With(actor, clock.Now, policies.ByVersion(record.PolicyVersion));

    /// <summary>The system acts on a new case, because an event of that service arrived or a deadline passed.</summary>
    public CommandContext ForSystem(string service) => For(Actor.System(service));

    /// <summary>The system acts on a running case.</summary>
    public CommandContext ForSystem(string service, IUnderPolicy record) => For(Actor.System(service), record);

    private CommandContext With(Actor actor, DateTimeOffset now, Policy policy) =>
        new(actor, now, policy, policies.Calendars, clock.Zone);
}

/// <summary>Who did something, and when.</summary>
/// <param name="ActorId">Subject of the token, or <c>system:…</c>.</param>
/// <param name="Name">Printed name at that time.</param>
/// <param name="Department">Department code, where the person had one.</param>
/// <param name="At">When, UTC, whole milliseconds.</param>
public sealed record Stamp(string ActorId, string Name, string? Department, DateTimeOffset At)
{
    public static Stamp Of(CommandContext context) =>
        new(context.Actor.Id, context.Actor.Name, context.Actor.Department, context.Now);

    /// <summary>Set by the system on the strength of an event or a deadline, not by a person.</summary>
    public bool IsSystem => ActorId.StartsWith(Actor.SystemPrefix, StringComparison.Ordinal);

    /// <summary>Whether this actor is the person of the stamp.</summary>
    public bool Is(Actor actor) => ActorId == actor.Id;
}

/// <summary>Instants as every store keeps them.</summary>
public static class Instants
{
    /// <summary>Cuts what is below a millisecond; the result is UTC.</summary>
    public static DateTimeOffset ToWholeMilliseconds(this DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    /// <summary>The instant of a local time, UTC: of one that comes twice the first, of one that is skipped the instant
    /// of the change. So the order of local times is kept. The first and the last day of the calendar, which somebody can
    /// write but nobody mean, are its first and its last instant.</summary>
    /// <param name="zone">Time zone.</param>
    /// <param name="date">Local date.</param>
    /// <param name="time">Time since its midnight; 24 hours are the end of the day.</param>
    public static DateTimeOffset InstantOf(this TimeZoneInfo zone, DateOnly date, TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (date == DateOnly.MinValue || date == DateOnly.MaxValue)
        {
            return (
                date == DateOnly.MinValue ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue
            ).ToWholeMilliseconds();
        }

        var local = date.ToDateTime(TimeOnly.MinValue) + time;
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The instant at which a day of that time zone is over.</summary>
    public static DateTimeOffset EndOf(this TimeZoneInfo zone, DateOnly day) =>
        zone.InstantOf(day, TimeSpan.FromDays(1));
}
