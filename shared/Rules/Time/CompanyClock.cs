namespace CustomerService.Rules;

/// <summary>
/// What time and what day it is for the company. Instants are UTC; every date that a rule counts is a date in the
/// company's time zone, so that a complaint taken at 07:00 in Shanghai does not carry yesterday's date.
/// </summary>
/// <param name="time">The source of the present.</param>
/// <param name="zone">The company's time zone; <see cref="DefaultZone"/> when none is given.</param>
public sealed class CompanyClock(TimeProvider time, TimeZoneInfo? zone = null)
{
    /// <summary>IANA name of the time zone that is used when none is configured.</summary>
    public const string DefaultZone = "Asia/Shanghai";

    /// <summary>The company's time zone.</summary>
    public TimeZoneInfo Zone { get; } = zone ?? TimeZoneInfo.FindSystemTimeZoneById(DefaultZone);

    /// <summary>The source of the present, for timers.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>The present instant, UTC.</summary>
    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>The present date in the company's time zone.</summary>
    public DateOnly Today => DateOf(Now);

    /// <summary>A clock for a time zone named as in the settings.</summary>
    /// <exception cref="ArgumentException">The zone is unknown; the message is one line for the person who set
    /// it.</exception>
    public static CompanyClock In(string zoneId, TimeProvider? time = null) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone)
            ? new(time ?? TimeProvider.System, zone)
            : throw new ArgumentException(
                $"Unknown time zone '{zoneId}'; give an IANA name such as {DefaultZone}.",
                nameof(zoneId)
            );

    /// <summary>The date in the company's time zone on which an instant falls.</summary>
    public DateOnly DateOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);
}
