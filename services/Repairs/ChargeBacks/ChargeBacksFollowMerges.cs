using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Rules;

namespace CustomerService.Repairs.ChargeBacks;

/// <summary>Open charge-backs follow their unit.</summary>
internal sealed class ChargeBacksFollowMerges(RepairsDb db, CommandContexts contexts)
    : FollowsUnit<ChargeBack>("charge-back/unit")
{
    private static readonly ChargeBackState[] Open =
    [
        ChargeBackState.Proposed,
        ChargeBackState.Disputed,
        ChargeBackState.Accepted,
    ];

    protected override IQueryable<ChargeBack> OpenOf(Guid unit) =>
        db.ChargeBacks.Where(charge => charge.UnitId == unit && Open.Contains(charge.State));

    protected override string NameIn(ChargeBack record) => record.UnitName;

    protected override void Move(ChargeBack record, Guid unit, string name) =>
        _ = record.MoveUnit(contexts.ForSystem("repairs", record), unit, name);
}
