using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>Who sees which orders.</summary>
internal static class RepairOrderAccess
{
    /// <summary>Staff see all; an owner those of their organisation; a repair unit those that were issued to it.
    /// Invisible records answer 404.</summary>
    public static IQueryable<RepairOrder> VisibleTo(this IQueryable<RepairOrder> orders, Actor actor)
    {
        if (actor.IsStaff())
        {
            return orders;
        }

        var owner = actor.Has(Roles.Customer) ? actor.OrganisationId : null;
        var unit = actor.Has(Roles.RepairUnit) ? actor.OrganisationId : null;
        return orders.Where(o => (owner != null && o.OwnerId == owner) || (unit != null && o.RepairUnitId == unit));
    }
}
