using System.Text.Json.Nodes;
using CustomerService.Contracts;
using CustomerService.Messaging;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Webhooks.Domain;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Webhooks.Consumers;

/// <summary>Puts an event down for each webhook that wants it; one class for all events.</summary>
internal sealed class QueueDeliveries<TEvent>(ReportingDb db, TimeProvider time) : IConsumer<TEvent>
    where TEvent : class, IIntegrationEvent
{
    public async Task Consume(ConsumeContext<TEvent> context)
    {
        var name = EventNames.Of(typeof(TEvent));
        var webhooks = await db
            .Webhooks.AsNoTracking()
            .Where(webhook => webhook.State != WebhookState.Removed)
            .ToListAsync(context.CancellationToken);
        var wanting = webhooks.Where(webhook => webhook.Wants(name)).ToList();
        if (wanting.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        var (id, occurredAt) = context.EventIdentity();
        var body = CloudEvent(context.Message, name, id, occurredAt ?? now);
        db.AddRange(
            wanting.Select(webhook => new WebhookDelivery
            {
                Id = Guid.CreateVersion7(now),
                WebhookId = webhook.Id,
                EventId = id,
                EventName = name,
                Body = body,
                At = now,
                NextAt = now,
            })
        );
    }

    private static string CloudEvent(TEvent e, string name, Guid id, DateTimeOffset occurredAt) =>
        new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = id.ToString("D"),
            ["source"] = $"/customer-service/{name.Split('.')[0]}",
            ["type"] = name,
            ["subject"] = e.SubjectId.ToString("D"),
            ["time"] = occurredAt.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["datacontenttype"] = "application/json",
            ["data"] = JsonNode.Parse(EventJson.Serialize(e)),
        }.ToJsonString(EventJson.Options);
}

internal static class Deliveries
{
    /// <summary>Subscribes the webhooks to every event that there is, in one queue.</summary>
    public static MessagingBuilder QueueForWebhooks(this MessagingBuilder bus) =>
        bus.ConsumeTogether(
            "Webhooks",
            [
                .. typeof(IIntegrationEvent)
                    .Assembly.GetTypes()
                    .Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IIntegrationEvent)))
                    .OrderBy(type => type.FullName, StringComparer.Ordinal)
                    .Select(type => typeof(QueueDeliveries<>).MakeGenericType(type)),
            ]
        );
}
