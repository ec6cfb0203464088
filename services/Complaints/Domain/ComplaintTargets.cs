using CustomerService.Rules;

namespace CustomerService.Complaints.Domain;

/// <summary>Response and resolution targets (C1) under the policy version of the case, on the calendar that the
/// policy names.</summary>
internal sealed class ComplaintTargets(PolicyCatalogue policies, CompanyClock clock)
{
    /// <summary>The policy version under which a complaint is opened on a day.</summary>
    public int VersionOn(DateOnly day) => policies.At(day).Version;

    /// <summary>How long a complaint may have lain about before it is registered.</summary>
    public TimeSpan LongestDelay(int policyVersion) =>
        TimeSpan.FromDays(policies.Version(policyVersion).Complaints.LongestDelayDays);

    public ServiceTargets For(
        DateTimeOffset opened,
        Severity severity,
        int policyVersion,
        IReadOnlyList<ComplaintPause> pauses
    ) =>
        ServiceTargets.For(
            opened,
            severity,
            policies.Version(policyVersion),
            policies.Calendars,
            clock.Zone,
            pauses.Select(p => new Pause(p.From, p.To, Spelling.Kebab(p.Reason.ToString()))).ToList()
        );
}
