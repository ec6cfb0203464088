using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Projects;

/// <summary>Walks records that follow the registry, a page at a time.</summary>
internal static class EachRecord
{
    private const int Page = 200;

    /// <returns>The records that were taken.</returns>
    public static async Task<IReadOnlyList<Guid>> EachAsync<T>(
        this IDocumentStore store,
        DocumentQuery<T> which,
        Func<Guid, bool> takes,
        Action<T> change,
        CancellationToken cancellation
    )
        where T : Aggregate
    {
        var (taken, after) = (new List<Guid>(), Guid.Empty);
        while (true)
        {
            var ids = await store.ListIdsAsync(which, after, Page, cancellation);
            foreach (var id in ids.Where(takes))
            {
                if (await store.FindAsync(which.Where(r => r.Id, id), cancellation) is { } record)
                {
                    change(record);
                    taken.Add(id);
                }
            }

            if (ids.Count < Page)
            {
                return taken;
            }

            after = ids[^1];
        }
    }

    /// <summary>The system, by the policy under which the record stands.</summary>
    public static CommandContext OfRecord(this CommandContexts contexts, Aggregate record) =>
        record is IUnderPolicy under ? contexts.ForSystem("surveys", under) : contexts.ForSystem("surveys");
}
