using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Rmas.Features;

internal static class ListShipments
{
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<ShipmentState>? State { get; init; }

        /// <summary>The customer.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>Rule C3.1.1: shipped for longer than the policy's days, and nobody has confirmed it.</summary>
        public bool? ToChase { get; init; }

        /// <summary>Number of FM003.</summary>
        public TextFilter? Number { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/shipments", Handle)
            .AsQuery()
            .WithSummary("The shipments that the caller may see, the newest first")
            .WithDescription("Rules C3.1.1, C5.1.2. `toChase=true` is the chase list. 400: bad-filter, bad-cursor.")
            .Produces<Page<ShipmentListItem>>();
        routes
            .MapGet("/shipments/{id:guid}", GetShipment)
            .AsQuery()
            .WithSummary("A shipment")
            .WithDescription("Rule C5.1.2. 404 where the caller may not see it.")
            .Produces<ShipmentView>();
    }

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        CommandContexts contexts,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        var customerId = await moves.StayedAsync(query.CustomerId, cancellation);
        var before = caller.Today.AddDays(-contexts.For(caller.Actor).Policy.Rmas.ChaseDays);
        return await db
            .Shipments.VisibleTo(caller.Actor)
            .Where(query.State, states => shipment => states.Contains(shipment.State))
            .Where(customerId, id => shipment => shipment.CustomerId == id)
            .Where(
                query.ToChase,
                chase => shipment => (shipment.State == ShipmentState.InTransit && shipment.ShippedOn < before) == chase
            )
            .Where(query.Number, number => shipment => shipment.Number == number)
            .ToPageAsync(query, shipment => ShipmentListItem.From(shipment, caller), cancellation);
    }

    private static Task<QueryResult> GetShipment(
        Guid id,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ReadAsync(db.Shipments.VisibleTo(caller.Actor), id, ShipmentView.From, cancellation);
}
