using System.Data;
using System.Diagnostics.CodeAnalysis;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace CustomerService.Messaging;

/// <summary>
/// Records messages whose consumer changed nothing. There is nothing else that would have to be in
/// the same transaction, so those that come while the last ones are being committed share the next
/// commit: many consumers look at events only to pass them over.
/// </summary>
[SuppressMessage(
    "Security",
    "CA2100",
    Justification = "The text is built once from the table name of the model; no input reaches it."
)]
internal sealed class InboxBatch<TDbContext> : IInboxBatch
    where TDbContext : DbContext
{
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _time;
    private readonly BatchLoader<InboxKey, InboxOutcome> _entries;

    public InboxBatch(IServiceScopeFactory scopes, TimeProvider time)
    {
        (_scopes, _time) = (scopes, time);
        // One at a time: with a full queue the batches are twice as large, and that is worth more
        // than the overlap.
        _entries = new BatchLoader<InboxKey, InboxOutcome>(RecordAsync, atOnce: 1);
    }

    public Task<InboxOutcome> RecordAsync(InboxKey key) => _entries.LoadAsync(key);

    private async Task<IReadOnlyList<InboxOutcome>> RecordAsync(IReadOnlyList<InboxKey> keys)
    {
        var recorded = await InsertAsync(keys);
        // The same message twice in one batch: the second one finds its key taken.
        return [.. keys.Select(key => recorded.Remove(key) ? InboxOutcome.Consumed : InboxOutcome.Duplicate)];
    }

    private async Task<HashSet<InboxKey>> InsertAsync(IReadOnlyList<InboxKey> keys)
    {
        var scope = _scopes.CreateAsyncScope();
        await using (scope)
        {
            var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
            var connection = (NpgsqlConnection)context.Database.GetDbConnection();
            await context.Database.OpenConnectionAsync();
            await using var insert = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new NpgsqlBatchCommand("BEGIN"),
                    // The consumers had no effect that a crash of the server could separate from
                    // its entry. Should one of these entries be lost and its message come again, it
                    // may have its first effect then, never a second; so no commit waits for the disk.
                    new NpgsqlBatchCommand("SET LOCAL synchronous_commit TO off"),
                    new NpgsqlBatchCommand(
                        $"INSERT INTO {context.Model.Table(MessagingModel.InboxTable)} "
                            + "(message_id, consumer, consumed_at) "
                            + "SELECT i.message_id, i.consumer, $3 FROM unnest($1, $2) AS i(message_id, consumer) "
                            +
                            // Always in the same order, or two replicas with the same messages
                            // could wait for each other.
                            "ORDER BY i.message_id, i.consumer ON CONFLICT DO NOTHING RETURNING message_id, consumer"
                    )
                    {
                        Parameters =
                        {
                            new NpgsqlParameter<Guid[]>
                            {
                                TypedValue = [.. keys.Select(key => key.MessageId)],
                                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
                            },
                            new NpgsqlParameter<string[]>
                            {
                                TypedValue = [.. keys.Select(key => key.Consumer)],
                                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
                            },
                            new NpgsqlParameter<DateTimeOffset> { TypedValue = _time.GetUtcNow() },
                        },
                    },
                    new NpgsqlBatchCommand("COMMIT"),
                },
            };
            await insert.PrepareUnlessPooledAsync(CancellationToken.None);
            var recorded = new HashSet<InboxKey>(keys.Count);
            await using var reader = await insert.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                recorded.Add(new InboxKey(reader.GetGuid(0), reader.GetString(1)));
            }

            return recorded;
        }
    }
}
