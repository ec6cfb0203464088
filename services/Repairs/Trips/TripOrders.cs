using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Trips.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Trips;

/// <summary>From identities to the orders of a trip.</summary>
internal static class TripOrders
{
    private static readonly RepairOrderState[] ToDo =
    [
        RepairOrderState.Confirmed,
        RepairOrderState.Analysed,
        RepairOrderState.Reviewed,
        RepairOrderState.Approved,
        RepairOrderState.Dispatched,
        RepairOrderState.Briefed,
        RepairOrderState.InRepair,
    ];

    /// <summary>The orders of a trip, tracked.</summary>
    public static async Task<IReadOnlyList<RepairOrder>> OrdersOfAsync(
        this RepairsDb db,
        Trip trip,
        CancellationToken cancellation
    )
    {
        var ids = trip.Orders.Select(order => order.Id).ToList();
        return await db
            .RepairOrders.Where(order => ids.Contains(order.Id))
            .OrderBy(order => order.Number)
            .ToListAsync(cancellation);
    }

    /// <summary>Open trips to a project; few at a time.</summary>
    public static Task<List<Trip>> OpenTripsAsync(this RepairsDb db, Guid projectId, CancellationToken cancellation) =>
        db
            .Trips.Where(trip =>
                trip.ProjectId == projectId && (trip.State == TripState.Planned || trip.State == TripState.Briefed)
            )
            .ToListAsync(cancellation);

    /// <summary>Orders that are to go along as they stand now.</summary>
    public static async Task<IReadOnlyList<OrderToTake>> ToTakeAsync(
        this RepairsDb db,
        IReadOnlyCollection<RepairOrder> orders,
        CancellationToken cancellation
    )
    {
        var open = new List<Trip>();
        foreach (var project in orders.Select(order => order.ProjectId).Distinct())
        {
            open.AddRange(await db.OpenTripsAsync(project, cancellation));
        }

        return
        [
            .. orders.Select(order => new OrderToTake(
                order.Id,
                order.Number,
                order.ProjectId,
                order.Location,
                order.RepairUnitId,
                ToDo.Contains(order.State),
                open.Find(trip => trip.Orders.Any(other => other.Id == order.Id))?.Number
            )),
        ];
    }
}
