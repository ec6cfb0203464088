using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Returns.Features;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Returns;

/// <summary>Returns and exchanges by their number or the serial number of the goods, and staff by those of slip and
/// inspection report.</summary>
internal sealed class ScannedReturns(RepairsDb db) : IScannable
{
    public async Task<Scanned?> FindAsync(string number, Caller caller, CancellationToken cancellation)
    {
        var staff = caller.IsStaff;
        var visible = db.ReturnCases.AsNoTracking().VisibleTo(caller.Actor);
        var key = ProductSerial.KeyOf(number);
        return
            (
                await visible.FirstOrDefaultAsync(
                    one => one.Number == number || one.ReportNumber == number || (staff && one.SlipNumber == number),
                    cancellation
                )
                // A machine that is asked back is that case, from the request until it is closed.
                ?? await visible.FirstOrDefaultAsync(one => one.OpenSerialKey == key, cancellation)
            )
                is { } found
            ? new(found, found.Number, "return-cases", found.AllowedActions(caller.Context(found)), found.CustomerName)
            : null;
    }
}
