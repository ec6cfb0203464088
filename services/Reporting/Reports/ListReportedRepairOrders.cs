using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.OData;
using CustomerService.Reporting.Views;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Reports;

/// <summary>The repair orders behind the monthly figures, rule C3.1.3.</summary>
internal static class ListReportedRepairOrders
{
    internal sealed record Query : PageQuery
    {
        /// <summary>The month, <c>YYYY-MM</c>.</summary>
        public string? Month { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-orders", Handle)
            .AsQuery()
            .WithSummary("The repair orders behind the monthly figures, the newest first")
            .WithDescription(
                "Rule C3.1.3. Notified, returned or withdrawn in the month. 400 `bad-period`, `bad-cursor`."
            )
            .Produces<Page<ReportedRepairOrder>>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ReportingDb db,
        RowScope scope,
        CancellationToken cancellation
    )
    {
        if (Period.OfMonth(query.Month).Failed(out var refusal, out var period))
        {
            return refusal;
        }

        if (!query.TryAfter(out var after))
        {
            return PageQuery.BadCursor;
        }

        var (limited, theirs) = (scope.IsLimited, scope.IdsOf(db.Set<RepairOrderRow>(), row => row.RepairOrderId));
        var read = await db
            .RepairOrders.AsNoTracking()
            .Where(o =>
                (o.NotifiedOn >= period.From && o.NotifiedOn <= period.To)
                || (o.ReturnedOn >= period.From && o.ReturnedOn <= period.To)
                || (o.WithdrawnOn >= period.From && o.WithdrawnOn <= period.To)
            )
            .Where(o => !limited || theirs.Contains(o.Id))
            .Where(after, last => o => o.Id < last)
            .OrderByDescending(o => o.Id)
            .Take(query.Size + 1)
            .ToListAsync(cancellation);
        return QueryResult.Of(Lists.Cut(read, query, o => o.Id.ToString("N"), ItemOf));
    }

    private static ReportedRepairOrder ItemOf(RepairOrderFact o) =>
        new(
            o.Id,
            o.Number,
            o.State,
            o.ProjectId,
            o.ProjectName,
            o.PartCode,
            o.Severity,
            o.Source,
            o.RepairUnitName,
            o.UnderWarranty,
            o.NotifiedOn,
            o.ReturnedOn,
            o.WithdrawnOn
        );
}
