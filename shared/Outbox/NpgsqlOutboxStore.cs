using System.Data;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace CustomerService.Messaging;

/// <summary>
/// The outbox of a service on PostgreSQL: partitions are locked by <c>FOR UPDATE SKIP LOCKED</c>
/// for as long as a round takes. A round is one transaction and two trips to the server.
/// </summary>
[SuppressMessage(
    "Security",
    "CA2100",
    Justification = "The texts are built once from the table names of the model; no input reaches them."
)]
internal sealed class NpgsqlOutboxStore<TDbContext>(IServiceScopeFactory scopes) : IOutboxStore
    where TDbContext : DbContext
{
    private Sql? _sql;

    public async Task<IOutboxClaim> ClaimAsync(
        IReadOnlyList<short> partitions,
        int perPartition,
        CancellationToken cancellationToken
    )
    {
        var session = await OpenAsync(cancellationToken);
        try
        {
            var asked = new NpgsqlParameter<short[]>
            {
                TypedValue = [.. partitions],
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint,
            };
            await using var batch = new NpgsqlBatch(session.Connection)
            {
                BatchCommands =
                {
                    new NpgsqlBatchCommand("BEGIN"),
                    // Should the server crash before it has written the deletion to disk, the
                    // messages are published again, which the inboxes see. So this transaction need
                    // not wait for the disk, and the writers have it for themselves.
                    new NpgsqlBatchCommand("SET LOCAL synchronous_commit TO off"),
                    new NpgsqlBatchCommand(session.Sql.Lock) { Parameters = { asked } },
                    // A statement of its own: its snapshot must be younger than the lock, or it
                    // would see rows that the last holder has published and deleted in between. It
                    // reads all partitions, those that were not free are left out below.
                    new NpgsqlBatchCommand(session.Sql.Read)
                    {
                        Parameters =
                        {
                            asked.Clone(),
                            new NpgsqlParameter<int> { TypedValue = perPartition },
                        },
                    },
                },
            };

            // Once for each connection of the pool; afterwards it costs nothing.
            await batch.PrepareUnlessPooledAsync(cancellationToken);
            var held = new List<short>(partitions.Count);
            var messages = new List<OutboxRecord>();
            var places = new List<string>();
            await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
            {
                // The results of BEGIN and SET have no rows and are passed over.
                while (await reader.ReadAsync(cancellationToken))
                {
                    held.Add(reader.GetInt16(0));
                }

                await reader.NextResultAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    var partition = reader.GetInt16(0);
                    if (!held.Contains(partition))
                    {
                        continue;
                    }

                    messages.Add(
                        new OutboxRecord(
                            partition,
                            reader.GetInt64(1),
                            reader.GetGuid(2),
                            reader.GetString(3),
                            reader.GetGuid(4),
                            reader.GetFieldValue<byte[]>(5),
                            reader.IsDBNull(6) ? null : reader.GetString(6),
                            reader.GetFieldValue<DateTimeOffset>(7)
                        )
                    );
                    places.Add(reader.GetString(8));
                }
            }

            return new Claim(session, held, messages, places);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<short>> WaitingPartitionsAsync(CancellationToken cancellationToken)
    {
        var session = await OpenAsync(cancellationToken);
        await using (session)
        {
            await using var command = new NpgsqlCommand(session.Sql.Waiting, session.Connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var partitions = new List<short>();
            while (await reader.ReadAsync(cancellationToken))
            {
                partitions.Add(reader.GetInt16(0));
            }

            return partitions;
        }
    }

    public async Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken)
    {
        var session = await OpenAsync(cancellationToken);
        await using (session)
        {
            await using var command = new NpgsqlCommand(session.Sql.Measure, session.Connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return new OutboxBacklog(
                reader.GetInt64(0),
                reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1)
            );
        }
    }

    private async Task<Session> OpenAsync(CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
            var sql = _sql ??= new Sql(
                context.Model.Table(MessagingModel.OutboxTable),
                context.Model.Table(MessagingModel.PartitionTable)
            );
            if (context.Database.GetDbConnection() is not NpgsqlConnection connection)
            {
                throw new InvalidOperationException(
                    $"{typeof(TDbContext).Name} is not on PostgreSQL; its outbox needs another IOutboxStore."
                );
            }

            if (connection.State != ConnectionState.Open)
            {
                await connection.OpenAsync(cancellationToken);
            }

            return new Session(scope, connection, sql);
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }
    }

    private sealed class Session(AsyncServiceScope scope, NpgsqlConnection connection, Sql sql) : IAsyncDisposable
    {
        public NpgsqlConnection Connection { get; } = connection;

        public Sql Sql { get; } = sql;

        public async ValueTask DisposeAsync()
        {
            // Going back to the pool rolls back what was not committed, and so lets go of the
            // partitions.
            await Connection.CloseAsync();
            await scope.DisposeAsync();
        }
    }

    private sealed class Claim(
        Session session,
        IReadOnlyList<short> partitions,
        IReadOnlyList<OutboxRecord> messages,
        List<string> places
    ) : IOutboxClaim
    {
        public IReadOnlyList<short> Partitions => partitions;

        public IReadOnlyList<OutboxRecord> Messages => messages;

        public async Task CompleteAsync(IReadOnlyDictionary<short, long> through, CancellationToken cancellationToken)
        {
            // The very rows that were read, not "all up to a position": a transaction that took a
            // lower position may have committed since. Rows are never updated and their partitions
            // are locked, so their places hold.
            var done = new List<string>(places.Count);
            for (var i = 0; i < messages.Count; i++)
            {
                if (through.TryGetValue(messages[i].Partition, out var last) && messages[i].Position <= last)
                {
                    done.Add(places[i]);
                }
            }

            await using var batch = new NpgsqlBatch(session.Connection)
            {
                BatchCommands =
                {
                    new NpgsqlBatchCommand(session.Sql.Delete)
                    {
                        Parameters =
                        {
                            new NpgsqlParameter<string[]>
                            {
                                TypedValue = [.. done],
                                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
                            },
                        },
                    },
                    new NpgsqlBatchCommand("COMMIT"),
                },
            };
            await batch.PrepareUnlessPooledAsync(cancellationToken);
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }

    private sealed class Sql(string outbox, string partitions)
    {
        public string Lock { get; } =
            $"SELECT partition FROM {partitions} WHERE partition = ANY($1) ORDER BY partition FOR UPDATE SKIP LOCKED";

        // One index scan for each partition; a plain ORDER BY over several partitions would sort
        // the whole backlog for every round.
        public string Read { get; } =
            "SELECT m.partition, m.position, m.id, m.event_name, m.subject_id, m.body, m.trace_parent, "
            + "m.occurred_at, m.place "
            + "FROM unnest($1) AS l(partition) CROSS JOIN LATERAL "
            + $"(SELECT o.*, o.ctid::text AS place FROM {outbox} o WHERE o.partition = l.partition "
            + "ORDER BY o.position LIMIT $2) m";

        public string Delete { get; } = $"DELETE FROM {outbox} WHERE ctid = ANY($1::text[]::tid[])";

        public string Waiting { get; } =
            $"SELECT l.partition FROM {partitions} l "
            + $"WHERE EXISTS (SELECT 1 FROM {outbox} o WHERE o.partition = l.partition)";

        public string Measure { get; } = $"SELECT count(*), min(occurred_at) FROM {outbox}";
    }
}
