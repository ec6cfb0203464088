using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
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
        IReadOnlyList<Row> Revisits
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
        CompanyClock clock,
        CancellationToken cancellation
    )
    {
        if (Period.OfDays(query.From, query.To).Failed(out var refusal, out var period))
        {
            return refusal;
        }

        var project = query.ProjectId;
        var revisits = await db
            .Revisits.AsNoTracking()
            .Where(r =>
                (project == null || r.ProjectId == project)
                && (
                    (r.DueOn >= period.From && r.DueOn <= period.To)
                    || (r.HeldOn >= period.From && r.HeldOn <= period.To)
                )
            )
            .OrderBy(r => r.DueOn)
            .ThenBy(r => r.Id)
            .ToListAsync(cancellation);
        var names = await db
            .Projects.AsNoTracking()
            .Where(p => revisits.Select(r => r.ProjectId).Distinct().Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellation);
        // What was announced once may be over: a revisit is recorded later than it was held, and dates are put right.
        var today = clock.Today;
        var breaches = await db
            .Projects.AsNoTracking()
            .Where(p =>
                p.RevisitBreachedOn != null
                && (project == null || p.Id == project)
                && !db.Revisits.Any(r => r.ProjectId == p.Id && r.HeldOn != null)
            )
            .Select(p => new
            {
                p.Id,
                p.Name,
                p.OwnerName,
                EndedOn = p.WarrantyEndsOn ?? p.RevisitBreachedOn!.Value,
            })
            .Where(p => p.EndedOn >= period.From && p.EndedOn <= period.To && p.EndedOn < today)
            .OrderBy(p => p.EndedOn)
            .ThenBy(p => p.Id)
            .Select(p => new Breach(p.Id, p.Name, p.OwnerName, p.EndedOn))
            .ToListAsync(cancellation);

        var planned = revisits.Where(r => period.Contains(r.DueOn)).ToList();
        var due = planned
            .Where(r => RevisitCompliance.IsDue(r.DueOn, r.Cancelled, period.From, period.To))
            .Select(r => RevisitCompliance.OutcomeOf(r.DueOn!.Value, r.HeldOn, today))
            .ToList();
        int Count(RevisitOutcome outcome) => due.Count(o => o == outcome);
        var (inTime, ahead) = (Count(RevisitOutcome.HeldInTime), Count(RevisitOutcome.Ahead));
        return QueryResult.Of(
            new Figures(
                period.From,
                period.To,
                due.Count,
                inTime,
                Count(RevisitOutcome.HeldLate),
                Count(RevisitOutcome.NotHeld),
                ahead,
                planned.Count(r => r.Cancelled),
                planned.Count(r => r.DueOn != r.PlannedOn),
                Share.Percent(inTime, due.Count - ahead),
                revisits.Where(r => period.Contains(r.HeldOn)).Sum(r => r.FindingCount ?? 0),
                breaches,
                [.. revisits.Select(r => RowOf(r, names))]
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
