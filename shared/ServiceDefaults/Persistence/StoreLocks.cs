using Microsoft.EntityFrameworkCore;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Locks that a handler or a consumer holds until everything it does is committed. Each begins the
/// transaction when there is none; the command pipeline and the inbox commit it.
/// </summary>
public static class StoreLocks
{
    /// <summary>Lets only one at a time act on a name, across replicas. What is looked up after this is what
    /// the others have committed.</summary>
    /// <param name="store">The service's store.</param>
    /// <param name="name">For example <c>complaint/…</c>; any two callers with the same name wait for each
    /// other.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task LockAsync(this DbContext store, string name, CancellationToken cancellationToken)
    {
        await store.InTransactionAsync(cancellationToken);
        await store.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({name}, 0))",
            cancellationToken
        );
    }

    /// <summary>The same for those who may hold it together: they wait only for who holds it alone.</summary>
    public static async Task LockSharedAsync(this DbContext store, string name, CancellationToken cancellationToken)
    {
        await store.InTransactionAsync(cancellationToken);
        await store.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock_shared(hashtextextended({name}, 0))",
            cancellationToken
        );
    }

    /// <summary>Begins the transaction when there is none yet.</summary>
    public static async Task InTransactionAsync(this DbContext store, CancellationToken cancellationToken)
    {
        if (store.Database.CurrentTransaction is null)
        {
            await store.Database.BeginTransactionAsync(cancellationToken);
        }
    }
}
