using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.People;

/// <summary>People whom a reader could take for one that is entered (S4). Each look-up uses an index of its
/// own.</summary>
internal static class SimilarPeople
{
    /// <summary>As many as a reader compares.</summary>
    public const int Most = 5;

    // Several may have one name or share a telephone.
    private const int Looked = 20;

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
        var found = new Dictionary<Guid, Person>();
        async Task LookAsync(IQueryable<Person> some)
        {
            foreach (var one in await some.OrderBy(p => p.Id).Take(Looked).ToListAsync(cancellation))
            {
                found[one.Id] = one;
            }
        }

        var (name, phone) = (keys.Name, keys.Phones is [var only] ? only : null);
        if (name.Length > 0 && phone is not null)
        {
            await LookAsync(all.Where(p => p.CoreName == name && p.PhoneKey == phone));
        }

        if (!onlySame && phone is not null)
        {
            await LookAsync(all.Where(p => p.PhoneKey == phone));
        }

        if (!onlySame && name.Length > 0)
        {
            await LookAsync(all.Where(p => p.CoreName == name));
        }

        if (!onlySame && keys.Beginning is { } beginning && found.Count < Most)
        {
            // Folded names have no punctuation, so nothing in them is a wildcard.
            await LookAsync(all.Where(p => EF.Functions.Like(p.CoreName, beginning + "%")));
        }

        var candidates = new List<(SimilarPerson Shown, int Weight)>();
        foreach (var one in found.Values)
        {
            // Who was merged is shown as the one that stayed.
            var shown = await StayedAsync(db, one, cancellation);
            candidates.Add(
                (
                    new(
                        shown.Id,
                        shown.Name,
                        shown.RoleTitle,
                        shown.Department,
                        shown.StaffNumber,
                        keys.InCommonWith(one.Keys)
                    ),
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

    private static async Task<Person> StayedAsync(ProjectsDb db, Person person, CancellationToken cancellation)
    {
        while (
            person.MergedInto is { } into
            && await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == into, cancellation) is { } next
        )
        {
            person = next;
        }

        return person;
    }
}
