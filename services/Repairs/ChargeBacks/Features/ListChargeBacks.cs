using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.ChargeBacks.Features;

internal static class ListChargeBacks
{
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<ChargeBackState>? State { get; init; }

        /// <summary>The unit that is charged.</summary>
        public Guid? UnitId { get; init; }

        /// <summary>The project.</summary>
        public Guid? ProjectId { get; init; }

        /// <summary>The order.</summary>
        public Guid? RepairOrderId { get; init; }

        /// <summary>The number.</summary>
        public TextFilter? Number { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/charge-backs", Handle)
            .AsQuery()
            .WithSummary("The charge-backs that the caller may see, the newest first")
            .WithDescription("Rule P3.1.1. A unit sees its own. 400: bad-filter, bad-cursor.")
            .Produces<Page<ChargeBackListItem>>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        var unitId = await moves.StayedAsync(query.UnitId, cancellation);
        return await db
            .ChargeBacks.VisibleTo(caller.Actor)
            .Where(query.State, states => charge => states.Contains(charge.State))
            .Where(unitId, id => charge => charge.UnitId == id)
            .Where(query.ProjectId, id => charge => charge.ProjectId == id)
            .Where(query.RepairOrderId, id => charge => charge.RepairOrderId == id)
            .Where(query.Number, number => charge => charge.Number == number)
            .ToPageAsync(query, charge => ChargeBackListItem.From(charge, caller), cancellation);
    }
}
