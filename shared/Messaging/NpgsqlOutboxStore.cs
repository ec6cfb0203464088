using System.Data;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace CustomerService.Messaging;

/// <summary>The outbox of a service on PostgreSQL: lanes are locked by <c>FOR UPDATE SKIP LOCKED</c> for as long as a batch takes.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The texts are built once from the table names of the model; no input reaches them.")]
internal sealed class NpgsqlOutboxStore<TDbContext>(IServiceScopeFactory scopes) : IOutboxStore
    where TDbContext : DbContext
{
    private Sql? _sql;

    public async Task<IOutboxClaim> ClaimAsync(IReadOnlyList<short> lanes, int perLane, CancellationToken cancellationToken)
    {
        var session = await OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var transaction = await session.Connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
            session.Transaction = transaction;

            var held = new List<short>(lanes.Count);
            await using (var claim = new NpgsqlCommand(session.Sql.Claim, session.Connection, transaction))
            {
                claim.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. lanes], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
                await using var reader = await claim.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    held.Add(reader.GetInt16(0));
                }
            }

            // A statement of its own: its snapshot must be younger than the lock, or it would see rows that the last holder has
            // published and deleted in between.
            var messages = new List<OutboxRecord>();
            if (held.Count > 0)
            {
                await using var read = new NpgsqlCommand(session.Sql.Read, session.Connection, transaction);
                read.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. held], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
                read.Parameters.Add(new NpgsqlParameter<int> { TypedValue = perLane });
                await using var reader = await read.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    messages.Add(new OutboxRecord(
                        reader.GetInt16(0),
                        reader.GetInt64(1),
                        reader.GetGuid(2),
                        reader.GetString(3),
                        reader.GetGuid(4),
                        reader.GetFieldValue<byte[]>(5),
                        reader.IsDBNull(6) ? null : reader.GetString(6),
                        reader.GetFieldValue<DateTimeOffset>(7)));
                }
            }

            return new Claim(session, held, messages);
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<IReadOnlyList<short>> WaitingLanesAsync(CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(session.Sql.Waiting, session.Connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var lanes = new List<short>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            lanes.Add(reader.GetInt16(0));
        }

        return lanes;
    }

    public async Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(session.Sql.Measure, session.Connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new OutboxBacklog(
            reader.GetInt64(0),
            await reader.IsDBNullAsync(1, cancellationToken).ConfigureAwait(false) ? null : reader.GetFieldValue<DateTimeOffset>(1));
    }

    private async Task<Session> OpenAsync(CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
            var sql = _sql ??= new Sql(context.Model.Table(MessagingModel.OutboxTable), context.Model.Table(MessagingModel.LaneTable));
            if (context.Database.GetDbConnection() is not NpgsqlConnection connection)
            {
                throw new InvalidOperationException($"{typeof(TDbContext).Name} is not on PostgreSQL; its outbox needs another IOutboxStore.");
            }

            if (connection.State != ConnectionState.Open)
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            }

            return new Session(scope, connection, sql);
        }
        catch
        {
            await scope.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private sealed class Session(AsyncServiceScope scope, NpgsqlConnection connection, Sql sql) : IAsyncDisposable
    {
        public NpgsqlConnection Connection { get; } = connection;

        public Sql Sql { get; } = sql;

        public NpgsqlTransaction? Transaction { get; set; }

        public async ValueTask DisposeAsync()
        {
            if (Transaction is not null)
            {
                await Transaction.DisposeAsync().ConfigureAwait(false);
            }

            await Connection.CloseAsync().ConfigureAwait(false);
            await scope.DisposeAsync().ConfigureAwait(false);
        }
    }

    private sealed class Claim(Session session, IReadOnlyList<short> lanes, IReadOnlyList<OutboxRecord> messages) : IOutboxClaim
    {
        public IReadOnlyList<short> Lanes => lanes;

        public IReadOnlyList<OutboxRecord> Messages => messages;

        public async Task CompleteAsync(IReadOnlyDictionary<short, long> through, CancellationToken cancellationToken)
        {
            if (through.Count > 0)
            {
                // By position and not by range: a transaction that took a lower position may have committed after our read.
                var deleted = messages.Where(m => through.TryGetValue(m.Lane, out var last) && m.Position <= last).ToList();
                await using var delete = new NpgsqlCommand(session.Sql.Delete, session.Connection, session.Transaction);
                delete.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. deleted.Select(m => m.Lane)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
                delete.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. deleted.Select(m => m.Position)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
                await delete.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            await session.Transaction!.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }

    private sealed class Sql(string outbox, string lanes)
    {
        public string Claim { get; } = $"SELECT lane FROM {lanes} WHERE lane = ANY($1) ORDER BY lane FOR UPDATE SKIP LOCKED";

        // One index scan for each lane; a plain ORDER BY over several lanes would sort the whole backlog for every batch.
        public string Read { get; } =
            "SELECT m.lane, m.position, m.id, m.event_name, m.subject_id, m.body, m.trace_parent, m.occurred_at " +
            $"FROM unnest($1) AS l(lane) CROSS JOIN LATERAL (SELECT * FROM {outbox} o WHERE o.lane = l.lane ORDER BY o.position LIMIT $2) m";

        public string Delete { get; } =
            $"DELETE FROM {outbox} o USING unnest($1, $2) AS d(lane, position) WHERE o.lane = d.lane AND o.position = d.position";

        public string Waiting { get; } =
            $"SELECT l.lane FROM {lanes} l WHERE EXISTS (SELECT 1 FROM {outbox} o WHERE o.lane = l.lane)";

        public string Measure { get; } = $"SELECT count(*), min(occurred_at) FROM {outbox}";
    }
}
