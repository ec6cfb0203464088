namespace CustomerService.Rules;

/// <summary>When a complaint must have been answered and solved (C1, C2).</summary>
/// <param name="RespondBy">First response, UTC. It never pauses.</param>
/// <param name="ResolveBy">Solution, UTC; null while a pause lasts.</param>
public sealed record ServiceTargets(DateTimeOffset RespondBy, DateTimeOffset? ResolveBy)
{
    /// <summary>Works out the targets of a complaint.</summary>
    /// <param name="opened">When it was opened.</param>
    /// <param name="target">Hours of its severity.</param>
    /// <param name="clock">The calendar that the target names, in the company's time zone.</param>
    /// <param name="pauses">Pauses so far.</param>
    public static ServiceTargets For(
        DateTimeOffset opened,
        ServiceTarget target,
        BusinessClock clock,
        IReadOnlyCollection<Pause> pauses
    ) => new(clock.Add(opened, target.Respond), clock.Add(opened, target.Resolve, pauses));

    /// <summary>The same with everything looked up in the policies.</summary>
    public static ServiceTargets For(
        DateTimeOffset opened,
        Severity severity,
        Policy policy,
        WorkCalendars calendars,
        TimeZoneInfo zone,
        IReadOnlyCollection<Pause> pauses
    )
    {
        var target = policy.Complaints.Targets[severity];
        return For(opened, target, new BusinessClock(calendars[target.Calendar], zone), pauses);
    }
}
