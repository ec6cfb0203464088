using CustomerService.Repairs.Components.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Components;

/// <summary>What goes to makers is between them and the company: staff see it, others do not.</summary>
internal static class MakerClaimAccess
{
    public static IQueryable<MakerClaim> VisibleTo(this IQueryable<MakerClaim> claims, Actor actor) =>
        actor.IsStaff() ? claims : claims.Where(_ => false);
}
