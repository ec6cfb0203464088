using CustomerService.Projects.Data;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Revisits.Jobs;

/// <summary>Reminds the people concerned of revisits that come near (P2.1.1).</summary>
internal sealed class RemindOfRevisits(
    IServiceScopeFactory scopes,
    ProjectsSettings settings,
    CommandContexts contexts,
    ILogger<RemindOfRevisits> log
) : DueSweep<ProjectsDb, Revisit>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<Revisit> Due(ProjectsDb db) =>
        db.Revisits.Where(RevisitDeadlines.ReminderDue(ReminderDays, contexts.Clock.Today));

    // Each revisit is checked under its own version; the days of all are asked for.
    private int[] ReminderDays => [.. contexts.Policies.Versions.SelectMany(p => p.Revisits.ReminderDays).Distinct()];

    protected override Refusal? Step(Revisit revisit) => revisit.Remind(contexts.ForSystem("projects", revisit));
}
