using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
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
        IReadOnlyList<Row> Orders
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
        CompanyClock clock,
        CancellationToken cancellation
    )
    {
        if (Period.OfMonth(query.Month).Failed(out var refusal, out var period))
        {
            return refusal;
        }

        var orders = await db
            .RepairOrders.AsNoTracking()
            .Where(o =>
                (o.NotifiedOn >= period.From && o.NotifiedOn <= period.To)
                || (o.ReturnedOn >= period.From && o.ReturnedOn <= period.To)
                || (o.WithdrawnOn >= period.From && o.WithdrawnOn <= period.To)
            )
            .OrderBy(o => o.Number)
            .ToListAsync(cancellation);
        var openAtEnd = await db.RepairOrders.CountAsync(
            o =>
                o.NotifiedOn <= period.To
                && (o.ReturnedOn == null || o.ReturnedOn > period.To)
                && (o.WithdrawnOn == null || o.WithdrawnOn > period.To),
            cancellation
        );

        var opened = orders.Where(o => period.Contains(o.NotifiedOn)).ToList();
        var returned = orders.Where(o => period.Contains(o.ReturnedOn)).ToList();
        var toConfirm = opened
            .Where(o => o.ConfirmedInTime is not null || IsConfirmationMissed(o, clock.Today))
            .ToList();
        var turnarounds = returned
            .Where(o => o.NotifiedOn is not null)
            .Select(o => (decimal)(o.ReturnedOn!.Value.DayNumber - o.NotifiedOn!.Value.DayNumber))
            .ToList();
        return QueryResult.Of(
            new Figures(
                query.Month!,
                opened.Count,
                returned.Count,
                orders.Count(o => period.Contains(o.WithdrawnOn)),
                openAtEnd,
                Share.Percent(toConfirm.Count(o => o.ConfirmedInTime == true), toConfirm.Count),
                turnarounds.Count == 0 ? null : Math.Round(turnarounds.Average(), 1, MidpointRounding.AwayFromZero),
                returned.Sum(o => o.FailedInspections),
                returned.Sum(o => o.OwnerRefusals),
                Breakdown.By(returned, o => o.PartCode),
                Breakdown.By(returned, o => o.RepairUnitName),
                Breakdown.By(returned, o => o.UnderWarranty),
                Breakdown.By(opened, o => o.Source),
                [.. orders.Select(RowOf)]
            )
        );
    }

    // An order that was withdrawn by its due day was never late; one withdrawn after it was.
    private static bool IsConfirmationMissed(RepairOrderFact o, DateOnly today) =>
        o.ConfirmDueOn < (o.WithdrawnOn ?? today);

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
