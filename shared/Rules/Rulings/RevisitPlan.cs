namespace CustomerService.Rules;

/// <summary>When a project is revisited, and when it has been revisited too little (P2.1.1).</summary>
public static class RevisitPlan
{
    /// <summary>
    /// The planned dates: the pattern's months from handover, each from the anchor, none after the last
    /// warranty day. Where
    /// not even the first fits, the one revisit is planned on the last warranty day, because at least one is hard.
    /// </summary>
    /// <returns>At least one date, ascending.</returns>
    public static IReadOnlyList<DateOnly> Dates(DateOnly handover, DateOnly lastWarrantyDay, RevisitPolicy policy)
    {
        var dates = Months(policy)
            .TakeWhile(months => months <= MonthsBetween(handover, lastWarrantyDay))
            .Select(months => CalendarMonths.Add(handover, months))
            .Where(date => date <= lastWarrantyDay)
            .ToList();
        return dates.Count > 0 ? dates : [lastWarrantyDay];
    }

    /// <summary>The last day of the plan: the policy's horizon over the project's warranty parts.</summary>
    /// <param name="terms">The effective terms, see <see cref="Warranty.Effective"/>.</param>
    /// <param name="handover">Handover of the project.</param>
    /// <param name="policy">The policy of the project.</param>
    /// <returns>Null when no part has a finite term and the horizon is not fixed.</returns>
    public static DateOnly? Horizon(IEnumerable<WarrantyTerm> terms, DateOnly handover, RevisitPolicy policy) =>
        policy.Horizon == HorizonRule.FixedMonths
            ? CalendarMonths.LastDayOfTerm(handover, policy.HorizonMonths!.Value)
            : terms.Max(term => term.FiniteThrough);

    /// <summary>A project whose warranty horizon has ended without a revisit held is in breach, and says
    /// so.</summary>
    public static bool IsInBreach(DateOnly lastWarrantyDay, int held, DateOnly today) =>
        held == 0 && today > lastWarrantyDay;

    /// <summary>Whether one planned revisit may be cancelled.</summary>
    /// <param name="remaining">Planned revisits that are still to be held, the one in question among them.</param>
    /// <returns>Null when it may; else the refusal <c>last-revisit</c>.</returns>
    public static Refusal? CheckCancel(int remaining) =>
        remaining > 1
            ? null
            : Refusal.ByRule(
                "last-revisit",
                "P2.1.1",
                ["another-planned-revisit"],
                Roles.Engineering,
                Roles.Production
            );

    private static IEnumerable<int> Months(RevisitPolicy policy)
    {
        foreach (var months in policy.FirstMonths)
        {
            yield return months;
        }

        // The next multiple after the first ones: 3, 6, then 12, 18 …
        var last = policy.FirstMonths.Count > 0 ? policy.FirstMonths[^1] : 0;
        for (
            var months = ((last / policy.ThenEveryMonths) + 1) * policy.ThenEveryMonths;
            ;
            months += policy.ThenEveryMonths
        )
        {
            yield return months;
        }
    }

    private static int MonthsBetween(DateOnly from, DateOnly to) =>
        ((to.Year - from.Year) * 12) + to.Month - from.Month;
}
