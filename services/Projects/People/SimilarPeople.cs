using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.People;

/// <summary>People whom a reader could take for one that is entered (S4). Each look-up uses an index of its
/// own.</summary>
internal static class SimilarPeople
{
    /// <param name="db">The store.</param>
    /// <param name="keys">What is entered.</param>
    /// <param name="onlySame">Only those so alike that a new one needs a reason.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public static async Task<IReadOnlyList<SimilarPerson>> SimilarPeopleAsync(
        this ProjectsDb db,
        SimilarityKeys keys,
        bool onlySame,
        CancellationToken cancellation
    )
    {
        var all = db.People.AsNoTracking();
        var similar = new SimilarRecords<Person>(keys);
        var (name, phone) = (keys.Name, keys.Phones is [var only] ? only : null);
        if (name.Length > 0 && phone is not null)
        {
            await similar.LookAsync(all.Where(p => p.CoreName == name && p.PhoneKey == phone), cancellation);
        }

        if (!onlySame && phone is not null)
        {
            await similar.LookAsync(all.Where(p => p.PhoneKey == phone), cancellation);
        }

        if (!onlySame && name.Length > 0)
        {
            await similar.LookAsync(all.Where(p => p.CoreName == name), cancellation);
        }

        if (!onlySame && keys.Beginning is { } beginning && !similar.IsFull)
        {
            // Folded names have no punctuation, so nothing in them is a wildcard.
            await similar.LookAsync(all.Where(p => EF.Functions.Like(p.CoreName, beginning + "%")), cancellation);
        }

        return await similar.MostAlikeAsync(
            all,
            _ => true,
            (one, inCommon) =>
                new SimilarPerson(one.Id, one.Name, one.RoleTitle, one.Department, one.StaffNumber, inCommon),
            cancellation
        );
    }
}
