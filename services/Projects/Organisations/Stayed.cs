using CustomerService.Projects.Organisations.Domain;

namespace CustomerService.Projects.Organisations;

/// <summary>For records that were merged, those that stayed (S4).</summary>
internal static class Stayed
{
    /// <summary>By the identities that were asked for; those that are not known are left out. One read for each step of
    /// the longest chain.</summary>
    /// <param name="ids">Identities.</param>
    /// <param name="read">Reads the records of these identities.</param>
    public static async Task<Dictionary<Guid, T>> OfAsync<T>(
        IReadOnlyCollection<Guid> ids,
        Func<IReadOnlyCollection<Guid>, Task<List<T>>> read
    )
        where T : IMergeable
    {
        var known = new Dictionary<Guid, T>();
        for (IReadOnlyCollection<Guid> next = ids; next.Count > 0; )
        {
            foreach (var one in await read(next))
            {
                known[one.Id] = one;
            }

            next = [.. known.Values.Select(o => o.MergedInto).OfType<Guid>().Where(id => !known.ContainsKey(id))];
        }

        T Last(T one) => one.MergedInto is { } into && known.TryGetValue(into, out var next) ? Last(next) : one;
        return ids.Where(known.ContainsKey).Distinct().ToDictionary(id => id, id => Last(known[id]));
    }
}
