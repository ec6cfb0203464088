using System.Globalization;
using System.Text.Json.Nodes;
using CustomerService.Messaging;
using CustomerService.Reporting.Archive.Domain;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Webhooks.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Webhooks;

/// <summary>Puts an event down for each webhook that wants it.</summary>
internal static class WebhookQueue
{
    public static async Task AddAsync(ReportingDb db, ArchivedEvent kept, CancellationToken cancellation)
    {
        var webhooks = await db
            .Webhooks.AsNoTracking()
            .Where(webhook => webhook.State != WebhookState.Removed)
            .ToListAsync(cancellation);
        var wanting = webhooks.Where(webhook => webhook.Wants(kept.Name)).ToList();
        if (wanting.Count == 0)
        {
            return;
        }

        var body = CloudEvent(kept);
        db.AddRange(
            wanting.Select(webhook => new WebhookDelivery
            {
                Id = Guid.CreateVersion7(kept.ArchivedAt),
                WebhookId = webhook.Id,
                EventId = kept.MessageId,
                EventName = kept.Name,
                Body = body,
                At = kept.ArchivedAt,
                NextAt = kept.ArchivedAt,
            })
        );
    }

    private static string CloudEvent(ArchivedEvent kept) =>
        new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = kept.MessageId.ToString("D"),
            ["source"] = $"/customer-service/{kept.Name.Split('.')[0]}",
            ["type"] = kept.Name,
            ["subject"] = kept.SubjectId.ToString("D"),
            ["time"] = kept.OccurredAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["datacontenttype"] = "application/json",
            ["data"] = JsonNode.Parse(kept.Body),
        }.ToJsonString(EventJson.Options);
}
