using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas.Jobs;

/// <summary>Marks and announces each unit whose customer was not reached about the charge in time (C3.1.2).</summary>
internal sealed class MarkOverdueContacts(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    RepairsSettings settings,
    ILogger<MarkOverdueContacts> log
) : DueSweep<RepairsDb, RmaUnit>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<RmaUnit> Due(RepairsDb db) =>
        db
            .RmaUnits.Where(RmaUnit.ContactOverdue(true, contexts.Clock.Today))
            .Where(unit => unit.ContactOverdueOn == null);

    protected override Refusal? Step(RmaUnit unit) => unit.MarkContactOverdue(contexts.ForSystem("repairs", unit));
}
