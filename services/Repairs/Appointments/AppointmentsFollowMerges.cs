using CustomerService.Registry;
using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Appointments;

/// <summary>Appointments move when owner or unit is merged with another organisation (S4).</summary>
internal sealed class AppointmentsFollowMerges(RepairsDb db, CommandContexts contexts) : IMoveReferences
{
    private const string Owner = "appointment/owner";
    private const string Unit = "appointment/unit";

    public async Task<IReadOnlyList<RecordReference>> MoveOrganisationAsync(
        ReferenceMove move,
        CancellationToken cancellation
    )
    {
        var owned = await move.Limit(db.Appointments.Where(a => a.OwnerId == move.From), Owner)
            .Where(a => a.State != AppointmentState.Cancelled)
            .ToListAsync(cancellation);
        var visited = await move.Limit(db.Appointments.Where(a => a.UnitId == move.From), Unit)
            .Where(a => a.State != AppointmentState.Cancelled)
            .ToListAsync(cancellation);
        foreach (var appointment in owned.Union(visited))
        {
            // The system may always follow.
            _ = appointment.MoveOrganisation(
                contexts.ForSystem("repairs", appointment),
                move.From,
                move.To.Id,
                move.To.Name
            );
        }

        return
        [
            .. owned.Select(appointment => new RecordReference(Owner, appointment.Id)),
            .. visited.Select(appointment => new RecordReference(Unit, appointment.Id)),
        ];
    }

    public Task<IReadOnlyList<RecordReference>> MovePersonAsync(ReferenceMove move, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<RecordReference>>([]);
}
