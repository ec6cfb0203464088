using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Organisations;

/// <summary>An organisation as new records name it.</summary>
internal sealed record NamedOrganisation(Guid Id, string Name, OrganisationKind OrganisationKind, Guid? MergedInto)
    : IMergeable;

/// <summary>Organisations as new records name them: for one that was merged, the one that stayed (S4).</summary>
internal static class StayedOrganisations
{
    /// <summary>By the identities that were asked for; those that are not known are left out.</summary>
    public static Task<Dictionary<Guid, NamedOrganisation>> StayedOrganisationsAsync(
        this ProjectsDb db,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellation
    ) =>
        Stayed.OfAsync(
            ids,
            some =>
                db.Organisations.AsNoTracking()
                    .Where(o => some.Contains(o.Id))
                    .Select(o => new NamedOrganisation(o.Id, o.Name, o.OrganisationKind, o.MergedInto))
                    .ToListAsync(cancellation)
        );
}
