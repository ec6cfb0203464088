using CustomerService.Repairs.Data;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Trips;

/// <summary>Trips that were not made yet follow their unit.</summary>
internal sealed class TripsFollowMerges(RepairsDb db, CommandContexts contexts) : FollowsUnit<Trip>("trip/unit")
{
    protected override IQueryable<Trip> OpenOf(Guid unit) =>
        db.Trips.Where(trip =>
            trip.UnitId == unit && (trip.State == TripState.Planned || trip.State == TripState.Briefed)
        );

    protected override string NameIn(Trip record) => record.UnitName;

    protected override void Move(Trip record, Guid unit, string name) =>
        _ = record.MoveUnit(contexts.ForSystem("repairs", record), unit, name);
}
