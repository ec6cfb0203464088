using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Organisations;

/// <summary>Organisations that a reader could take for one that is entered (S4). Each look-up uses an index of its
/// own.</summary>
internal static class SimilarOrganisations
{
    /// <summary>As many as a reader compares.</summary>
    public const int Most = 5;

    // Several may share a switchboard or an address.
    private const int Looked = 20;

    /// <param name="db">The store.</param>
    /// <param name="keys">What is entered.</param>
    /// <param name="onlySame">Only those so alike that a new one needs a reason.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public static async Task<IReadOnlyList<SimilarOrganisation>> SimilarOrganisationsAsync(
        this ProjectsDb db,
        SimilarityKeys keys,
        bool onlySame,
        CancellationToken cancellation
    )
    {
        var all = db.Organisations.AsNoTracking();
        var found = new Dictionary<Guid, Organisation>();
        async Task LookAsync(IQueryable<Organisation> some)
        {
            foreach (var one in await some.OrderBy(o => o.Id).Take(Looked).ToListAsync(cancellation))
            {
                found[one.Id] = one;
            }
        }

        if (keys.TaxNumber is { } tax)
        {
            await LookAsync(all.Where(o => o.TaxKey == tax));
        }

        if (keys.WholeName.Length > 0)
        {
            await LookAsync(all.Where(o => o.NameKey == keys.WholeName));
        }

        if (keys.Name.Length > 0)
        {
            await LookAsync(all.Where(o => o.CoreName == keys.Name));
        }

        if (keys.Phones.Count > 0)
        {
            string[] phones = [.. keys.Phones];
            await LookAsync(all.Where(o => o.PhoneKeys.Any(p => phones.Contains(p))));
        }

        if (!onlySame && keys.Address is { } address)
        {
            await LookAsync(all.Where(o => o.AddressKey == address));
        }

        if (!onlySame && keys.Beginning is { } beginning && found.Count < Most)
        {
            // Folded names have no punctuation, so nothing in them is a wildcard.
            await LookAsync(all.Where(o => EF.Functions.Like(o.CoreName, beginning + "%")));
        }

        var candidates = new List<(SimilarOrganisation Shown, int Weight)>();
        foreach (var one in found.Values.Where(o => !onlySame || keys.IsSame(o.Keys)))
        {
            // Who was merged is shown as the one that stayed.
            var shown = await StayedAsync(db, one, cancellation);
            candidates.Add(
                (
                    new(shown.Id, shown.Name, shown.OrganisationKind, shown.Code, keys.InCommonWith(one.Keys)),
                    keys.Weight(one.Keys)
                )
            );
        }

        return
        [
            .. candidates
                .OrderByDescending(c => c.Weight)
                .ThenBy(c => c.Shown.Id)
                .DistinctBy(c => c.Shown.Id)
                .Take(Most)
                .Select(c => c.Shown),
        ];
    }

    private static async Task<Organisation> StayedAsync(
        ProjectsDb db,
        Organisation organisation,
        CancellationToken cancellation
    )
    {
        while (
            organisation.MergedInto is { } into
            && await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == into, cancellation) is { } next
        )
        {
            organisation = next;
        }

        return organisation;
    }
}
