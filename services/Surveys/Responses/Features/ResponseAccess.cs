using CustomerService.Rules;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>Who sees which responses.</summary>
internal static class ResponseAccess
{
    /// <summary>Staff see all, a customer those of its own organisation, others none.</summary>
    public static DocumentQuery<Response> VisibleTo(Actor actor) =>
        actor.IsStaff()
            ? DocumentQuery<Response>.All
            : DocumentQuery<Response>.All.In(
                r => r.CustomerId,
                actor.Has(Roles.Customer) && actor.OrganisationId is { } own ? [own] : Array.Empty<Guid>()
            );
}
