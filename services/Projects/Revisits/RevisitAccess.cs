using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.Revisits;

/// <summary>Staff and other systems see all revisits, a customer those of its own projects.</summary>
internal static class RevisitAccess
{
    public static IQueryable<Revisit> VisibleTo(this IQueryable<Revisit> revisits, Actor actor)
    {
        if (actor.SeesAll())
        {
            return revisits;
        }

        var own = actor.OwnOrganisation();
        return revisits.Where(r => r.OwnerId == own);
    }
}
