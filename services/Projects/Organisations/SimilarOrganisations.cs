using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Organisations;

/// <summary>Organisations that a reader could take for one that is entered (S4). Each look-up uses an index of its
/// own.</summary>
internal static class SimilarOrganisations
{
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
        var similar = new SimilarRecords<Organisation>(keys);
        if (keys.TaxNumber is { } tax)
        {
            await similar.LookAsync(all.Where(o => o.TaxKey == tax), cancellation);
        }

        if (keys.WholeName.Length > 0)
        {
            await similar.LookAsync(all.Where(o => o.NameKey == keys.WholeName), cancellation);
        }

        if (keys.Name.Length > 0)
        {
            await similar.LookAsync(all.Where(o => o.CoreName == keys.Name), cancellation);
        }

        if (keys.Phones.Count > 0)
        {
            string[] phones = [.. keys.Phones];
            await similar.LookAsync(all.Where(o => o.PhoneKeys.Any(p => phones.Contains(p))), cancellation);
        }

        if (!onlySame && keys.Address is { } address)
        {
            await similar.LookAsync(all.Where(o => o.AddressKey == address), cancellation);
        }

        if (!onlySame && keys.Beginning is { } beginning && !similar.IsFull)
        {
            // Folded names have no punctuation, so nothing in them is a wildcard.
            await similar.LookAsync(all.Where(o => EF.Functions.Like(o.CoreName, beginning + "%")), cancellation);
        }

        return await similar.MostAlikeAsync(
            all,
            one => !onlySame || keys.IsSame(one.Keys),
            (one, inCommon) => new SimilarOrganisation(one.Id, one.Name, one.OrganisationKind, one.Code, inCommon),
            cancellation
        );
    }
}
