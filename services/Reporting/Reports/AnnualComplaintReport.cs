using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Reports;

/// <summary>The yearly complaint statistics, rule C5.7.</summary>
internal static class AnnualComplaintReport
{
    /// <param name="Year">Calendar year of registration.</param>
    /// <param name="Registered">Complaints registered.</param>
    /// <param name="Closed">Of these, closed now.</param>
    /// <param name="Open">Of these, open now.</param>
    /// <param name="Reopened">Of these, opened again at least once.</param>
    /// <param name="RespondedInTimePercent">Of those responded to: share within the target (C1); null when
    /// none.</param>
    /// <param name="BySeverity">By severity.</param>
    /// <param name="ByChannel">By channel.</param>
    /// <param name="ByLiability">By liability; <c>unknown</c> where QC has not decided.</param>
    /// <param name="ByDepartment">Ours, by responsible department.</param>
    /// <param name="ByCause">By cause code.</param>
    /// <param name="ByMonth">By month of registration, <c>YYYY-MM</c>.</param>
    /// <param name="Capas">The CAPAs opened in the year.</param>
    /// <param name="DataAsOf">When the last event happened that is in it, UTC.</param>
    internal sealed record Figures(
        int Year,
        int Registered,
        int Closed,
        int Open,
        int Reopened,
        decimal? RespondedInTimePercent,
        IReadOnlyList<Breakdown> BySeverity,
        IReadOnlyList<Breakdown> ByChannel,
        IReadOnlyList<Breakdown> ByLiability,
        IReadOnlyList<Breakdown> ByDepartment,
        IReadOnlyList<Breakdown> ByCause,
        IReadOnlyList<Breakdown> ByMonth,
        CapaFigures Capas,
        DateTimeOffset DataAsOf
    );

    /// <param name="Opened">Opened in the year.</param>
    /// <param name="VerifiedEffective">Of these, verified as effective.</param>
    /// <param name="Open">Of these, not yet verified as effective.</param>
    /// <param name="ExecutedInTimePercent">Of those executed: share within the deadline (C5.6.2); null when
    /// none.</param>
    /// <param name="IneffectiveRounds">How often a verification found no effect.</param>
    /// <param name="Recurrences">How often the fault came back after the effect had been found.</param>
    internal sealed record CapaFigures(
        int Opened,
        int VerifiedEffective,
        int Open,
        decimal? ExecutedInTimePercent,
        int IneffectiveRounds,
        int Recurrences
    );

    internal sealed record Query
    {
        /// <summary>Calendar year of registration, 2000 to 2100.</summary>
        public int? Year { get; init; }
    }

    /// <summary>What it is made of; who may not have all of it is not given a part.</summary>
    private static readonly string[] MadeOf =
    [
        "complaints-registered",
        "capas-opened",
        "complaints-reopened",
        "complaints-responded-in-time",
        "capas-executed-in-time",
        "capa-ineffective-rounds",
        "capa-recurrences",
    ];

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/reports/annual-complaints", Handle)
            .AsQuery()
            .WithSummary("Complaints of a year")
            .WithDescription("Rule C5.7. The complaints behind the figures: /complaints. 400 `bad-period`.")
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

        if (Period.OfYear(query.Year).Failed(out var refusal, out var period))
        {
            return refusal;
        }

        var asOf = await freshness.AsOfAsync(cancellation);
        var asked = new FigureFilter(period);
        var registered = await figures.ReadAsync(
            "complaints-registered",
            asked,
            cancellation,
            "result",
            "severity",
            "channel",
            "liability",
            "department",
            "cause",
            "month"
        );
        int Of(string result) => registered.By("result").Where(g => g.Keys[0] == result).Sum(g => g.Cases);
        var opened = await figures.ReadAsync("capas-opened", asked, cancellation, "result");
        var effective = opened.By("result").Where(g => g.Keys[0] == "effective").Sum(g => g.Cases);
        return QueryResult.Of(
            new Figures(
                query.Year!.Value,
                Of("open") + Of("closed"),
                Of("closed"),
                Of("open"),
                await figures.CasesAsync("complaints-reopened", asked, cancellation),
                await figures.ValueAsync("complaints-responded-in-time", asked, cancellation),
                Breakdown.Of(registered.By("severity")),
                Breakdown.Of(registered.By("channel")),
                Breakdown.Of(registered.By("liability")),
                Breakdown.Known(registered.By("department")),
                Breakdown.Known(registered.By("cause")),
                [.. Breakdown.Of(registered.By("month")).OrderBy(b => b.Key, StringComparer.Ordinal)],
                new CapaFigures(
                    opened.Cases,
                    effective,
                    opened.Cases - effective,
                    await figures.ValueAsync("capas-executed-in-time", asked, cancellation),
                    await figures.SumAsync("capa-ineffective-rounds", asked, cancellation),
                    await figures.SumAsync("capa-recurrences", asked, cancellation)
                ),
                asOf
            )
        );
    }
}
