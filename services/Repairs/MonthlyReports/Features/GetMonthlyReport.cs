using CustomerService.Repairs.Data;
using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using SpreadCheetah;

namespace CustomerService.Repairs.MonthlyReports.Features;

internal static class GetMonthlyReport
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

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
            .ProducesFile(Workbook);
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

        var memory = new MemoryStream();
        await using (var book = await Spreadsheet.CreateNewAsync(memory, cancellationToken: cancellation))
        {
            await TotalsAsync(book, report, cancellation);
            foreach (var breakdown in report.Figures.Breakdowns)
            {
                await BreakdownAsync(book, breakdown, report.Before, cancellation);
            }

            await book.FinishAsync(cancellation);
        }

        return QueryResult.File(Results.File(memory.ToArray(), Workbook, $"{report.FormNumber ?? report.Number}.xlsx"));
    }

    private static async Task TotalsAsync(Spreadsheet book, MonthlyReport report, CancellationToken cancellation)
    {
        var (figures, before) = (report.Figures, report.Before);
        await book.StartWorksheetAsync("report", token: cancellation);
        await book.AddRowAsync([new("number"), new(report.FormNumber ?? report.Number)], cancellation);
        await book.AddRowAsync([new("correction"), new(report.Correction)], cancellation);
        await book.AddRowAsync([new("corrects"), new(report.Corrects?.Number)], cancellation);
        await book.AddRowAsync([new("month"), new(figures.Name), new(before.Name)], cancellation);
        await book.AddRowAsync([new("received"), new(figures.Received), new(before.Received)], cancellation);
        await book.AddRowAsync([new("settled"), new(figures.Settled), new(before.Settled)], cancellation);
        await book.AddRowAsync([new("open"), new(figures.Open), new(before.Open)], cancellation);
        await book.AddRowAsync([new("mean-days"), new(figures.MeanDays), new(before.MeanDays)], cancellation);
        await book.AddRowAsync([new("median-days"), new(figures.MedianDays), new(before.MedianDays)], cancellation);
        await book.AddRowAsync(
            [new("ninetieth-days"), new(figures.NinetiethDays), new(before.NinetiethDays)],
            cancellation
        );
        foreach (var charge in figures.Charged)
        {
            await book.AddRowAsync(
                [
                    new($"charged-{charge.Currency}"),
                    new(charge.Amount),
                    new(before.Charged.FirstOrDefault(c => c.Currency == charge.Currency)?.Amount),
                ],
                cancellation
            );
        }

        await book.AddRowAsync([new("text"), new(report.Text?.Text)], cancellation);
        await book.AddRowAsync([new("prepared-by"), new(report.PreparedBy.Name)], cancellation);
        await book.AddRowAsync([new("checked-by"), new(report.CheckedBy?.Name)], cancellation);
        await book.AddRowAsync([new("issued-by"), new(report.IssuedBy?.Name)], cancellation);
        await book.AddRowAsync([new("hash"), new(report.Hash)], cancellation);
    }

    private static async Task BreakdownAsync(
        Spreadsheet book,
        MonthBreakdown breakdown,
        MonthFigures before,
        CancellationToken cancellation
    )
    {
        var former = before.Breakdowns.Single(b => b.Dimension == breakdown.Dimension).Counts;
        await book.StartWorksheetAsync(breakdown.Dimension.ToKebab(), token: cancellation);
        await book.AddRowAsync(
            [new("key"), new("quantity"), new("month-before"), new("mean-days"), new("median-days")],
            cancellation
        );
        foreach (var count in breakdown.Counts)
        {
            await book.AddRowAsync(
                [
                    new(count.Key),
                    new(count.Quantity),
                    new(former.FirstOrDefault(c => c.Key == count.Key)?.Quantity ?? 0),
                    new(count.MeanDays),
                    new(count.MedianDays),
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
