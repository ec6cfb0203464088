using CustomerService.Repairs.Products.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Products.Features;

/// <summary>Who sees which machines.</summary>
internal static class ProductAccess
{
    /// <summary>Staff see all, customers those of their organisation.</summary>
    public static IQueryable<ProductSerial> VisibleTo(this IQueryable<ProductSerial> serials, Actor actor)
    {
        if (actor.IsStaff())
        {
            return serials;
        }

        var customer = actor.Has(Roles.Customer) ? actor.OrganisationId : null;
        return serials.Where(serial => customer != null && serial.CustomerId == customer);
    }
}
