using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Features;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas;

/// <summary>Shipments by the number of their FM003.</summary>
internal sealed class ScannedShipments(RepairsDb db) : IScannable
{
    public async Task<Scanned?> FindAsync(string number, Caller caller, CancellationToken cancellation) =>
        await db
            .Shipments.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(shipment => shipment.Number == number, cancellation)
            is { } found
            ? new(found, found.Number!, "shipments", found.AllowedActions(caller.Context(found)), found.CustomerName)
            : null;
}
