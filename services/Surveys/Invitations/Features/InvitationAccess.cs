using CustomerService.Rules;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Invitations.Features;

/// <summary>Who sees which invitations.</summary>
internal static class InvitationAccess
{
    /// <summary>Staff see all, a customer those of its own organisation, others none.</summary>
    public static DocumentQuery<Invitation> VisibleTo(Actor actor) =>
        actor.IsStaff()
            ? DocumentQuery<Invitation>.All
            : DocumentQuery<Invitation>.All.In(
                i => i.CustomerId,
                actor.Has(Roles.Customer) && actor.OrganisationId is { } own ? [own] : Array.Empty<Guid>()
            );
}
