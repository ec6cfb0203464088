using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.WorkLinks.Features;

internal static class GetWorkLink
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/work-links/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A link that was given out")
            .WithDescription("Rule P3.2.3. Without its secret.")
            .Produces<WorkLinkView>();

    private static Task<QueryResult> Handle(Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.WorkLinks.VisibleTo(caller.Actor), id, WorkLinkView.From, cancellation);
}
