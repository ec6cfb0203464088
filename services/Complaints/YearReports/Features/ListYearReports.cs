using CustomerService.Complaints.Data;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.YearReports.Features;

internal static class ListYearReports
{
    /// <summary>Filters; all given ones must hold.</summary>
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<YearReportState>? State { get; init; }

        public int? Year { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/year-reports", Handle)
            .AsQuery()
            .WithSummary("Statistics of years, the newest first")
            .WithDescription("Rule C5.7; staff.")
            .Produces<Page<YearReportListItem>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db
            .YearReports.VisibleTo(caller.Actor)
            .Where(query.State, states => report => states.Contains(report.State))
            .Where(query.Year, year => report => report.Year == year)
            .ToPageAsync(query, report => YearReportListItem.From(report, caller), cancellation);
}
