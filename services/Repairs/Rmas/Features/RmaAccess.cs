using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>Who sees what: staff all, customers what is of their organisation. Invisible records answer 404.</summary>
internal static class RmaAccess
{
    public static IQueryable<Rma> VisibleTo(this IQueryable<Rma> rmas, Actor actor)
    {
        if (actor.IsStaff())
        {
            return rmas;
        }

        var customer = CustomerOf(actor);
        return rmas.Where(rma => customer != null && rma.CustomerId == customer);
    }

    public static IQueryable<RmaUnit> VisibleTo(this IQueryable<RmaUnit> units, Actor actor)
    {
        if (actor.IsStaff())
        {
            return units;
        }

        var customer = CustomerOf(actor);
        return units.Where(unit => customer != null && unit.CustomerId == customer);
    }

    public static IQueryable<Shipment> VisibleTo(this IQueryable<Shipment> shipments, Actor actor)
    {
        if (actor.IsStaff())
        {
            return shipments;
        }

        var customer = CustomerOf(actor);
        return shipments.Where(shipment => customer != null && shipment.CustomerId == customer);
    }

    private static Guid? CustomerOf(Actor actor) => actor.Has(Roles.Customer) ? actor.OrganisationId : null;
}
