using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Projects.Jobs;

/// <summary>Marks projects whose plan has ended without a revisit held (P2.1.1).</summary>
internal sealed class MarkBreaches(
    IServiceScopeFactory scopes,
    ProjectsSettings settings,
    CommandContexts contexts,
    ILogger<MarkBreaches> log
) : DueSweep<ProjectsDb, Project>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<Project> Due(ProjectsDb db) =>
        db.Projects.Where(ProjectDeadlines.InBreach(contexts.Clock.Today)).Where(p => p.BreachMarkedOn == null);

    protected override Refusal? Step(Project project) => project.MarkBreach(contexts.ForSystem("projects", project));
}
