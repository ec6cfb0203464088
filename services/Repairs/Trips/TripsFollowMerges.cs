using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Trips;

/// <summary>Open trips move when the unit is merged with another organisation (S4) and follow its name (S3); what was
/// made keeps its words.</summary>
internal sealed class TripsFollowMerges(RepairsDb db, CommandContexts contexts) : IMoveReferences, IFollowRegistry
{
    private const string Unit = "trip/unit";

    public async Task<IReadOnlyList<RecordReference>> MoveOrganisationAsync(
        ReferenceMove move,
        CancellationToken cancellation
    )
    {
        var trips = await MoveAsync(move.Limit(OpenOf(move.From), Unit), move.To.Id, move.To.Name, cancellation);
        return [.. trips.Select(trip => new RecordReference(Unit, trip.Id))];
    }

    public Task OrganisationChangedAsync(OrganisationCopy organisation, CancellationToken cancellation) =>
        MoveAsync(
            OpenOf(organisation.Id).Where(trip => trip.UnitName != organisation.Name),
            organisation.Id,
            organisation.Name,
            cancellation
        );

    public Task<IReadOnlyList<RecordReference>> MovePersonAsync(ReferenceMove move, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<RecordReference>>([]);

    private IQueryable<Trip> OpenOf(Guid unit) =>
        db.Trips.Where(trip =>
            trip.UnitId == unit && (trip.State == TripState.Planned || trip.State == TripState.Briefed)
        );

    private async Task<List<Trip>> MoveAsync(
        IQueryable<Trip> which,
        Guid unit,
        string name,
        CancellationToken cancellation
    )
    {
        var trips = await which.ToListAsync(cancellation);
        foreach (var trip in trips)
        {
            // The system may always follow.
            _ = trip.MoveUnit(contexts.ForSystem("repairs", trip), unit, name);
        }

        return trips;
    }
}
