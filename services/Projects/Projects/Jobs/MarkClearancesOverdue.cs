using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Projects.Jobs;

/// <summary>Marks sites that were not cleared by their last day (P1).</summary>
internal sealed class MarkClearancesOverdue(
    IServiceScopeFactory scopes,
    ProjectsSettings settings,
    CommandContexts contexts,
    ILogger<MarkClearancesOverdue> log
) : DueSweep<ProjectsDb, Project>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<Project> Due(ProjectsDb db) =>
        db
            .Projects.Where(ProjectDeadlines.ClearanceOverdue(contexts.Clock.Today))
            .Where(p => p.ClearanceMarkedOverdueOn == null);

    protected override Refusal? Step(Project project) =>
        project.MarkClearanceOverdue(contexts.ForSystem("projects", project));
}
