using CustomerService.Projects.Organisations.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.Organisations;

/// <summary>Staff and other systems see all organisations, a customer its own.</summary>
internal static class OrganisationAccess
{
    public static IQueryable<Organisation> VisibleTo(this IQueryable<Organisation> organisations, Actor actor)
    {
        if (actor.SeesAll())
        {
            return organisations;
        }

        var own = actor.OwnOrganisation();
        return organisations.Where(o => o.Id == own);
    }
}
