using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.OData;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Reports;

/// <summary>The monthly report of repairs, rule C3.1.3.</summary>
internal static class MonthlyRepairReport
{
    /// <param name="Month"><c>YYYY-MM</c>.</param>
    /// <param name="Opened">Orders notified in the month.</param>
    /// <param name="Returned">Orders whose record came back in the month.</param>
    /// <param name="Withdrawn">Orders withdrawn in the month.</param>
    /// <param name="OpenAtEnd">Orders notified by the end of the month and not returned or withdrawn by then.</param>
    /// <param name="ConfirmedInTimePercent">Of the orders notified in the month and confirmed, or not confirmed
    /// though the due day is over: share confirmed by the due day (P3.2.1); null when none.</param>
    /// <param name="AverageTurnaroundDays">Notice → return, calendar days, of the orders returned in the month;
    /// null when none.</param>
    /// <param name="FailedInspections">Failed inspections of the orders returned in the month.</param>
    /// <param name="OwnerRefusals">Refusals by owners of the orders returned in the month.</param>
    /// <param name="ByPart">Returned, by part of Table 3.1.</param>
    /// <param name="ByRepairUnit">Returned, by repair unit.</param>
    /// <param name="ByWarranty">Returned, by <c>yes</c> / <c>no</c> / <c>unknown</c>.</param>
    /// <param name="BySource">Notified, by source.</param>
    /// <param name="Orders">The orders behind the figures.</param>
    /// <param name="DataAsOf">When the last event happened that is in it, UTC.</param>
    internal sealed record Figures(
        string Month,
        int Opened,
        int Returned,
        int Withdrawn,
        int OpenAtEnd,
        decimal? ConfirmedInTimePercent,
        decimal? AverageTurnaroundDays,
        int FailedInspections,
        int OwnerRefusals,
        IReadOnlyList<Breakdown> ByPart,
        IReadOnlyList<Breakdown> ByRepairUnit,
        IReadOnlyList<Breakdown> ByWarranty,
        IReadOnlyList<Breakdown> BySource,
        IReadOnlyList<Row> Orders,
        DateTimeOffset DataAsOf
    );

    internal sealed record Row(
        Guid RepairOrderId,
        string? Number,
        string? ProjectName,
        string? PartCode,
        string State,
        DateOnly? NotifiedOn,
        DateOnly? ReturnedOn,
        string? RepairUnitName,
        string? UnderWarranty
    );

    internal sealed record Query
    {
        /// <summary>The month, <c>YYYY-MM</c>.</summary>
        public string? Month { get; init; }
    }

    /// <summary>What it is made of; who may not have all of it is not given a part.</summary>
    private static readonly string[] MadeOf =
    [
        "repair-orders-notified",
        "repair-orders-returned",
        "repair-orders-withdrawn",
        "repair-orders-open",
        "defects-confirmed-in-time",
        "repair-turnaround",
        "repair-failed-inspections",
        "repair-owner-refusals",
    ];

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/reports/monthly-repairs", Handle)
            .AsQuery()
            .WithSummary("Repairs of a month")
            .WithDescription(
                "Rule C3.1.3. Figures are null, never 0, where there is nothing to measure. 400 `bad-period`."
            )
            .Produces<Figures>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ReportingDb db,
        ReportFigures figures,
        RowScope scope,
        Freshness freshness,
        CancellationToken cancellation
    )
    {
        if (scope.Refuse(MadeOf) is { } notYours)
        {
            return notYours;
        }

        if (Period.OfMonth(query.Month).Failed(out var refusal, out var period))
        {
            return refusal;
        }

        var asOf = await freshness.AsOfAsync(cancellation);
        var (limited, theirs) = (scope.IsLimited, scope.IdsOf(db.Set<RepairOrderRow>(), row => row.RepairOrderId));
        var orders = await db
            .RepairOrders.AsNoTracking()
            .Where(o =>
                (o.NotifiedOn >= period.From && o.NotifiedOn <= period.To)
                || (o.ReturnedOn >= period.From && o.ReturnedOn <= period.To)
                || (o.WithdrawnOn >= period.From && o.WithdrawnOn <= period.To)
            )
            .Where(o => !limited || theirs.Contains(o.Id))
            .OrderBy(o => o.Number)
            .ToListAsync(cancellation);
        var asked = new FigureFilter(period);
        Task<IReadOnlyList<Breakdown>> By(string code, string dimension) =>
            Groups(figures.GroupsAsync(code, asked, cancellation, dimension));
        return QueryResult.Of(
            new Figures(
                query.Month!,
                await figures.CasesAsync("repair-orders-notified", asked, cancellation),
                await figures.CasesAsync("repair-orders-returned", asked, cancellation),
                await figures.CasesAsync("repair-orders-withdrawn", asked, cancellation),
                await figures.CasesAsync("repair-orders-open", asked, cancellation),
                (await figures.WholeAsync("defects-confirmed-in-time", asked, cancellation)).Value,
                (await figures.WholeAsync("repair-turnaround", asked, cancellation)).Value,
                await figures.SumAsync("repair-failed-inspections", asked, cancellation),
                await figures.SumAsync("repair-owner-refusals", asked, cancellation),
                await By("repair-orders-returned", "part"),
                await By("repair-orders-returned", "unit"),
                await By("repair-orders-returned", "warranty"),
                await By("repair-orders-notified", "source"),
                [.. orders.Select(RowOf)],
                asOf
            )
        );
    }

    private static async Task<IReadOnlyList<Breakdown>> Groups(Task<IReadOnlyList<FigureTotals>> groups) =>
        Breakdown.Of(await groups);

    private static Row RowOf(RepairOrderFact o) =>
        new(
            o.Id,
            o.Number,
            o.ProjectName,
            o.PartCode,
            o.State,
            o.NotifiedOn,
            o.ReturnedOn,
            o.RepairUnitName,
            o.UnderWarranty
        );
}
