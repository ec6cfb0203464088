using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.OData;
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
    /// <param name="Breaches">Projects whose horizon, as it is known now, ended in the period and that have no
    /// revisit held to this day.</param>
    /// <param name="Revisits">The revisits behind the figures.</param>
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
        IReadOnlyList<Breach> Breaches,
        IReadOnlyList<Row> Revisits,
        DateTimeOffset DataAsOf
    );

    internal sealed record Breach(Guid ProjectId, string? Name, string? OwnerName, DateOnly HorizonEndedOn);

    internal sealed record Row(
        Guid RevisitId,
        Guid? ProjectId,
        string? ProjectName,
        int? Number,
        string State,
        DateOnly? PlannedOn,
        DateOnly? DueOn,
        DateOnly? HeldOn
    );

    internal sealed record Query
    {
        /// <summary>First day of the plan.</summary>
        public Day? From { get; init; }

        /// <summary>Last day of the plan.</summary>
        public Day? To { get; init; }

        /// <summary>One project only.</summary>
        public Guid? ProjectId { get; init; }
    }

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
            .WithDescription("Rule P2.1.1. 400 `bad-period`, `bad-filter`.")
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
        var (limited, theirs) = (scope.IsLimited, scope.IdsOf(db.Set<RevisitRow>(), row => row.RevisitId));
        var revisits = await db
            .Revisits.AsNoTracking()
            .Where(r =>
                (project == null || r.ProjectId == project)
                && (
                    (r.DueOn >= period.From && r.DueOn <= period.To)
                    || (r.HeldOn >= period.From && r.HeldOn <= period.To)
                )
            )
            .Where(r => !limited || theirs.Contains(r.Id))
            .OrderBy(r => r.DueOn)
            .ThenBy(r => r.Id)
            .ToListAsync(cancellation);
        var names = await db
            .Projects.AsNoTracking()
            .Where(p => revisits.Select(r => r.ProjectId).Distinct().Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellation);
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
            .ToListAsync(cancellation);
        var due = await figures.GroupsAsync("revisits-due", asked, cancellation, "result");
        int Count(RevisitOutcome outcome) => due.Where(g => g.Keys[0] == outcome.ToKebab()).Sum(g => g.Cases);
        return QueryResult.Of(
            new Figures(
                period.From,
                period.To,
                due.Sum(g => g.Cases),
                Count(RevisitOutcome.HeldInTime),
                Count(RevisitOutcome.HeldLate),
                Count(RevisitOutcome.NotHeld),
                Count(RevisitOutcome.Ahead),
                await figures.CasesAsync("revisits-cancelled", asked, cancellation),
                await figures.CasesAsync("revisits-moved", asked, cancellation),
                (await figures.WholeAsync("revisits-in-time", asked, cancellation)).Value,
                await figures.SumAsync("revisit-findings", asked, cancellation),
                [.. breached.Select(b => new Breach(b.Id, b.Name, personal.Of(b.OwnerName), b.Day))],
                [.. revisits.Select(r => RowOf(r, names))],
                asOf
            )
        );
    }

    private static Row RowOf(RevisitFact r, Dictionary<Guid, string?> names) =>
        new(
            r.Id,
            r.ProjectId,
            r.ProjectId is { } id ? names.GetValueOrDefault(id) : null,
            r.Number,
            r.State,
            r.PlannedOn,
            r.DueOn,
            r.HeldOn
        );
}
