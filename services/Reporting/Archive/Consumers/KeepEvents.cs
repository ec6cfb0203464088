using CustomerService.Contracts;
using CustomerService.Messaging;
using CustomerService.Reporting.Archive.Domain;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Webhooks;
using MassTransit;

namespace CustomerService.Reporting.Archive.Consumers;

/// <summary>Keeps an event in the archive and puts it down for each webhook that wants it; one class for all
/// events.</summary>
internal sealed class KeepEvents<TEvent>(ReportingDb db, TimeProvider time) : IConsumer<TEvent>
    where TEvent : class, IIntegrationEvent
{
    public async Task Consume(ConsumeContext<TEvent> context)
    {
        var (id, occurredAt) = context.EventIdentity();
        var received = new ReceivedEvent(id, occurredAt, context.Message);
        await db.KeepAsync([received], time.GetUtcNow(), context.CancellationToken);
    }
}

/// <summary>Keeps many events at once: one look for webhooks, one commit.</summary>
internal sealed class KeepEventBatch(ReportingDb db, TimeProvider time) : IBatchConsumer
{
    public Task ConsumeAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken) =>
        db.KeepAsync(events, time.GetUtcNow(), cancellationToken);
}

internal static class KeptEvents
{
    public static async Task KeepAsync(
        this ReportingDb db,
        IReadOnlyList<ReceivedEvent> events,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var kept = events
            .Select(received => new ArchivedEvent
            {
                MessageId = received.Id,
                Name = EventNames.Of(received.Event.GetType()),
                SubjectId = received.Event.SubjectId,
                Body = EventJson.Serialize(received.Event),
                OccurredAt = received.OccurredAt ?? now,
                ArchivedAt = now,
            })
            .ToList();
        db.AddRange(kept);
        await WebhookQueue.AddAsync(db, kept, cancellation);
    }
}
