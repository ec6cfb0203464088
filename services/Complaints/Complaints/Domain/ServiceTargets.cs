using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>When a complaint must have been answered and solved (C1, C2).</summary>
/// <param name="RespondBy">First response, UTC. It never pauses.</param>
/// <param name="ResolveBy">Solution, UTC; null while a pause lasts.</param>
internal sealed record ServiceTargets(DateTimeOffset RespondBy, DateTimeOffset? ResolveBy)
{
    /// <summary>Counts the hours that the policy gives this severity, on the policy's calendar.</summary>
    /// <param name="openedAt">From when they count.</param>
    /// <param name="severity">Decides the hours.</param>
    /// <param name="context">Carries the policy under which the complaint runs.</param>
    /// <param name="pauses">Pauses so far.</param>
    public static ServiceTargets For(
        DateTimeOffset openedAt,
        Severity severity,
        CommandContext context,
        IEnumerable<ComplaintPause> pauses
    )
    {
        var target = context.Policy.Complaints.Targets[severity];
        var clock = context.BusinessClock(target.Calendar);
        return new(
            clock.Add(openedAt, target.Respond),
            clock.Add(openedAt, target.Resolve, [.. pauses.Select(p => new Pause(p.From, p.To, p.Reason.ToKebab()))])
        );
    }
}
