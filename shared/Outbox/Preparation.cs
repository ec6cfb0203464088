using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;

namespace CustomerService.Messaging;

/// <summary>Statements that are prepared once for each connection of the pool.</summary>
internal static class Preparation
{
    private static readonly ConcurrentDictionary<string, bool> Kept = new(StringComparer.Ordinal);

    /// <summary>
    /// Prepares the batch, unless the connection string says <c>Max Auto Prepare=0</c>: behind a
    /// pooler that hands out a session for a transaction only, what was prepared is not there in
    /// the next one.
    /// </summary>
    public static Task PrepareUnlessPooledAsync(this NpgsqlBatch batch, CancellationToken cancellationToken) =>
        Kept.GetOrAdd(batch.Connection!.ConnectionString, IsKept)
            ? batch.PrepareAsync(cancellationToken)
            : Task.CompletedTask;

    private static bool IsKept(string connection)
    {
        // The general reader tells what was said from what is the default.
        var said = new DbConnectionStringBuilder { ConnectionString = connection };
        return new NpgsqlConnectionStringBuilder(connection).MaxAutoPrepare > 0
            || !(said.ContainsKey("Max Auto Prepare") || said.ContainsKey("MaxAutoPrepare"));
    }
}
