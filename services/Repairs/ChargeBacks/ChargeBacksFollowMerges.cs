using CustomerService.Registry;
using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.ChargeBacks;

/// <summary>Open charge-backs move when the unit is merged with another organisation (S4); what ended keeps its
/// words.</summary>
internal sealed class ChargeBacksFollowMerges(RepairsDb db, CommandContexts contexts) : IMoveReferences
{
    private const string Unit = "charge-back/unit";

    private static readonly ChargeBackState[] Open =
    [
        ChargeBackState.Proposed,
        ChargeBackState.Disputed,
        ChargeBackState.Accepted,
    ];

    public async Task<IReadOnlyList<RecordReference>> MoveOrganisationAsync(
        ReferenceMove move,
        CancellationToken cancellation
    )
    {
        var charges = await move.Limit(db.ChargeBacks.Where(charge => charge.UnitId == move.From), Unit)
            .Where(charge => Open.Contains(charge.State))
            .ToListAsync(cancellation);
        foreach (var charge in charges)
        {
            // The system may always follow.
            _ = charge.MoveUnit(contexts.ForSystem("repairs", charge), move.To.Id, move.To.Name);
        }

        return [.. charges.Select(charge => new RecordReference(Unit, charge.Id))];
    }

    public Task<IReadOnlyList<RecordReference>> MovePersonAsync(ReferenceMove move, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<RecordReference>>([]);
}
