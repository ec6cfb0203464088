using CustomerService.Reporting.Data;
using CustomerService.Reporting.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Features;

/// <summary>The monthly report of repairs, rule C3.1.3.</summary>
internal static class RepairsOfTheMonth
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
    internal sealed record Report(
        string Month,
        int Opened,
        int Returned,
        int Withdrawn,
        int OpenAtEnd,
        decimal? ConfirmedInTimePercent,
        decimal? AverageTurnaroundDays,
        int FailedInspections,
        int OwnerRefusals,
        IReadOnlyList<Slice> ByPart,
        IReadOnlyList<Slice> ByRepairUnit,
        IReadOnlyList<Slice> ByWarranty,
        IReadOnlyList<Slice> BySource,
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

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repairs/monthly", Handle)
            .WithSummary("Repairs of a month")
            .WithDescription(
                "Rule C3.1.3. ?month=YYYY-MM. Figures are null, never 0, where there is nothing to measure. Errors: 400 bad-period."
            )
            .Produces<Report>();

    private static async Task<IResult> Handle(
        string? month,
        ReportingDb store,
        CompanyClock clock,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var (period, refusal) = Period.Month(month);
        if (refusal is not null)
        {
            return Problems.Result(http, refusal);
        }

        var orders = await store
            .RepairOrders.AsNoTracking()
            .Where(o =>
                (o.NotifiedOn >= period.From && o.NotifiedOn <= period.To)
                || (o.ReturnedOn >= period.From && o.ReturnedOn <= period.To)
                || (o.WithdrawnOn >= period.From && o.WithdrawnOn <= period.To)
            )
            .OrderBy(o => o.Number)
            .ToListAsync(cancellationToken);
        var openAtEnd = await store.RepairOrders.CountAsync(
            o =>
                o.NotifiedOn <= period.To
                && (o.ReturnedOn == null || o.ReturnedOn > period.To)
                && (o.WithdrawnOn == null || o.WithdrawnOn > period.To),
            cancellationToken
        );

        bool In(DateOnly? day) => day >= period.From && day <= period.To;
        var opened = orders.Where(o => In(o.NotifiedOn)).ToList();
        var returned = orders.Where(o => In(o.ReturnedOn)).ToList();
        var toConfirm = opened
            .Where(o => o.ConfirmedInTime is not null || IsConfirmationMissed(o, clock.Today))
            .ToList();
        var turnarounds = returned
            .Where(o => o.NotifiedOn is not null)
            .Select(o => (decimal)(o.ReturnedOn!.Value.DayNumber - o.NotifiedOn!.Value.DayNumber))
            .ToList();
        return Results.Json(
            new Report(
                month!,
                opened.Count,
                returned.Count,
                orders.Count(o => In(o.WithdrawnOn)),
                openAtEnd,
                Share.Percent(toConfirm.Count(o => o.ConfirmedInTime == true), toConfirm.Count),
                turnarounds.Count == 0 ? null : Math.Round(turnarounds.Average(), 1, MidpointRounding.AwayFromZero),
                returned.Sum(o => o.FailedInspections),
                returned.Sum(o => o.OwnerRefusals),
                Slice.By(returned, o => o.PartCode),
                Slice.By(returned, o => o.RepairUnitName),
                Slice.By(returned, o => o.UnderWarranty),
                Slice.By(opened, o => o.Source),
                [.. orders.Select(RowOf)]
            ),
            Json.Options
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
