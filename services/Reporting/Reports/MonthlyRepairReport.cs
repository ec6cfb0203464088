using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

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
        DateTimeOffset DataAsOf
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
                "Rule C3.1.3. Figures are null, never 0, where there is nothing to measure. The orders behind them: "
                    + "/repair-orders. 400 `bad-period`."
            )
            .Produces<Figures>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
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
        var asked = new FigureFilter(period);
        var returned = await figures.ReadAsync(
            "repair-orders-returned",
            asked,
            cancellation,
            "part",
            "unit",
            "warranty"
        );
        var notified = await figures.ReadAsync("repair-orders-notified", asked, cancellation, "source");
        return QueryResult.Of(
            new Figures(
                query.Month!,
                notified.Cases,
                returned.Cases,
                await figures.CasesAsync("repair-orders-withdrawn", asked, cancellation),
                await figures.CasesAsync("repair-orders-open", asked, cancellation),
                await figures.ValueAsync("defects-confirmed-in-time", asked, cancellation),
                await figures.ValueAsync("repair-turnaround", asked, cancellation),
                await figures.SumAsync("repair-failed-inspections", asked, cancellation),
                await figures.SumAsync("repair-owner-refusals", asked, cancellation),
                Breakdown.Of(returned.By("part")),
                Breakdown.Of(returned.By("unit")),
                Breakdown.Of(returned.By("warranty")),
                Breakdown.Of(notified.By("source")),
                asOf
            )
        );
    }
}
