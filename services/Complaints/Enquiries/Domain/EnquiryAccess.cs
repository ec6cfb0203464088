using CustomerService.Rules;

namespace CustomerService.Complaints.Enquiries.Domain;

/// <summary>Who sees which enquiries: staff all of them, a customer those of its own organisation, others
/// none.</summary>
internal static class EnquiryAccess
{
    public static IQueryable<Enquiry> VisibleTo(this IQueryable<Enquiry> enquiries, Actor actor)
    {
        if (actor.IsStaff())
        {
            return enquiries;
        }

        return actor.Has(Roles.Customer) && actor.OrganisationId is { } organisation
            ? enquiries.Where(enquiry => enquiry.CustomerId == organisation)
            : enquiries.Where(_ => false);
    }
}
