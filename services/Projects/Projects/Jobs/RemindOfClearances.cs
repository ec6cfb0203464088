using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Projects.Jobs;

/// <summary>Reminds the people concerned that a site is to be cleared soon (P1).</summary>
internal sealed class RemindOfClearances(
    IServiceScopeFactory scopes,
    ProjectsSettings settings,
    CommandContexts contexts,
    ILogger<RemindOfClearances> log
) : DueSweep<ProjectsDb, Project>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<Project> Due(ProjectsDb db) =>
        db
            .Projects.Where(ProjectDeadlines.ClearanceReminderDue(ReminderDays, contexts.Clock.Today))
            .Where(p => p.ClearanceMarkedOverdueOn == null);

    // Each project is checked under its own version; the days of all are asked for.
    private int[] ReminderDays => [.. contexts.Policies.Versions.SelectMany(p => p.Clearance.ReminderDays).Distinct()];

    protected override Refusal? Step(Project project) =>
        project.RemindOfClearance(contexts.ForSystem("projects", project));
}
