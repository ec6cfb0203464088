using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.ChargeBacks.Features;

/// <summary>Who sees which charge-backs.</summary>
internal static class ChargeBackAccess
{
    /// <summary>Staff see all, a unit its own; owners none.</summary>
    public static IQueryable<ChargeBack> VisibleTo(this IQueryable<ChargeBack> charges, Actor actor)
    {
        if (actor.IsStaff())
        {
            return charges;
        }

        var unit = actor.Has(Roles.RepairUnit) ? actor.OrganisationId : null;
        return charges.Where(charge => unit != null && charge.UnitId == unit);
    }
}
