using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas;

/// <summary>Units go on once their count is agreed (C5.1.1).</summary>
internal static class RmaRelease
{
    public static async Task UnitsAsync(RepairsDb db, Rma rma, CommandContext context, CancellationToken cancellation)
    {
        var blocked = await db
            .RmaUnits.Where(unit => unit.RmaId == rma.Id && unit.State == RmaUnitState.Received)
            .ToListAsync(cancellation);
        var system = context with { Actor = Actor.System("repairs") };
        foreach (var unit in blocked)
        {
            if (unit.Release(system) is { } refusal)
            {
                throw new InvalidOperationException($"{unit.Number} refused: {refusal.Code} ({refusal.Rule}).");
            }
        }
    }
}
