using CustomerService.Rules;

namespace CustomerService.Projects.Organisations.Domain;

/// <summary>Who sees what: staff and other systems everything, a customer what belongs to its own organisation,
/// others nothing.</summary>
internal static class OwnerAccess
{
    public static bool SeesAll(this Actor actor) => actor.IsStaff() || actor.Has(Roles.System);

    /// <summary>The organisation whose records a customer sees; an empty identity for everyone else.</summary>
    public static Guid OwnOrganisation(this Actor actor) =>
        actor.Has(Roles.Customer) ? actor.OrganisationId ?? Guid.Empty : Guid.Empty;

    public static bool SeesWhatBelongsTo(this Actor actor, Guid owner) =>
        actor.SeesAll() || owner == actor.OwnOrganisation();
}
