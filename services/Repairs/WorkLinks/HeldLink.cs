using CustomerService.Records;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.WorkLinks.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.WorkLinks;

/// <summary>A link with an order to which it leads.</summary>
internal sealed record HeldOrder(WorkLink Link, RepairOrder Order)
{
    public RecordRef Record => new("repairs", Order.Kind, Order.Id, Order.Number);
}

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

    /// <summary>The order to which an open link leads, to be changed; null where there is none.</summary>
    public static async Task<Result<HeldOrder>?> HeldOrderAsync(
        this RepairsDb db,
        string token,
        Guid orderId,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (await db.LinkOfAsync(token, cancellation) is not { } link)
        {
            return null;
        }

        if (link.WhyClosed(now) is { } closed)
        {
            return closed;
        }

        var order = await db.RepairOrders.FirstOrDefaultAsync(o => o.Id == orderId, cancellation);
        if (order is null || !link.Covers(order))
        {
            return null;
        }

        return new HeldOrder(link, order);
    }

    /// <summary>The orders that it leads to: the one, or the open ones of the unit on that day.</summary>
    public static async Task<IReadOnlyList<RepairOrder>> OrdersAsync(
        this RepairsDb db,
        WorkLink link,
        CancellationToken cancellation
    )
    {
        var (one, unit) = (link.RepairOrderId, link.UnitId);
        var orders = db.RepairOrders.AsNoTracking().Where(o => o.RepairUnitId == unit);
        if (one is { } id)
        {
            orders = orders.Where(o => o.Id == id);
        }
        else
        {
            var planned = db.PlannedOn(unit, link.Day!.Value);
            orders = orders.Where(o => AtWork.Contains(o.State) && planned.Contains(o.Id));
        }

        var found = await orders.OrderBy(o => o.StartDueAt).Take(MostOrders).ToListAsync(cancellation);
        return [.. found.Where(link.Covers)];
    }

    /// <summary>The unit's orders that are planned on a day or not planned; those of other days would take their places
    /// within the limit.</summary>
    internal static IQueryable<Guid> PlannedOn(this RepairsDb db, Guid unit, DateOnly day) =>
        db.Database.SqlQuery<Guid>(
            $"""
            SELECT id AS "Value" FROM repair_orders
            WHERE repair_unit_id = {unit}
                AND (plan IS NULL OR ((plan ->> 'from')::date <= {day} AND (plan ->> 'to')::date >= {day}))
            """
        );
}
