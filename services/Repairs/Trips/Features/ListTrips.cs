using CustomerService.Repairs.Data;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Trips.Features;

internal static class ListTrips
{
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<TripState>? State { get; init; }

        /// <summary>The unit that goes.</summary>
        public Guid? UnitId { get; init; }

        /// <summary>The project.</summary>
        public Guid? ProjectId { get; init; }

        /// <summary>First day.</summary>
        public Day? DayFrom { get; init; }

        /// <summary>Last day.</summary>
        public Day? DayTo { get; init; }

        /// <summary>The number.</summary>
        public TextFilter? Number { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/trips", Handle)
            .AsQuery()
            .WithSummary("The trips that the caller may see, the newest first")
            .WithDescription("Rule P3.2.2. A unit sees its own. 400: bad-filter, bad-cursor.")
            .Produces<Page<TripListItem>>();

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
            .Trips.VisibleTo(caller.Actor)
            .Where(query.State, states => trip => states.Contains(trip.State))
            .Where(unitId, id => trip => trip.UnitId == id)
            .Where(query.ProjectId, id => trip => trip.ProjectId == id)
            .Where(query.DayFrom, day => trip => trip.Day >= day)
            .Where(query.DayTo, day => trip => trip.Day <= day)
            .Where(query.Number, number => trip => trip.Number == number)
            .ToPageAsync(query, trip => TripListItem.From(trip, caller), cancellation);
    }
}
