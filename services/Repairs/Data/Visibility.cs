using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Data;

/// <summary>Who sees which orders.</summary>
internal static class Visibility
{
    /// <summary>Staff see all; an owner those of his organisation; a repair unit those that were issued to it.
    /// What one may not see is not there.</summary>
    public static IQueryable<RepairOrder> VisibleTo(this IQueryable<RepairOrder> orders, Actor actor)
    {
        if (actor.HasAny(Roles.Staff))
        {
            return orders;
        }

        var owner = actor.Has(Roles.Customer) ? actor.OrganisationId : null;
        var unit = actor.Has(Roles.RepairUnit) ? actor.OrganisationId : null;
        return orders.Where(o => (owner != null && o.OwnerId == owner) || (unit != null && o.RepairUnitId == unit));
    }

    public static Task<RepairOrder?> FindVisibleAsync(
        this RepairsDb store,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    ) => store.RepairOrders.VisibleTo(caller.Actor).FirstOrDefaultAsync(o => o.Id == id, cancellationToken);
}
