using CustomerService.Complaints.Data;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Enquiries.Features;

internal static class ListEnquiries
{
    /// <summary>Filters; all given ones must hold.</summary>
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<EnquiryState>? State { get; init; }

        /// <summary>The customer's organisation.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>Words of number, customer, contact, subject, model or serial.</summary>
        public TextFilter? Search { get; init; }

        /// <summary>Not answered in time.</summary>
        public bool? Overdue { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/enquiries", Handle)
            .AsQuery()
            .WithSummary("Technical enquiries, the newest first")
            .WithDescription("Rule C3.1.5. Customers see their own only.")
            .Produces<Page<EnquiryListItem>>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ComplaintsDb db,
        Caller caller,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        var now = caller.Now;
        var customerId = await moves.StayedAsync(query.CustomerId, cancellation);
        return await db
            .Enquiries.VisibleTo(caller.Actor)
            .Where(query.State, states => enquiry => states.Contains(enquiry.State))
            .Where(customerId, id => enquiry => enquiry.CustomerId == id)
            .Where(query.Search, text => Lists.Has<Enquiry>(e => e.SearchText, text))
            .Where(
                query.Overdue,
                overdue => enquiry => (enquiry.State == EnquiryState.Registered && enquiry.AnswerDueAt < now) == overdue
            )
            .ToPageAsync(query, enquiry => EnquiryListItem.From(enquiry, caller), cancellation);
    }
}
