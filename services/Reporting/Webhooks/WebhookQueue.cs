using System.Globalization;
using System.Text.Json.Nodes;
using CustomerService.Messaging;
using CustomerService.Reporting.Archive.Domain;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Retention.Domain;
using CustomerService.Reporting.Webhooks.Domain;

namespace CustomerService.Reporting.Webhooks;

/// <summary>Puts an event down for each webhook that wants it.</summary>
internal static class WebhookQueue
{
    public static void Add(ReportingDb db, IReadOnlyList<ArchivedEvent> kept, IReadOnlyList<ListeningWebhook> webhooks)
    {
        foreach (var e in kept)
        {
            var wanting = webhooks.Where(webhook => webhook.Wants(e.Name)).ToList();
            if (wanting.Count == 0)
            {
                continue;
            }

            var body = CloudEvent(e);
            db.AddRange(
                wanting.Select(webhook => new WebhookDelivery
                {
                    Id = Guid.CreateVersion7(e.ArchivedAt),
                    WebhookId = webhook.Id,
                    EventId = e.MessageId,
                    EventName = e.Name,
                    Body = body,
                    At = e.ArchivedAt,
                    NextAt = e.ArchivedAt,
                })
            );
        }
    }

    /// <summary>A body without what is personal; its envelope stays.</summary>
    public static string WithoutPersonalText(string body)
    {
        var sent = JsonNode.Parse(body)!.AsObject();
        if (sent["data"] is { } data)
        {
            sent["data"] = JsonNode.Parse(PersonalText.Drop(data.ToJsonString()));
        }

        return sent.ToJsonString(EventJson.Options);
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
