using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.WorkLinks.Features;

internal static class ListWorkLinks
{
    internal sealed record Query : PageQuery
    {
        /// <summary>The order.</summary>
        public Guid? RepairOrderId { get; init; }

        /// <summary>The unit.</summary>
        public Guid? UnitId { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/work-links", Handle)
            .AsQuery()
            .WithSummary("Links that were given out, the newest first")
            .WithDescription("Rule P3.2.3. Without their secrets. A unit sees its own. 400: bad-cursor.")
            .Produces<Page<WorkLinkView>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db
            .WorkLinks.VisibleTo(caller.Actor)
            .Where(query.RepairOrderId, id => link => link.RepairOrderId == id)
            .Where(query.UnitId, id => link => link.UnitId == id)
            .ToPageAsync(query, link => WorkLinkView.From(link, caller), cancellation);
}
