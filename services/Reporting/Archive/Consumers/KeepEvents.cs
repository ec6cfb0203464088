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
        var now = time.GetUtcNow();
        var (id, occurredAt) = context.EventIdentity();
        var kept = new ArchivedEvent
        {
            MessageId = id,
            Name = EventNames.Of(typeof(TEvent)),
            SubjectId = context.Message.SubjectId,
            Body = EventJson.Serialize(context.Message),
            OccurredAt = occurredAt ?? now,
            ArchivedAt = now,
        };
        db.Add(kept);
        await WebhookQueue.AddAsync(db, kept, context.CancellationToken);
    }
}
