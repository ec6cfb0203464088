using CustomerService.Complaints.Data;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Letters.Features;

internal static class GetAffectedLetter
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/affected-letters/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A letter to an affected customer")
            .WithDescription("Rule C7; staff, and the customer to whom it was sent. The ETag is for If-Match.")
            .Produces<AffectedLetterView>();

    private static Task<QueryResult> Handle(Guid id, ComplaintsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.AffectedLetters.VisibleTo(caller.Actor), id, AffectedLetterView.From, cancellation);
}
