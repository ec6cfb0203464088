using CustomerService.Reporting.Data;
using CustomerService.Reporting.OData;
using CustomerService.Reporting.Views;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Reports;

/// <summary>The revisits behind the figures of compliance, rule P2.1.1.</summary>
internal static class ListReportedRevisits
{
    internal sealed record Query : PageQuery
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
            .MapGet("/revisits", Handle)
            .AsQuery()
            .WithSummary("The revisits behind the figures of compliance, the newest first")
            .WithDescription("Rule P2.1.1. Due or held in the period. 400 `bad-period`, `bad-filter`, `bad-cursor`.")
            .Produces<Page<ReportedRevisit>>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ReportingDb db,
        RowScope scope,
        CancellationToken cancellation
    )
    {
        if (Period.OfDays(query.From, query.To).Failed(out var refusal, out var period))
        {
            return refusal;
        }

        if (!query.TryAfter(out var after))
        {
            return PageQuery.BadCursor;
        }

        var (limited, theirs) = (scope.IsLimited, scope.IdsOf(db.Set<RevisitRow>(), row => row.RevisitId));
        var project = query.ProjectId;
        var read = await db
            .Revisits.AsNoTracking()
            .Where(r =>
                (project == null || r.ProjectId == project)
                && (
                    (r.DueOn >= period.From && r.DueOn <= period.To)
                    || (r.HeldOn >= period.From && r.HeldOn <= period.To)
                )
            )
            .Where(r => !limited || theirs.Contains(r.Id))
            .Where(after, last => r => r.Id < last)
            .OrderByDescending(r => r.Id)
            .Take(query.Size + 1)
            .Select(r => new ReportedRevisit(
                r.Id,
                r.Number,
                r.State,
                r.ProjectId,
                db.Projects.Where(p => p.Id == r.ProjectId).Select(p => p.Name).FirstOrDefault(),
                r.PlannedOn,
                r.DueOn,
                r.HeldOn
            ))
            .ToListAsync(cancellation);
        return QueryResult.Of(Lists.Cut(read, query, r => r.Id.ToString("N"), r => r));
    }
}
