using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas.Jobs;

/// <summary>Closes each RMA of which everything that came has ended (C3.1.1).</summary>
internal sealed class CloseFinishedRmas(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    RepairsSettings settings,
    ILogger<CloseFinishedRmas> log
) : DueSweep<RepairsDb, Rma>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<Rma> Due(RepairsDb db) =>
        db.Rmas.Where(rma =>
            rma.State == RmaState.Confirmed && !db.RmaUnits.Any(unit => unit.RmaId == rma.Id && unit.EndedOn == null)
        );

    // The query has counted; a unit that was made since belongs to a newer version of the RMA.
    protected override Refusal? Step(Rma rma) => rma.Close(contexts.ForSystem("repairs", rma), 0);
}
