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

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        Rma rma,
        CancellationToken cancellationToken
    )
    {
        var repaired = await services
            .GetRequiredService<RepairsDb>()
            .RmaUnits.AsNoTracking()
            .Where(unit => unit.RmaId == rma.Id && unit.RepairStarted != null)
            .Select(unit => unit.RepairStarted)
            .ToListAsync(cancellationToken);
        var department = repaired
            .Select(by => by!.Department)
            .OfType<string>()
            .CountBy(code => code)
            .OrderByDescending(one => one.Value)
            .ThenBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => one.Key)
            .FirstOrDefault();
        // The query has counted; a unit that was made since belongs to a newer version of the RMA.
        return rma.Close(contexts.ForSystem("repairs", rma), 0, department) is null;
    }
}
