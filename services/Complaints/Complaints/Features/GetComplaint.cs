using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Complaints.Features;

internal static class GetComplaint
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/complaints/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A complaint with its targets, answers and CAPAs")
            .WithDescription(
                "Rules C1–C5.6. Customers see their own only, without what is internal. The ETag is for If-Match."
            )
            .Produces<ComplaintView>();

    private static Task<QueryResult> Handle(Guid id, ComplaintsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.Complaints.VisibleTo(caller.Actor), id, ComplaintView.From, cancellation);
}
