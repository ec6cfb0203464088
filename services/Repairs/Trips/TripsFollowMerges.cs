using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Trips;

/// <summary>Open trips move when the unit is merged with another organisation (S4); what was made keeps its
/// words.</summary>
internal sealed class TripsFollowMerges(RepairsDb db, CommandContexts contexts) : IMoveReferences
{
    private const string Unit = "trip/unit";

    public async Task<IReadOnlyList<RecordReference>> MoveOrganisationAsync(
        ReferenceMove move,
        CancellationToken cancellation
    )
    {
        var trips = await move.Limit(db.Trips.Where(trip => trip.UnitId == move.From), Unit)
            .Where(trip => trip.State == TripState.Planned || trip.State == TripState.Briefed)
            .ToListAsync(cancellation);
        foreach (var trip in trips)
        {
            // The system may always follow.
            _ = trip.MoveUnit(contexts.ForSystem("repairs", trip), move.To.Id, move.To.Name);
        }

        return [.. trips.Select(trip => new RecordReference(Unit, trip.Id))];
    }

    public Task<IReadOnlyList<RecordReference>> MovePersonAsync(ReferenceMove move, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<RecordReference>>([]);
}
