using System.Text.Json;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>What of orders refers to organisations and people, and moves when they are merged (S4).</summary>
internal sealed class OrdersFollowMerges(RepairsDb db, CommandContexts contexts) : IMoveReferences
{
    private const string Owner = "repair-order/owner";
    private const string Unit = "repair-order/unit";
    private const string FoundUnit = "found-fault/unit";
    private const string Leader = "repair-order/leader";

    public async Task<IReadOnlyList<RecordReference>> MoveOrganisationAsync(
        ReferenceMove move,
        CancellationToken cancellation
    )
    {
        var moved = new List<RecordReference>();
        var (from, to) = (move.From, move.To);
        foreach (var order in await OwnedAsync(move, cancellation))
        {
            order.MoveOwner(contexts.ForSystem("repairs", order), to.Id, to.Name, to.Contact, to.Phone);
            moved.Add(new(Owner, order.Id));
        }

        foreach (var order in await OfUnitAsync(move, cancellation))
        {
            order.MoveUnit(contexts.ForSystem("repairs", order), from, to.Id, to.Name);
            moved.Add(new(Unit, order.Id));
        }

        var found = await move.Limit(db.FoundFaults.Where(fault => fault.UnitId == from), FoundUnit)
            .ToListAsync(cancellation);
        foreach (var fault in found)
        {
            fault.MoveUnit(contexts.ForSystem("repairs"), to.Id, to.Name);
            moved.Add(new(FoundUnit, fault.Id));
        }

        return moved;
    }

    public async Task<IReadOnlyList<RecordReference>> MovePersonAsync(
        ReferenceMove move,
        CancellationToken cancellation
    )
    {
        // An order that is not open any more keeps who led it: nothing is found by that.
        var leader = JsonSerializer.Serialize(new { leader = new { personId = move.From } });
        var ids = await db
            .Database.SqlQuery<Guid>(
                $"""SELECT id AS "Value" FROM repair_orders WHERE dispatch_record @> {leader}::jsonb"""
            )
            .ToListAsync(cancellation);
        var orders = await move.Limit(db.RepairOrders.Where(order => ids.Contains(order.Id)), Leader)
            .Where(order => RepairOrderFlow.FollowingStates.Contains(order.State))
            .ToListAsync(cancellation);
        foreach (var order in orders)
        {
            order.MoveLeader(contexts.ForSystem("repairs", order), move.To.Id, move.To.Name);
        }

        return [.. orders.Select(order => new RecordReference(Leader, order.Id))];
    }

    private Task<List<RepairOrder>> OwnedAsync(ReferenceMove move, CancellationToken cancellation) =>
        move.Limit(db.RepairOrders.Where(order => order.OwnerId == move.From), Owner).ToListAsync(cancellation);

    // The unit that repairs or repaired, or a subcontractor of the part that may be asked to.
    private async Task<List<RepairOrder>> OfUnitAsync(ReferenceMove move, CancellationToken cancellation)
    {
        var replaced = db.OrdersBeforeOf(move.From);
        var ids = await db.OrdersOfPartsOfAsync(move.From, cancellation);
        return await move.Limit(
                db.RepairOrders.Where(order =>
                    order.RepairUnitId == move.From
                    || order.ChargedUnitId == move.From
                    || replaced.Contains(order.Id)
                    || (ids.Contains(order.Id) && RepairOrderFlow.FollowingStates.Contains(order.State))
                ),
                Unit
            )
            .ToListAsync(cancellation);
    }
}
