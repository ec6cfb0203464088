using CustomerService.Projects.Data;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Revisits.Jobs;

/// <summary>Marks revisits that were not held by their planned date (P2.1.1).</summary>
internal sealed class MarkRevisitsOverdue(
    IServiceScopeFactory scopes,
    ProjectsSettings settings,
    CommandContexts contexts,
    ILogger<MarkRevisitsOverdue> log
) : DueSweep<ProjectsDb, Revisit>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<Revisit> Due(ProjectsDb db) =>
        db
            .Revisits.Where(RevisitDeadlines.Overdue(contexts.Clock.Today))
            .Where(r => r.MarkedOverdueFor == null || r.MarkedOverdueFor != r.DueOn);

    protected override Refusal? Step(Revisit revisit) => revisit.MarkOverdue(contexts.ForSystem("projects", revisit));
}
