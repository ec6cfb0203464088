using CustomerService.Repairs.Data;
using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.MonthlyReports;

/// <summary>Prepares the report of the month that is over, once (C3.1.3): its writing and checking are then on the lists of
/// those whose move it is.</summary>
internal sealed class MonthPreparation(
    RepairsDb db,
    RecordNumbers numbers,
    MonthCounter counter,
    CommandContexts contexts
)
{
    /// <summary>Adds the report; null where there is one, also a dropped one, or where the month had nothing to tell.</summary>
    public async Task<MonthlyReport?> PrepareAsync(CancellationToken cancellation)
    {
        var context = contexts.ForSystem("repairs");
        var last = new DateOnly(context.Today.Year, context.Today.Month, 1).AddMonths(-1);
        var month = MonthFigures.NameOf(last.Year, last.Month);
        if (await db.MonthlyReports.AnyAsync(report => report.Month == month, cancellation))
        {
            return null;
        }

        await db.LockAsync("monthly-report/" + month, cancellation);
        if (await db.MonthlyReports.AnyAsync(report => report.Month == month, cancellation))
        {
            return null;
        }

        var figures = await counter.CountAsync(last.Year, last.Month, cancellation);
        if (figures.Received + figures.Settled + figures.Open == 0)
        {
            return null;
        }

        var before = last.AddMonths(-1);
        var report = MonthlyReport
            .Prepare(
                context,
                await numbers.NextAsync(MonthlyReport.NumberKind, context.Today.Year, cancellation),
                figures,
                await counter.CountAsync(before.Year, before.Month, cancellation),
                corrected: null,
                reason: null
            )
            .Required();
        db.Add(report);
        return report;
    }
}
