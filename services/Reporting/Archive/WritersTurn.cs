using CustomerService.Contracts;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Webhooks;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace CustomerService.Reporting.Archive;

/// <summary>
/// The turn of who keeps events, until its commit: it shares the lock of writers, which erasing and a rebuild hold alone,
/// and knows what must be known under it. All by one trip to the database, because each makes everybody's figures later.
/// </summary>
/// <param name="Erased">Those of the events' subjects that were erased: events may come after it, because they have a
/// queue of their own.</param>
/// <param name="Webhooks">All that were not removed.</param>
internal sealed record WritersTurn(IReadOnlySet<Guid> Erased, IReadOnlyList<ListeningWebhook> Webhooks)
{
    // Each statement sees what was committed when it begins: the later ones what the lock waited for.
    private const string Lock = "SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))";
    private const string ErasedOf = "SELECT id FROM erased_subjects WHERE id = ANY ($1)";
    private const string Listening =
        "SELECT id, state, ARRAY(SELECT jsonb_array_elements_text(patterns)) FROM webhooks WHERE state <> $1";

    // Figures show it before the disk has it; the inbox waits for the disk (IBatchConsumer.IsSeenFirst).
    private const string SeenFirst = "SET LOCAL synchronous_commit TO off";

    public static async Task<WritersTurn> TakeAsync(
        ReportingDb db,
        IEnumerable<IIntegrationEvent> events,
        bool isSeenFirst,
        CancellationToken cancellation
    )
    {
        await db.InTransactionAsync(cancellation);
        await using var batch = new NpgsqlBatch(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction()
        )
        {
            BatchCommands =
            {
                With(Lock, new NpgsqlParameter<string> { TypedValue = Projections.Writers }),
                With(
                    ErasedOf,
                    new NpgsqlParameter<Guid[]>
                    {
                        TypedValue = [.. events.SelectMany(Projections.SubjectsOf).Distinct()],
                        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
                    }
                ),
                With(Listening, new NpgsqlParameter<string> { TypedValue = nameof(WebhookState.Removed) }),
            },
        };
        if (isSeenFirst)
        {
            // It has no rows, and so no place among the results.
            batch.BatchCommands.Add(new(SeenFirst));
        }

        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        await rows.NextResultAsync(cancellation);
        var erased = new HashSet<Guid>();
        while (await rows.ReadAsync(cancellation))
        {
            erased.Add(rows.GetGuid(0));
        }

        await rows.NextResultAsync(cancellation);
        var webhooks = new List<ListeningWebhook>();
        while (await rows.ReadAsync(cancellation))
        {
            webhooks.Add(
                new(rows.GetGuid(0), Enum.Parse<WebhookState>(rows.GetString(1)), rows.GetFieldValue<string[]>(2))
            );
        }

        return new(erased, webhooks);
    }

    private static NpgsqlBatchCommand With(string text, NpgsqlParameter parameter) =>
        new(text) { Parameters = { parameter } };
}
