using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Projects.Jobs;

/// <summary>Ends the warranty of projects whose last term has ended (P3.1.2).</summary>
internal sealed class EndWarranties(
    IServiceScopeFactory scopes,
    ProjectsSettings settings,
    CommandContexts contexts,
    ILogger<EndWarranties> log
) : DueSweep<ProjectsDb, Project>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<Project> Due(ProjectsDb db) =>
        db.Projects.Where(ProjectDeadlines.WarrantyOver(contexts.Clock.Today));

    protected override Refusal? Step(Project project) => project.EndWarranty(contexts.ForSystem("projects", project));
}
