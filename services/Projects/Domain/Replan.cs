using CustomerService.Rules;

namespace CustomerService.Projects.Domain;

/// <summary>
/// Brings the revisits of a project in line with a new plan (P2.1.1). What was held is not touched; what a person fixed stays where it
/// is inside the new limits; what a person cancelled stays cancelled.
/// </summary>
internal static class Replan
{
    /// <summary>Moves, adds and cancels.</summary>
    /// <returns>What was added.</returns>
    public static IReadOnlyList<Revisit> Follow(Project project, IReadOnlyList<Revisit> revisits, RevisitPolicy policy, string reason, FlowContext context)
    {
        // The plan acts, in the name of the person who changed what it follows from.
        var plan = context with { Actor = context.Actor with { Roles = new HashSet<string> { Roles.System } } };
        var dates = RevisitPlan.Dates(project.HandedOverOn!.Value, project.HorizonEndsOn!.Value, policy);
        var added = new List<Revisit>();
        for (var slot = 1; slot <= dates.Count; slot++)
        {
            var there = revisits.Where(r => r.PlanSlot == slot && !r.IsCancelledByPlan).ToList();
            if (there.Count == 0)
            {
                added.Add(Revisit.Generate(project, slot, dates[slot - 1], plan));
            }

            foreach (var revisit in there.Where(r => r.IsOpen))
            {
                revisit.FollowPlan(dates[slot - 1], reason, project, plan);
            }
        }

        foreach (var revisit in revisits.Where(r => r.IsOpen && (r.PlanSlot > dates.Count || (r.PlanSlot is null && !IsInside(r.DueOn, project)))))
        {
            revisit.LeavePlan(reason, project, plan);
        }

        return added;
    }

    private static bool IsInside(DateOnly date, Project project) => date >= project.HandedOverOn && date <= project.HorizonEndsOn;
}
