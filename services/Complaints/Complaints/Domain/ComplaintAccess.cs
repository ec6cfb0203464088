using CustomerService.Complaints.Domain;
using CustomerService.Rules;

namespace CustomerService.Complaints.Features;

/// <summary>Who may see what: staff everything, a customer the complaints of its own organisation, others
/// nothing.</summary>
internal static class Visibility
{
    public static bool IsStaff(this Actor actor) => actor.HasAny(Roles.Staff);

    public static IQueryable<Complaint> VisibleTo(this IQueryable<Complaint> complaints, Actor actor)
    {
        if (actor.IsStaff())
        {
            return complaints;
        }

        // Without an organisation no record matches.
        var organisation = actor.Has(Roles.Customer) ? actor.OrganisationId ?? Guid.Empty : Guid.Empty;
        return complaints.Where(c => c.CustomerId == organisation && organisation != Guid.Empty);
    }

    public static IQueryable<CorrectiveAction> VisibleTo(this IQueryable<CorrectiveAction> actions, Actor actor) =>
        actor.IsStaff() ? actions : actions.Where(_ => false);
}
