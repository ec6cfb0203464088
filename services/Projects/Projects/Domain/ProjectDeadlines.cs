using System.Linq.Expressions;
using CustomerService.Rules;

namespace CustomerService.Projects.Projects.Domain;

/// <summary>What becomes due or overdue of a project (P1, P2.1.1, P3.1.2): each rule once in C# and once for the
/// store, side by side.</summary>
internal static class ProjectDeadlines
{
    /// <summary>The site was not cleared by its last day.</summary>
    public static bool IsClearanceOverdue(Project project, DateOnly today) =>
        project is { Clearance: null, ClearanceDueOn: { } due } && Deadlines.IsOverdue(due, today);

    /// <inheritdoc cref="IsClearanceOverdue"/>
    public static Expression<Func<Project, bool>> ClearanceOverdue(DateOnly today) =>
        project => project.Clearance == null && project.ClearanceDueOn < today;

    /// <summary>A reminder day of the clearance has come for which there was no reminder yet.</summary>
    public static bool IsClearanceReminderDue(Project project, IReadOnlyList<int> days, DateOnly today) =>
        project is { Clearance: null, ClearanceDueOn: { } due }
        && Deadlines.IsReminderDue(due, days, project.ClearanceRemindedOn, today);

    /// <inheritdoc cref="IsClearanceReminderDue"/>
    public static Expression<Func<Project, bool>> ClearanceReminderDue(int[] days, DateOnly today)
    {
        // A fixed end keeps the index in use.
        var latest = today.AddDays(days.DefaultIfEmpty().Max());
        return project =>
            project.Clearance == null
            && project.ClearanceDueOn >= today
            && project.ClearanceDueOn <= latest
            && days.Any(day =>
                project.ClearanceDueOn!.Value.AddDays(-day) <= today
                && (
                    project.ClearanceRemindedOn == null
                    || project.ClearanceRemindedOn < project.ClearanceDueOn.Value.AddDays(-day)
                )
            );
    }

    /// <summary>By how many days completion acceptance came, or is, after the planned day (按計劃, P1): below zero
    /// before it; null without a plan, and before the planned day until it is accepted.</summary>
    public static int? AcceptanceDaysLate(Project project, DateOnly today) =>
        project.PlannedAcceptanceOn is not { } planned ? null
        : project.AcceptedOn is { } accepted ? accepted.DayNumber - planned.DayNumber
        : today > planned && project.State == ProjectState.Registered ? today.DayNumber - planned.DayNumber
        : null;

    /// <summary>The plan's horizon has ended and no revisit was held.</summary>
    public static bool IsInBreach(Project project, DateOnly today) =>
        project is { HeldRevisits: 0, HorizonEndsOn: { } end } && Deadlines.IsOverdue(end, today);

    /// <inheritdoc cref="IsInBreach"/>
    public static Expression<Func<Project, bool>> InBreach(DateOnly today) =>
        project => project.HorizonEndsOn < today && project.HeldRevisits == 0;

    /// <summary>The contrary of <see cref="InBreach"/>, for lists.</summary>
    public static Expression<Func<Project, bool>> NotInBreach(DateOnly today) =>
        project => !(project.HorizonEndsOn < today && project.HeldRevisits == 0);

    /// <summary>The last of all terms has ended, and it is not recorded yet.</summary>
    public static bool IsWarrantyOver(Project project, DateOnly today) =>
        project.State == ProjectState.HandedOver && project.WarrantyEndsOn < today;

    /// <inheritdoc cref="IsWarrantyOver"/>
    public static Expression<Func<Project, bool>> WarrantyOver(DateOnly today) =>
        project => project.State == ProjectState.HandedOver && project.WarrantyEndsOn < today;
}
