using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Returns.Jobs;

/// <summary>Marks and announces each exchange that was shipped in advance and whose goods and slip are not here by the
/// deadline (C5.1.5).</summary>
internal sealed class MarkOverdueAdvances(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    RepairsSettings settings,
    ILogger<MarkOverdueAdvances> log
) : DueSweep<RepairsDb, ReturnCase>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<ReturnCase> Due(RepairsDb db) =>
        db.ReturnCases.Where(one =>
            one.AdvanceDeadline < contexts.Clock.Today && one.AdvanceOverdueOn == null && one.ClosedOn == null
        );

    protected override Refusal? Step(ReturnCase one) => one.MarkAdvanceOverdue(contexts.ForSystem("repairs", one));
}
