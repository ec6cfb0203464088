using System.Data;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace CustomerService.Messaging;

/// <summary>
/// Records messages whose consumer changed nothing. There is nothing else that would have to be in the same transaction, so those
/// that come while the last ones are being committed share the next commit: many consumers look at events only to pass them over.
/// </summary>
[SuppressMessage("Security", "CA2100", Justification = "The text is built once from the table name of the model; no input reaches it.")]
internal sealed class InboxBatch<TDbContext>(IServiceScopeFactory scopes, TimeProvider time) : IInboxBatch
    where TDbContext : DbContext
{
    private const int Most = 512;

    // One commits while the next gathers; more would only make the batches smaller.
    private const int Commits = 2;

    private readonly Lock _gate = new();
    private List<Pending> _waiting = [];
    private int _running;

    public Task<InboxOutcome> RecordAsync(InboxKey key)
    {
        var pending = new Pending(key);
        lock (_gate)
        {
            _waiting.Add(pending);
            if (_running < Commits)
            {
                _running++;
                _ = Task.Run(RunAsync);
            }
        }

        return pending.Outcome.Task;
    }

    private async Task RunAsync()
    {
        while (true)
        {
            List<Pending> batch;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _running--;
                    return;
                }

                batch = _waiting.Count <= Most ? _waiting : _waiting[..Most];
                _waiting = _waiting.Count <= Most ? [] : _waiting[Most..];
            }

            try
            {
                var recorded = await InsertAsync(batch).ConfigureAwait(false);
                foreach (var pending in batch)
                {
                    // The same message twice in one batch: the second one finds its key taken.
                    pending.Outcome.SetResult(recorded.Remove(pending.Key) ? InboxOutcome.Consumed : InboxOutcome.Duplicate);
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                foreach (var pending in batch)
                {
                    pending.Outcome.TrySetException(e);
                }
            }
        }
    }

    private async Task<HashSet<InboxKey>> InsertAsync(List<Pending> batch)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
            var connection = (NpgsqlConnection)context.Database.GetDbConnection();
            await context.Database.OpenConnectionAsync().ConfigureAwait(false);
            await using var insert = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new NpgsqlBatchCommand("BEGIN"),
                    // The consumers had no effect that a crash of the server could separate from its entry. Should one of these entries
                    // be lost and its message come again, it may have its first effect then, never a second; so nobody waits for the disk.
                    new NpgsqlBatchCommand("SET LOCAL synchronous_commit TO off"),
                    new NpgsqlBatchCommand(
                        $"INSERT INTO {context.Model.Table(MessagingModel.InboxTable)} (message_id, consumer, consumed_at) " +
                        "SELECT i.message_id, i.consumer, $3 FROM unnest($1, $2) AS i(message_id, consumer) " +
                        // Always in the same order, or two replicas with the same messages could wait for each other.
                        "ORDER BY i.message_id, i.consumer ON CONFLICT DO NOTHING RETURNING message_id, consumer")
                    {
                        Parameters =
                        {
                            new NpgsqlParameter<Guid[]> { TypedValue = [.. batch.Select(p => p.Key.MessageId)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                            new NpgsqlParameter<string[]> { TypedValue = [.. batch.Select(p => p.Key.Consumer)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                            new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() },
                        },
                    },
                    new NpgsqlBatchCommand("COMMIT"),
                },
            };
            await insert.PrepareAsync().ConfigureAwait(false);
            var recorded = new HashSet<InboxKey>(batch.Count);
            await using var reader = await insert.ExecuteReaderAsync().ConfigureAwait(false);
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                recorded.Add(new InboxKey(reader.GetGuid(0), reader.GetString(1)));
            }

            return recorded;
        }
    }

    private sealed class Pending(InboxKey key)
    {
        public InboxKey Key { get; } = key;

        public TaskCompletionSource<InboxOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
