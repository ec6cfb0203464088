using CustomerService.Reporting.Data;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Reports;

/// <summary>Whether revisits are held as planned, rule P2.1.1.</summary>
internal static class RevisitComplianceReport
{
    /// <param name="Due">Revisits whose planned date (as moved) lies in the period and that are not
    /// cancelled.</param>
    /// <param name="HeldInTime">Of these, held by the planned date.</param>
    /// <param name="HeldLate">Of these, held later.</param>
    /// <param name="NotHeld">Of these, not held and the date over.</param>
    /// <param name="Ahead">Of these, not held and still to come.</param>
    /// <param name="Cancelled">Cancelled revisits of the period.</param>
    /// <param name="Moved">Revisits of the period whose date was moved.</param>
    /// <param name="CompliancePercent">Held in time ÷ due but for those ahead; null where there is none.</param>
    /// <param name="Findings">Findings of the revisits held in the period.</param>
    /// <param name="Breached">Projects whose horizon, as it is known now, ended in the period and that have no
    /// revisit held to this day.</param>
    /// <param name="Breaches">The first hundred of them.</param>
    /// <param name="DataAsOf">When the last event happened that is in it, UTC.</param>
    internal sealed record Figures(
        DateOnly From,
        DateOnly To,
        int Due,
        int HeldInTime,
        int HeldLate,
        int NotHeld,
        int Ahead,
        int Cancelled,
        int Moved,
        decimal? CompliancePercent,
        int Findings,
        int Breached,
        IReadOnlyList<Breach> Breaches,
        DateTimeOffset DataAsOf
    );

    internal sealed record Breach(Guid ProjectId, string? Name, string? OwnerName, DateOnly HorizonEndedOn);

    internal sealed record Query
    {
        /// <summary>First day of the plan.</summary>
        public Day? From { get; init; }

        /// <summary>Last day of the plan.</summary>
        public Day? To { get; init; }

        /// <summary>One project only.</summary>
        public Guid? ProjectId { get; init; }
    }

    private const int MostBreaches = 100;

    /// <summary>What it is made of; who may not have all of it is not given a part.</summary>
    private static readonly string[] MadeOf =
    [
        "revisit-breaches",
        "revisits-due",
        "revisits-cancelled",
        "revisits-moved",
        "revisits-in-time",
        "revisit-findings",
    ];

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/reports/revisit-compliance", Handle)
            .AsQuery()
            .WithSummary("Revisit compliance of a period")
            .WithDescription(
                "Rule P2.1.1. The revisits behind the figures: /revisits; all breaches: "
                    + "/figures/revisit-breaches/cases. 400 `bad-period`, `bad-filter`."
            )
            .Produces<Figures>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ReportingDb db,
        ReportFigures figures,
        RowScope scope,
        FigureReader reader,
        PersonalData personal,
        Freshness freshness,
        CancellationToken cancellation
    )
    {
        if (scope.Refuse(MadeOf) is { } notYours)
        {
            return notYours;
        }

        if (Period.OfDays(query.From, query.To).Failed(out var refusal, out var period))
        {
            return refusal;
        }

        var asOf = await freshness.AsOfAsync(cancellation);
        var project = query.ProjectId;
        var asked = new FigureFilter(
            period,
            project is { } one ? new() { ["projectId"] = one.ToString() } : new Dictionary<string, string>()
        );
        // What was announced once may be over: a revisit is recorded later than it was held, and dates are put right.
        var breached = await reader
            .Cases(FigureCatalogue.Find("revisit-breaches")!, asked)
            .Join(
                db.Projects,
                c => c.CaseId,
                p => p.Id,
                (c, p) =>
                    new
                    {
                        p.Id,
                        p.Name,
                        p.OwnerName,
                        c.Day,
                    }
            )
            .OrderBy(b => b.Day)
            .ThenBy(b => b.Id)
            .Take(MostBreaches)
            .ToListAsync(cancellation);
        var due = await figures.ReadAsync("revisits-due", asked, cancellation, "result");
        int Count(RevisitOutcome outcome) =>
            due.By("result").Where(g => g.Keys[0] == outcome.ToKebab()).Sum(g => g.Cases);
        return QueryResult.Of(
            new Figures(
                period.From,
                period.To,
                due.Cases,
                Count(RevisitOutcome.HeldInTime),
                Count(RevisitOutcome.HeldLate),
                Count(RevisitOutcome.NotHeld),
                Count(RevisitOutcome.Ahead),
                await figures.CasesAsync("revisits-cancelled", asked, cancellation),
                await figures.CasesAsync("revisits-moved", asked, cancellation),
                await figures.ValueAsync("revisits-in-time", asked, cancellation),
                await figures.SumAsync("revisit-findings", asked, cancellation),
                breached.Count < MostBreaches
                    ? breached.Count
                    : await figures.CasesAsync("revisit-breaches", asked, cancellation),
                [.. breached.Select(b => new Breach(b.Id, b.Name, personal.Of(b.OwnerName), b.Day))],
                asOf
            )
        );
    }
}
