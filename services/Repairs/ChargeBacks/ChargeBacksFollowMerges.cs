using CustomerService.Registry;
using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.ChargeBacks;

/// <summary>Open charge-backs move when the unit is merged with another organisation (S4) and follow its name (S3); what
/// ended keeps its words.</summary>
internal sealed class ChargeBacksFollowMerges(RepairsDb db, CommandContexts contexts) : IMoveReferences, IFollowRegistry
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
        var charges = await MoveAsync(move.Limit(OpenOf(move.From), Unit), move.To.Id, move.To.Name, cancellation);
        return [.. charges.Select(charge => new RecordReference(Unit, charge.Id))];
    }

    public Task OrganisationChangedAsync(OrganisationCopy organisation, CancellationToken cancellation) =>
        MoveAsync(
            OpenOf(organisation.Id).Where(charge => charge.UnitName != organisation.Name),
            organisation.Id,
            organisation.Name,
            cancellation
        );

    public Task<IReadOnlyList<RecordReference>> MovePersonAsync(ReferenceMove move, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<RecordReference>>([]);

    private IQueryable<ChargeBack> OpenOf(Guid unit) =>
        db.ChargeBacks.Where(charge => charge.UnitId == unit && Open.Contains(charge.State));

    private async Task<List<ChargeBack>> MoveAsync(
        IQueryable<ChargeBack> which,
        Guid unit,
        string name,
        CancellationToken cancellation
    )
    {
        var charges = await which.ToListAsync(cancellation);
        foreach (var charge in charges)
        {
            // The system may always follow.
            _ = charge.MoveUnit(contexts.ForSystem("repairs", charge), unit, name);
        }

        return charges;
    }
}
