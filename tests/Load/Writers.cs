using System.Diagnostics;
using CustomerService.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CustomerService.Load;

/// <summary>How many commits a second 32 writers make: an aggregate with its event, against two bare INSERTs in
/// a transaction.</summary>
internal static class Writers
{
    private const int Concurrency = 32;
    private const int Commits = 3_000;
    private const int Rounds = 7;

    // Until both sides run compiled code: EF Core has much more of it than Npgsql alone.
    private const int WarmUps = 10;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place)
    {
        var database = await place.NewDatabaseAsync("load_writers");
        // No relay: the host is built, not started.
        using var host = Place.Service(database, new Uri("amqp://127.0.0.1:1/"));
        await using var source = NpgsqlDataSource.Create(database);

        var rounds = new List<(double, double)>();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            await Place.ExecuteAsync(database, "TRUNCATE tickets, outbox_messages");
            var baseline = await TimeAsync(() => BareAsync(source));
            var ours = await TimeAsync(() => SaveAsync(host.Services));
            Console.WriteLine(
                FormattableString.Invariant(
                    $"writers   round {round}: bare {baseline:0}/s, ours {ours:0}/s, ratio {ours / baseline:0.00}{(round < 0 ? " (warm-up)" : "")}"
                )
            );
            if (round >= 0)
            {
                rounds.Add((baseline, ours));
            }
        }

        return
        [
            Row.Of(
                "writers: row + event in one commit, 32 concurrent",
                "commits/s",
                rounds,
                0.7,
                false,
                "Npgsql alone: BEGIN, INSERT ticket, INSERT outbox row, COMMIT, prepared, the same tables"
            ),
        ];
    }

    private static async Task<double> TimeAsync(Func<Task> commit)
    {
        var left = Commits;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, Concurrency)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (Interlocked.Decrement(ref left) >= 0)
                        {
                            await commit();
                        }
                    })
                )
        );
        return Commits / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task SaveAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<LoadContext>();
        var ticket = new Ticket(Guid.CreateVersion7());
        ticket.Open();
        context.Add(ticket);
        await context.SaveChangesAsync();
    }

    private static async Task BareAsync(NpgsqlDataSource source)
    {
        var id = Guid.CreateVersion7();
        var opened = Ticket.Event(id);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (
            var ticket = new NpgsqlCommand(
                "INSERT INTO tickets (id, number, owner_id, project_name, version, audit_head, audit_sequence) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                connection,
                transaction
            )
        )
        {
            ticket.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            ticket.Parameters.Add(new NpgsqlParameter<string> { TypedValue = opened.Number });
            ticket.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = opened.OwnerId });
            ticket.Parameters.Add(new NpgsqlParameter<string> { TypedValue = opened.ProjectName });
            ticket.Parameters.Add(new NpgsqlParameter<long> { TypedValue = 1 });
            ticket.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Rules.AuditEntry.Genesis });
            ticket.Parameters.Add(new NpgsqlParameter<long> { TypedValue = 0 });
            await ticket.ExecuteNonQueryAsync();
        }

        await using (
            var outbox = new NpgsqlCommand(
                "INSERT INTO outbox_messages (partition, id, event_name, subject_id, body, occurred_at) VALUES ($1, $2, $3, $4, $5, $6)",
                connection,
                transaction
            )
        )
        {
            outbox.Parameters.Add(new NpgsqlParameter<short> { TypedValue = OutboxPartition.Of(id) });
            outbox.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() });
            outbox.Parameters.Add(new NpgsqlParameter<string> { TypedValue = EventNames.Of(typeof(TicketOpened)) });
            outbox.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            outbox.Parameters.Add(new NpgsqlParameter<string> { TypedValue = EventJson.Serialize(opened) });
            outbox.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = DateTimeOffset.UtcNow });
            await outbox.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }
}
