using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Features;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Returns;

/// <summary>Returns and exchanges by their number, and staff by those of slip and inspection report.</summary>
internal sealed class ScannedReturns(RepairsDb db) : IScannable
{
    public async Task<Scanned?> FindAsync(string number, Caller caller, CancellationToken cancellation)
    {
        var staff = caller.IsStaff;
        return
            await db
                .ReturnCases.AsNoTracking()
                .VisibleTo(caller.Actor)
                .FirstOrDefaultAsync(
                    one => one.Number == number || one.ReportNumber == number || (staff && one.SlipNumber == number),
                    cancellation
                )
                is { } found
            ? new(found, found.Number, "return-cases", found.AllowedActions(caller.Context(found)), found.CustomerName)
            : null;
    }
}
