using CustomerService.Rules;

namespace CustomerService.Projects.Domain;

/// <summary>What a new plan changed.</summary>
/// <param name="Added">Revisits that it adds.</param>
/// <param name="Moved">How many got another date.</param>
/// <param name="Cancelled">How many it has no use for.</param>
/// <param name="Dated">How many have another place in the plan, those that moved with it among them.</param>
/// <param name="TermsChanged">Whether warranty terms or the plan's horizon are others than they were.</param>
internal sealed record Replanned(IReadOnlyList<Revisit> Added, int Moved, int Cancelled, int Dated, bool TermsChanged)
{
    public static Replanned Nothing { get; } = new([], 0, 0, 0, false);

    public bool IsChange => Added.Count > 0 || Moved > 0 || Cancelled > 0 || Dated > 0 || TermsChanged;
}

/// <summary>
/// Brings the revisits of a project in line with a new plan (P2.1.1). What was held is not touched; what a
/// person fixed stays where it
/// is inside the new limits; what a person cancelled stays cancelled.
/// </summary>
internal static class Replan
{
    /// <summary>Moves, adds and cancels.</summary>
    public static Replanned Follow(
        Project project,
        IReadOnlyList<Revisit> revisits,
        RevisitPolicy policy,
        string reason,
        FlowContext context
    )
    {
        // The plan acts, in the name of the person who changed what it follows from.
        var plan = context with
        {
            Actor = context.Actor with { Roles = new HashSet<string> { Roles.System } },
        };
        var dates = RevisitPlan.Dates(project.HandedOverOn!.Value, project.HorizonEndsOn!.Value, policy);
        var added = new List<Revisit>();
        var (moved, cancelled, dated) = (0, 0, 0);
        for (var slot = 1; slot <= dates.Count; slot++)
        {
            var there = revisits.Where(r => r.PlanSlot == slot && !r.IsCancelledByPlan).ToList();
            if (there.Count == 0)
            {
                added.Add(Revisit.Generate(project, slot, dates[slot - 1], plan));
            }

            foreach (var revisit in there.Where(r => r.IsOpen))
            {
                var (planDate, due) = (revisit.PlanDate, revisit.DueOn);
                revisit.FollowPlan(dates[slot - 1], reason, project, plan);
                dated += revisit.PlanDate == planDate ? 0 : 1;
                moved += revisit.DueOn == due ? 0 : 1;
            }
        }

        foreach (
            var revisit in revisits.Where(r =>
                r.IsOpen && !r.IsFixedIn(project) && (r.PlanSlot is null || r.PlanSlot > dates.Count)
            )
        )
        {
            var due = revisit.DueOn;
            revisit.LeavePlan(reason, project, plan);
            cancelled += revisit.IsOpen ? 0 : 1;
            moved += revisit.DueOn == due ? 0 : 1;
        }

        return new(added, moved, cancelled, dated, false);
    }
}
