using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>Who sees which complaints: staff all of them, a customer those of its own organisation, others
/// none.</summary>
internal static class ComplaintAccess
{
    public static IQueryable<Complaint> VisibleTo(this IQueryable<Complaint> complaints, Actor actor)
    {
        if (actor.IsStaff())
        {
            return complaints;
        }

        return actor.Has(Roles.Customer) && actor.OrganisationId is { } organisation
            ? complaints.Where(complaint => complaint.CustomerId == organisation)
            : complaints.Where(_ => false);
    }
}
