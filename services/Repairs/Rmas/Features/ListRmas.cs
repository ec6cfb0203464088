using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Rmas.Features;

internal static class ListRmas
{
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<RmaState>? State { get; init; }

        /// <summary>The customer.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>Waits for the customer to confirm the received quantity (C5.1.1).</summary>
        public bool? Blocked { get; init; }

        /// <summary>First day of the declaration.</summary>
        public Day? DeclaredFrom { get; init; }

        /// <summary>Last day of the declaration.</summary>
        public Day? DeclaredTo { get; init; }

        /// <summary>The number.</summary>
        public TextFilter? Number { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/rmas", Handle)
            .AsQuery()
            .WithSummary("The RMAs that the caller may see, the newest first")
            .WithDescription("Rule C3.1.1. Customers see their own. 400: bad-filter, bad-cursor.")
            .Produces<Page<RmaListItem>>();
        routes
            .MapGet("/rmas/{id:guid}", GetRma)
            .AsQuery()
            .WithSummary("An RMA with its three lists")
            .WithDescription("Rules C3.1.1, C5.1.1. 404 where the caller may not see it.")
            .Produces<RmaView>();
    }

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        var customerId = await moves.StayedAsync(query.CustomerId, cancellation);
        return await db
            .Rmas.VisibleTo(caller.Actor)
            .Where(query.State, states => rma => states.Contains(rma.State))
            .Where(customerId, id => rma => rma.CustomerId == id)
            .Where(query.Blocked, blocked => rma => (rma.State == RmaState.Counted) == blocked)
            .Where(query.DeclaredFrom, day => rma => rma.DeclaredOn >= day)
            .Where(query.DeclaredTo, day => rma => rma.DeclaredOn <= day)
            .Where(query.Number, number => rma => rma.Number == number)
            .ToPageAsync(query, rma => RmaListItem.From(rma, caller), cancellation);
    }

    private static Task<QueryResult> GetRma(Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.Rmas.VisibleTo(caller.Actor), id, RmaView.From, cancellation);
}
