using CustomerService.Repairs.Returns.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Returns.Features;

/// <summary>Who sees which returns.</summary>
internal static class ReturnCaseAccess
{
    /// <summary>Staff see all, customers those of their organisation. Invisible records answer 404.</summary>
    public static IQueryable<ReturnCase> VisibleTo(this IQueryable<ReturnCase> cases, Actor actor)
    {
        if (actor.IsStaff())
        {
            return cases;
        }

        var customer = actor.Has(Roles.Customer) ? actor.OrganisationId : null;
        return cases.Where(one => customer != null && one.CustomerId == customer);
    }

    /// <summary>Staff read every edition, drafts too; others none here: decisions quote the clause.</summary>
    public static IQueryable<TermsEdition> VisibleTo(this IQueryable<TermsEdition> editions, Actor actor) =>
        actor.IsStaff() ? editions : editions.Where(edition => false);
}
