using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Trips;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>Appointments to come and open trips of a merged order are those of the order that goes on (S4): the owner's
/// link stays, nobody comes twice.</summary>
internal static class MergedVisits
{
    public static async Task MoveVisitsAsync(
        this RepairsDb db,
        RepairOrder from,
        RepairOrder into,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        var now = contexts.Clock.Now;
        var appointments = await db
            .Appointments.Where(a => a.RepairOrderId == from.Id && a.State != AppointmentState.Cancelled)
            .Where(a => a.To == null || a.To > now)
            .ToListAsync(cancellation);
        var order = VisitOf(into);
        // The system may always follow.
        foreach (var appointment in appointments)
        {
            _ = appointment.MoveTo(contexts.ForSystem("repairs", appointment), order);
        }

        foreach (var trip in await db.OpenTripsAsync(from.ProjectId, cancellation))
        {
            if (trip.Orders.Any(one => one.Id == from.Id))
            {
                _ = trip.FollowMerge(
                    contexts.ForSystem("repairs", trip),
                    from.Id,
                    new(into.Id, into.Number, into.Location)
                );
            }
        }
    }

    /// <summary>A merge is undone: what came over with it goes back.</summary>
    public static async Task BringVisitsBackAsync(
        this RepairsDb db,
        RepairOrder order,
        Guid from,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        var now = contexts.Clock.Now;
        var appointments = await db
            .Appointments.Where(a => a.RepairOrderId == from && a.MovedFromIds.Contains(order.Id))
            .Where(a => a.State != AppointmentState.Cancelled && (a.To == null || a.To > now))
            .ToListAsync(cancellation);
        foreach (var appointment in appointments)
        {
            _ = appointment.MoveBack(contexts.ForSystem("repairs", appointment), VisitOf(order));
        }

        foreach (var trip in await db.OpenTripsAsync(order.ProjectId, cancellation))
        {
            if (trip.Replaced.Any(replaced => replaced.Was.Id == order.Id && replaced.ById == from))
            {
                _ = trip.FollowUnmerge(
                    contexts.ForSystem("repairs", trip),
                    new(order.Id, order.Number, order.Location)
                );
            }
        }
    }

    private static OrderToVisit VisitOf(RepairOrder order) =>
        new(order.Id, order.Number, order.OwnerId, order.RepairUnitId, order.ProjectName, order.Location);
}
