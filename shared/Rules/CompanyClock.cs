namespace CustomerService.Rules;

/// <summary>The time of the company: instants from <see cref="TimeProvider"/>, dates in the company's time zone.</summary>
public sealed class CompanyClock(TimeProvider time, TimeZoneInfo zone)
{
    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>Now, UTC.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Today in the company's time zone.</summary>
    public DateOnly Today => DateOf(Now);

    /// <summary>The company's date at an instant.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);
}
