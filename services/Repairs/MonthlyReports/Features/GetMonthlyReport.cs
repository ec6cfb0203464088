using CustomerService.Forms;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.MonthlyReports.Features;

internal static class GetMonthlyReport
{
    /// <param name="Differences">Figures that are not what was frozen; none where nothing has changed.</param>
    /// <param name="Frozen">Hash of the frozen figures.</param>
    /// <param name="Now">Hash of the figures as they are now.</param>
    internal sealed record Changes(IReadOnlyList<MonthDifference> Differences, string Frozen, string Now);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/monthly-reports/{id:guid}", Handle)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("A monthly repair report")
            .WithDescription("Rule C3.1.3. The ETag is for If-Match.")
            .Produces<MonthlyReportView>();
        routes
            .MapGet("/monthly-reports/{id:guid}/changes", GetMonthChanges)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("What has changed since the figures were frozen")
            .WithDescription("Rule C3.1.3. Where an issued report differs, a correction is prepared.")
            .Produces<Changes>();
        routes
            .MapGet("/monthly-reports/{id:guid}/report.xlsx", DownloadMonthlyReport)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("The frozen figures as a workbook")
            .WithDescription("Rule C3.1.3. A sheet for the totals and one for each kind of count.")
            .ProducesFile(Workbook.ContentType);
    }

    private static Task<QueryResult> Handle(Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.MonthlyReports.VisibleTo(caller.Actor), id, MonthlyReportView.From, cancellation);

    private static async Task<QueryResult> GetMonthChanges(
        Guid id,
        RepairsDb db,
        MonthCounter counter,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(id, db, caller, cancellation) is not { } report)
        {
            return QueryResult.NotFound;
        }

        var now = await counter.CountAsync(report.Figures.Year, report.Figures.Month, cancellation);
        return QueryResult.Of(new Changes(report.Figures.Differences(now), report.Hash, now.Hash()));
    }

    private static async Task<QueryResult> DownloadMonthlyReport(
        Guid id,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(id, db, caller, cancellation) is not { } report)
        {
            return QueryResult.NotFound;
        }

        var file = await Workbook.MakeAsync(
            async book =>
            {
                await TotalsAsync(book, report, cancellation);
                foreach (var breakdown in report.Figures.Breakdowns)
                {
                    await BreakdownAsync(book, breakdown, report.Before, cancellation);
                }
            },
            cancellation
        );
        return QueryResult.File(Results.File(file, Workbook.ContentType, $"{report.FormNumber ?? report.Number}.xlsx"));
    }

    private static async Task TotalsAsync(Workbook book, MonthlyReport report, CancellationToken cancellation)
    {
        var (figures, before) = (report.Figures, report.Before);
        await book.SheetAsync("report", cancellation);
        await book.AddAsync(["number", report.FormNumber ?? report.Number], cancellation);
        await book.AddAsync(["correction", report.Correction], cancellation);
        await book.AddAsync(["corrects", report.Corrects?.Number], cancellation);
        await book.AddAsync(["month", figures.Name, before.Name], cancellation);
        await book.AddAsync(["received", figures.Received, before.Received], cancellation);
        await book.AddAsync(["settled", figures.Settled, before.Settled], cancellation);
        await book.AddAsync(["open", figures.Open, before.Open], cancellation);
        await book.AddAsync(["mean-days", figures.MeanDays, before.MeanDays], cancellation);
        await book.AddAsync(["median-days", figures.MedianDays, before.MedianDays], cancellation);
        await book.AddAsync(["ninetieth-days", figures.NinetiethDays, before.NinetiethDays], cancellation);
        foreach (var charge in figures.Charged)
        {
            await book.AddAsync(
                [
                    $"charged-{charge.Currency}",
                    charge.Amount,
                    before.Charged.FirstOrDefault(c => c.Currency == charge.Currency)?.Amount,
                ],
                cancellation
            );
        }

        await book.AddAsync(["text", report.Text?.Text], cancellation);
        await book.AddAsync(["prepared-by", report.PreparedBy.Name], cancellation);
        await book.AddAsync(["checked-by", report.CheckedBy?.Name], cancellation);
        await book.AddAsync(["issued-by", report.IssuedBy?.Name], cancellation);
        await book.AddAsync(["hash", report.Hash], cancellation);
    }

    private static async Task BreakdownAsync(
        Workbook book,
        MonthBreakdown breakdown,
        MonthFigures before,
        CancellationToken cancellation
    )
    {
        var former = before.Breakdowns.Single(b => b.Dimension == breakdown.Dimension).Counts;
        await book.TableAsync(
            breakdown.Dimension.ToKebab(),
            ["key", "quantity", "month-before", "mean-days", "median-days"],
            cancellation
        );
        foreach (var count in breakdown.Counts)
        {
            await book.AddAsync(
                [
                    count.Key,
                    count.Quantity,
                    former.FirstOrDefault(c => c.Key == count.Key)?.Quantity ?? 0,
                    count.MeanDays,
                    count.MedianDays,
                ],
                cancellation
            );
        }
    }

    private static Task<MonthlyReport?> FindAsync(
        Guid id,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => db.MonthlyReports.AsNoTracking().VisibleTo(caller.Actor).FirstOrDefaultAsync(r => r.Id == id, cancellation);
}
