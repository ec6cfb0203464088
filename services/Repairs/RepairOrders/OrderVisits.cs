using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>Appointments to come go with the unit of their order, and end with the order (P3.2.1).</summary>
internal sealed class OrderVisits(RepairsDb db, RepairsMails mails, CommandContexts contexts)
{
    /// <summary>States of an order to which nobody comes any more.</summary>
    public static IReadOnlyList<RepairOrderState> Over { get; } =
    [RepairOrderState.Closed, RepairOrderState.Withdrawn, RepairOrderState.Merged];

    /// <summary>The order went to a unit: that one comes.</summary>
    public async Task FollowUnitAsync(RepairOrder order, CancellationToken cancellation)
    {
        var unit = order.RepairUnitId!.Value;
        foreach (var appointment in (await ToComeAsync(order, cancellation)).Where(a => a.UnitId != unit))
        {
            // The system may always follow.
            _ = appointment.FollowUnit(contexts.ForSystem("repairs", appointment), unit, order.RepairUnitName!);
        }
    }

    /// <summary>The order has come to its end: nobody comes, and the owner is told.</summary>
    public async Task CancelAsync(RepairOrder order, CancellationToken cancellation)
    {
        foreach (var appointment in await ToComeAsync(order, cancellation))
        {
            var context = contexts.ForSystem("repairs", appointment);
            if (appointment.Cancel(context, order.State.ToKebab()) is null)
            {
                await mails.AppointmentAsync(context, appointment, cancellation);
            }
        }
    }

    private Task<List<Appointment>> ToComeAsync(RepairOrder order, CancellationToken cancellation)
    {
        var (id, now) = (order.Id, contexts.Clock.Now);
        return db
            .Appointments.Where(a => a.RepairOrderId == id && a.State != AppointmentState.Cancelled)
            .Where(a => a.To == null || a.To > now)
            .ToListAsync(cancellation);
    }
}
