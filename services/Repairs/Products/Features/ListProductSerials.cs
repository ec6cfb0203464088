using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Products.Features;

internal static class ListProductSerials
{
    internal sealed record Query : PageQuery
    {
        /// <summary>The serial number, however it is written.</summary>
        public TextFilter? Number { get; init; }

        /// <summary>States, joined by commas.</summary>
        public EnumFilter<SerialState>? State { get; init; }

        /// <summary>The model.</summary>
        public Guid? ModelId { get; init; }

        /// <summary>The customer.</summary>
        public Guid? CustomerId { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/product-serials", Handle)
            .AsQuery()
            .WithSummary("Machines that the caller may see, the newest first")
            .WithDescription("Rule C2. Customers see their own. 400: bad-filter, bad-cursor.")
            .Produces<Page<ProductSerialListItem>>();

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
            .ProductSerials.VisibleTo(caller.Actor)
            .Where(
                query.Number,
                number =>
                {
                    var key = ProductSerial.KeyOf(number);
                    return serial => serial.NumberKey == key;
                }
            )
            .Where(query.State, states => serial => states.Contains(serial.State))
            .Where(query.ModelId, id => serial => serial.ModelId == id)
            .Where(customerId, id => serial => serial.CustomerId == id)
            .ToPageAsync(query, serial => ProductSerialListItem.From(serial, caller), cancellation);
    }
}
