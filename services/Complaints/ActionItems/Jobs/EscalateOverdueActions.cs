using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.ActionItems.Jobs;

/// <summary>Brings what is overdue before the next level (C5.5).</summary>
internal sealed class EscalateOverdueActions(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    ComplaintsSettings settings,
    ILogger<EscalateOverdueActions> log
) : DueSweep<ComplaintsDb, ActionItem>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<ActionItem> Due(ComplaintsDb db) =>
        db.ActionItems.Where(ActionItemDeadlines.ToEscalate(contexts.Clock.Today));

    protected override Refusal? Step(ActionItem record) => record.Escalate(contexts.ForSystem("complaints", record));
}
