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
) : DueSweep(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override async Task<IReadOnlyList<Guid>> DueAsync(
        IServiceProvider services,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var db = services.GetRequiredService<RepairsDb>();
        return await db
            .Rmas.Where(rma =>
                rma.State == RmaState.Confirmed
                && rma.Id > after
                && !db.RmaUnits.Any(unit => unit.RmaId == rma.Id && unit.EndedOn == null)
            )
            .OrderBy(rma => rma.Id)
            .Select(rma => rma.Id)
            .Take(limit)
            .ToListAsync(cancellationToken);
    }

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var db = services.GetRequiredService<RepairsDb>();
        if (await db.Rmas.FirstOrDefaultAsync(rma => rma.Id == id, cancellationToken) is not { } rma)
        {
            return false;
        }

        var repaired = await db
            .RmaUnits.AsNoTracking()
            .Where(unit => unit.RmaId == id && unit.RepairStarted != null)
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
