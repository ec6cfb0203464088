using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.WorkLinks.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.WorkLinks;

/// <summary>From the token in an address to the link and the orders that it leads to.</summary>
internal static class HeldLink
{
    private const int MostOrders = 100;

    private static readonly RepairOrderState[] AtWork =
    [
        RepairOrderState.Dispatched,
        RepairOrderState.Briefed,
        RepairOrderState.InRepair,
    ];

    /// <summary>The link of a token; null where there is none.</summary>
    public static async Task<WorkLink?> LinkOfAsync(this RepairsDb db, string token, CancellationToken cancellation)
    {
        if (!SecretLink.IsWellFormed(token))
        {
            return null;
        }

        var hash = SecretLink.HashOf(token);
        return await db.WorkLinks.AsNoTracking().FirstOrDefaultAsync(l => l.SecretHash == hash, cancellation);
    }

    /// <summary>The orders that it leads to: the one, or the open ones of the unit on that day.</summary>
    public static async Task<IReadOnlyList<RepairOrder>> OrdersAsync(
        this RepairsDb db,
        WorkLink link,
        CancellationToken cancellation
    )
    {
        var (one, unit) = (link.RepairOrderId, link.UnitId);
        var orders = await db
            .RepairOrders.AsNoTracking()
            .Where(o => o.RepairUnitId == unit && (one == null ? AtWork.Contains(o.State) : o.Id == one))
            .OrderBy(o => o.StartDueAt)
            .Take(MostOrders)
            .ToListAsync(cancellation);
        return [.. orders.Where(link.Covers)];
    }
}
