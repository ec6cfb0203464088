using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.Revisits.Domain;

/// <summary>What a new plan changed.</summary>
/// <param name="Added">Revisits that it adds.</param>
/// <param name="Moved">How many got another date.</param>
/// <param name="Cancelled">How many it has no use for.</param>
/// <param name="Rescheduled">How many have another place in the plan, those that moved with it among them.</param>
/// <param name="TermsChanged">Whether warranty terms or the plan's horizon changed.</param>
internal sealed record PlanChange(
    IReadOnlyList<Revisit> Added,
    int Moved,
    int Cancelled,
    int Rescheduled,
    bool TermsChanged
)
{
    public static PlanChange None { get; } = new([], 0, 0, 0, false);

    public bool IsChange => Added.Count > 0 || Moved > 0 || Cancelled > 0 || Rescheduled > 0 || TermsChanged;
}

/// <summary>
/// When a project is revisited (P2.1.1), and how its revisits follow a new plan: what was held is not touched; a date
/// that a person fixed stays where it is inside the new limits; what a person cancelled stays cancelled.
/// </summary>
internal static class RevisitPlanning
{
    /// <summary>
    /// The planned dates: the pattern's months from handover, none after the last warranty day. Where not even the
    /// first fits, the one revisit is planned on the last warranty day, because at least one is required.
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
    /// <param name="table">The effective terms.</param>
    /// <param name="handover">Handover of the project.</param>
    /// <param name="policy">The policy of the project.</param>
    /// <returns>Null when no part has a finite term and the horizon is not fixed.</returns>
    public static DateOnly? Horizon(WarrantyTable table, DateOnly handover, RevisitPolicy policy) =>
        policy.Horizon == HorizonRule.FixedMonths
            ? CalendarMonths.LastDayOfTerm(handover, policy.HorizonMonths!.Value)
            : table.Terms.Max(term => term.FiniteThrough);

    /// <summary>Whether one revisit may be cancelled: at least one is held inside the warranty.</summary>
    /// <param name="active">Revisits that are not cancelled, the one in question among them.</param>
    public static bool MayCancel(int active) => active > 1;

    /// <summary>The first plan of a project that was handed over.</summary>
    public static PlanChange Plan(CommandContext context, Project project) =>
        PlanChange.None with
        {
            Added =
            [
                .. DatesOf(context, project).Select((due, index) => Revisit.Generate(context, project, index + 1, due)),
            ],
        };

    /// <summary>Moves, adds and cancels.</summary>
    public static PlanChange Replan(
        CommandContext context,
        Project project,
        IReadOnlyList<Revisit> revisits,
        string reason
    )
    {
        // The system acts on behalf of the person whose change triggered the new plan.
        var system = context with
        {
            Actor = context.Actor with { Roles = new HashSet<string> { Roles.System } },
        };
        var dates = DatesOf(context, project);
        var added = new List<Revisit>();
        var (moved, cancelled, rescheduled) = (0, 0, 0);
        for (var slot = 1; slot <= dates.Count; slot++)
        {
            var present = revisits.Where(r => r.PlanSlot == slot && !r.IsCancelledByPlan).ToList();
            if (present.Count == 0)
            {
                added.Add(Revisit.Generate(system, project, slot, dates[slot - 1]));
            }

            foreach (var revisit in present.Where(r => r.IsOpen))
            {
                var (planDate, due) = (revisit.PlanDate, revisit.DueOn);
                revisit.FollowPlan(system, dates[slot - 1], reason, project);
                rescheduled += revisit.PlanDate == planDate ? 0 : 1;
                moved += revisit.DueOn == due ? 0 : 1;
            }
        }

        foreach (var revisit in revisits.Where(r => r.IsOpen && !r.IsFixedIn(project) && !HasSlot(r, dates)))
        {
            var due = revisit.DueOn;
            revisit.LeavePlan(system, reason, project);
            cancelled += revisit.IsOpen ? 0 : 1;
            moved += revisit.DueOn == due ? 0 : 1;
        }

        return new(added, moved, cancelled, rescheduled, false);
    }

    private static bool HasSlot(Revisit revisit, IReadOnlyList<DateOnly> dates) => revisit.PlanSlot <= dates.Count;

    private static IReadOnlyList<DateOnly> DatesOf(CommandContext context, Project project) =>
        Dates(project.HandedOverOn!.Value, project.HorizonEndsOn!.Value, context.Policy.Revisits);

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
