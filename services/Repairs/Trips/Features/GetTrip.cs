using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Trips.Features;

internal static class GetTrip
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/trips/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A trip")
            .WithDescription("Rule P3.2.2.")
            .Produces<TripView>();

    private static Task<QueryResult> Handle(Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.Trips.VisibleTo(caller.Actor), id, TripView.From, cancellation);
}
