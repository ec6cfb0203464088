using CustomerService.Complaints.Data;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Enquiries.Features;

internal static class GetEnquiry
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/enquiries/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A technical enquiry with its questions and answers")
            .WithDescription("Rule C3.1.5; staff, and the customer's own. The ETag is for If-Match.")
            .Produces<EnquiryView>();

    private static Task<QueryResult> Handle(Guid id, ComplaintsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.Enquiries.VisibleTo(caller.Actor), id, EnquiryView.From, cancellation);
}
