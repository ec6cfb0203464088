using CustomerService.Repairs.Data;
using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.MonthlyReports.Features;

internal static class ListMonthlyReports
{
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<MonthlyReportState>? State { get; init; }

        /// <summary>For example <c>2026-10</c>: the report and its corrections.</summary>
        public TextFilter? Month { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/monthly-reports", Handle)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("Monthly repair reports and their corrections, the newest first")
            .WithDescription("Rule C3.1.3. 400: bad-filter, bad-cursor.")
            .Produces<Page<MonthlyReportListItem>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db
            .MonthlyReports.VisibleTo(caller.Actor)
            .Where(query.State, states => report => states.Contains(report.State))
            .Where(query.Month, month => report => report.Month == month)
            .ToPageAsync(query, report => MonthlyReportListItem.From(report, caller), cancellation);
}
