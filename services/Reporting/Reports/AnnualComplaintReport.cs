using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

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
        CapaFigures Capas
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

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/reports/annual-complaints", Handle)
            .AsQuery()
            .WithSummary("Complaints of a year")
            .WithDescription("Rule C5.7. The complaints behind the figures: /complaints. 400 `bad-period`.")
            .Produces<Figures>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ReportingDb db,
        CancellationToken cancellation
    )
    {
        if (Period.OfYear(query.Year).Failed(out var refusal, out var period))
        {
            return refusal;
        }

        var complaints = await db
            .Complaints.AsNoTracking()
            .Where(c => c.RegisteredOn >= period.From && c.RegisteredOn <= period.To)
            .ToListAsync(cancellation);
        var capas = await db
            .Capas.AsNoTracking()
            .Where(a => a.OpenedOn >= period.From && a.OpenedOn <= period.To)
            .ToListAsync(cancellation);
        var responded = complaints.Where(c => c.RespondedInTime is not null).ToList();
        var executed = capas.Where(a => a.ExecutedInTime is not null).ToList();
        var closed = complaints.Count(c => c.ClosedOn is not null);
        var effective = capas.Count(a => a.Effective == true);
        return QueryResult.Of(
            new Figures(
                query.Year!.Value,
                complaints.Count,
                closed,
                complaints.Count - closed,
                complaints.Count(c => c.Reopened > 0),
                Share.Percent(responded.Count(c => c.RespondedInTime == true), responded.Count),
                Breakdown.By(complaints, c => c.Severity),
                Breakdown.By(complaints, c => c.Channel),
                Breakdown.By(complaints, c => c.Liability),
                Breakdown.By(complaints.Where(c => c.Department is not null), c => c.Department),
                Breakdown.By(complaints.Where(c => c.CauseCode is not null), c => c.CauseCode),
                [
                    .. Breakdown
                        .By(
                            complaints,
                            c => c.RegisteredOn?.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)
                        )
                        .OrderBy(s => s.Key, StringComparer.Ordinal),
                ],
                new CapaFigures(
                    capas.Count,
                    effective,
                    capas.Count - effective,
                    Share.Percent(executed.Count(a => a.ExecutedInTime == true), executed.Count),
                    capas.Sum(a => a.IneffectiveRounds),
                    capas.Sum(a => a.Recurrences)
                )
            )
        );
    }
}
