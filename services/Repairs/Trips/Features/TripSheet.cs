using CustomerService.Forms;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Trips.Forms;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Trips.Features;

/// <summary>The sheet of a trip, for staff and the unit that goes.</summary>
internal sealed class TripSheet(RepairsDb db, Caller caller) : IForm
{
    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var visible = db.Trips.AsNoTracking().VisibleTo(caller.Actor);
        if (await visible.FirstOrDefaultAsync(trip => trip.Id == id, cancellation) is not { } trip)
        {
            return FormResult.NotFound;
        }

        var orders = await db.OrdersOfAsync(trip, cancellation);
        // The unit sees of an order what it is given, not what is being written.
        return TripSheetForm.Fill(
            trip,
            [.. orders.Select(order => (order, RepairOrderRelease.To(caller.Actor, order)))],
            texts
        );
    }
}
