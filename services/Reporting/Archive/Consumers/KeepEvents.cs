using CustomerService.Contracts;
using CustomerService.Contracts.Retention;
using CustomerService.Contracts.Work;
using CustomerService.Messaging;
using CustomerService.Reporting.Archive.Domain;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Retention;
using CustomerService.Reporting.Retention.Consumers;
using CustomerService.Reporting.Retention.Domain;
using CustomerService.Reporting.Webhooks;
using MassTransit;

namespace CustomerService.Reporting.Archive.Consumers;

/// <summary>Keeps an event in the archive, applies it to the facts and puts it down for each webhook that wants it, in
/// one commit; one class for all events.</summary>
internal sealed class KeepEvents<TEvent>(ReportingDb db, TimeProvider time) : IConsumer<TEvent>
    where TEvent : class, IIntegrationEvent
{
    public async Task Consume(ConsumeContext<TEvent> context)
    {
        var (id, occurredAt) = context.EventIdentity();
        var received = new ReceivedEvent(id, occurredAt, context.Message);
        var turn = await WritersTurn.TakeAsync(db, [context.Message], isSeenFirst: false, context.CancellationToken);
        await db.ApplyAloneAsync(context.Message, context.CancellationToken);
        await db.KeepAsync([received], turn, time.GetUtcNow(), context.CancellationToken);
    }
}

/// <summary>The same for many events at once: one look for webhooks, one read of the facts of each kind.</summary>
internal sealed class KeepEventBatch(ReportingDb db, TimeProvider time) : IBatchConsumer
{
    public bool IsSeenFirst => true;

    public async Task ConsumeAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken)
    {
        var told = events.Select(received => received.Event).ToList();
        var turn = await WritersTurn.TakeAsync(db, told, IsSeenFirst, cancellationToken);
        await db.ApplyAsync(told, cancellationToken);
        await db.KeepAsync(events, turn, time.GetUtcNow(), cancellationToken);
    }
}

internal static class KeptEvents
{
    public static async Task KeepAsync(
        this ReportingDb db,
        IReadOnlyList<ReceivedEvent> events,
        WritersTurn turn,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        // What was erased before this came stays without what is personal, here, in the facts and in what is sent.
        var kept = events
            .Select(received => new ArchivedEvent
            {
                MessageId = received.Id,
                Name = EventNames.Of(received.Event.GetType()),
                SubjectId = received.Event.SubjectId,
                Body = BodyOf(received.Event, turn.Erased),
                OccurredAt = received.OccurredAt ?? now,
                ArchivedAt = now,
            })
            .ToList();
        if (turn.Erased.Count > 0)
        {
            await DropPersonalData.DropFactsAsync(db, [.. turn.Erased], cancellation);
        }

        // Webhooks get it whole.
        WebhookQueue.Add(db, kept, turn.Webhooks);
        foreach (var (row, received) in kept.Zip(events))
        {
            if (received.Event is IWorkChangedEvent)
            {
                // It tells of many records, and none of them is its subject by which it would be found once that is erased.
                row.Body = PersonalText.Drop(row.Body);
            }
        }

        db.AddRange(kept);
    }

    private static string BodyOf(IIntegrationEvent e, IReadOnlySet<Guid> erased)
    {
        var body = EventJson.Serialize(e);
        // The register names records that were erased.
        return e is not (IRecordErasedEvent or IRecordKeptEvent) && Projections.SubjectsOf(e).Any(erased.Contains)
            ? PersonalText.Drop(body)
            : body;
    }
}
