using CustomerService.Forms;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.Repairs.Trips.Features;
using CustomerService.Work;

namespace CustomerService.Repairs.Trips;

/// <summary>Trips of several orders: routes.</summary>
internal static class TripsModule
{
    internal static void Add(IServiceCollection services) =>
        services
            .AddScoped<IMoveReferences, TripsFollowMerges>()
            .AddScoped<IFollowRegistry, TripsFollowMerges>()
            .AddScoped<TaskSheet>();

    internal static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Trips");
        PlanTrip.Map(routes);
        ListTrips.Map(routes);
        GetTrip.Map(routes);
        ChangeTrip.Map(routes);
        BriefTrip.Map(routes);
        ShareTripCost.Map(routes);
        CompleteTrip.Map(routes);
        PrintTaskSheets.Map(routes);
        routes.MapRecords<RepairsDb, Trip>(
            "trips",
            (trips, actor) => trips.VisibleTo(actor),
            trip => trip.Number,
            TripAction.Plan,
            TripAction.Move,
            TripAction.AddOrder,
            TripAction.RemoveOrder,
            TripAction.Brief,
            TripAction.ShareCost,
            TripAction.Complete,
            TripAction.Cancel
        );
        routes.MapForm<TripSheet>(
            "trips",
            "trip-sheet",
            "The sheet of a trip: briefing and all of its orders",
            "Rules P3.2.2 and P3.2.3. For staff and the unit that goes."
        );
        v1.MapAssignment<RepairsDb, Trip, TripView>("trips", (db, actor) => db.Trips.VisibleTo(actor), TripView.From);
    }
}
