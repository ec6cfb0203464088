using CustomerService.Repairs.WorkLinks.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.WorkLinks.Features;

/// <summary>Who sees which links.</summary>
internal static class WorkLinkAccess
{
    /// <summary>Staff see all, a unit its own.</summary>
    public static IQueryable<WorkLink> VisibleTo(this IQueryable<WorkLink> links, Actor actor)
    {
        if (actor.IsStaff())
        {
            return links;
        }

        var unit = actor.Has(Roles.RepairUnit) ? actor.OrganisationId : null;
        return links.Where(link => unit != null && link.UnitId == unit);
    }
}
