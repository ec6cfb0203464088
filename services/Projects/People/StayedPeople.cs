using CustomerService.Projects.Data;
using CustomerService.Projects.People.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.People;

/// <summary>People as new records name them: for a record that was merged, the one that stayed (S4).</summary>
internal static class StayedPeople
{
    /// <summary>By the identities that were asked for; those that are not known are left out.</summary>
    public static async Task<Dictionary<Guid, Person>> StayedPeopleAsync(
        this ProjectsDb db,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellation
    )
    {
        var known = new Dictionary<Guid, Person>();
        for (IReadOnlyCollection<Guid> next = ids; next.Count > 0; )
        {
            foreach (var one in await db.People.Where(p => next.Contains(p.Id)).ToListAsync(cancellation))
            {
                known[one.Id] = one;
            }

            next = [.. known.Values.Select(p => p.MergedInto).OfType<Guid>().Where(id => !known.ContainsKey(id))];
        }

        Person Stayed(Person one) =>
            one.MergedInto is { } into && known.TryGetValue(into, out var next) ? Stayed(next) : one;
        return ids.Where(known.ContainsKey).Distinct().ToDictionary(id => id, id => Stayed(known[id]));
    }
}
