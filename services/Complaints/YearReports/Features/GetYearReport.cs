using CustomerService.Complaints.Data;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.YearReports.Features;

internal static class GetYearReport
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/year-reports/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("The statistics of a year with analysis and decisions")
            .WithDescription("Rule C5.7; staff. The ETag is for If-Match.")
            .Produces<YearReportView>();

    private static Task<QueryResult> Handle(Guid id, ComplaintsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.YearReports.VisibleTo(caller.Actor), id, YearReportView.From, cancellation);
}
