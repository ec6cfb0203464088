using CustomerService.Repairs.Trips.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Trips.Features;

/// <summary>Who sees which trips.</summary>
internal static class TripAccess
{
    /// <summary>Staff see all, a unit its own; owners none.</summary>
    public static IQueryable<Trip> VisibleTo(this IQueryable<Trip> trips, Actor actor)
    {
        if (actor.IsStaff())
        {
            return trips;
        }

        var unit = actor.Has(Roles.RepairUnit) ? actor.OrganisationId : null;
        return trips.Where(trip => unit != null && trip.UnitId == unit);
    }
}
