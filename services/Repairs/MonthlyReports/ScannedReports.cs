using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.MonthlyReports;

/// <summary>Monthly reports by their number.</summary>
internal sealed class ScannedReports(RepairsDb db) : IScannable
{
    public async Task<Scanned?> FindAsync(string number, Caller caller, CancellationToken cancellation) =>
        await db
            .MonthlyReports.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(report => report.Number == number, cancellation)
            is { } found
            ? new(found, found.Number, "monthly-reports", found.AllowedActions(caller.Context(found)), null)
            : null;
}
