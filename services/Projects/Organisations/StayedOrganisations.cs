using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Organisations;

/// <summary>An organisation as new records name it.</summary>
internal sealed record NamedOrganisation(Guid Id, string Name, OrganisationKind OrganisationKind, Guid? MergedInto);

/// <summary>Organisations as new records name them: for one that was merged, the one that stayed (S4).</summary>
internal static class StayedOrganisations
{
    /// <summary>By the identities that were asked for; those that are not known are left out.</summary>
    public static async Task<Dictionary<Guid, NamedOrganisation>> StayedOrganisationsAsync(
        this ProjectsDb db,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellation
    )
    {
        var known = new Dictionary<Guid, NamedOrganisation>();
        for (IReadOnlyCollection<Guid> next = ids; next.Count > 0; )
        {
            foreach (
                var one in await db
                    .Organisations.AsNoTracking()
                    .Where(o => next.Contains(o.Id))
                    .Select(o => new NamedOrganisation(o.Id, o.Name, o.OrganisationKind, o.MergedInto))
                    .ToListAsync(cancellation)
            )
            {
                known[one.Id] = one;
            }

            next = [.. known.Values.Select(o => o.MergedInto).OfType<Guid>().Where(id => !known.ContainsKey(id))];
        }

        NamedOrganisation Stayed(NamedOrganisation one) =>
            one.MergedInto is { } into && known.TryGetValue(into, out var next) ? Stayed(next) : one;
        return ids.Where(known.ContainsKey).Distinct().ToDictionary(id => id, id => Stayed(known[id]));
    }
}
