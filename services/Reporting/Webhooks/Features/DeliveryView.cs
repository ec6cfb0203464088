using System.Text.Json.Serialization;
using CustomerService.Reporting.Webhooks.Domain;

namespace CustomerService.Reporting.Webhooks.Features;

/// <summary>A delivery in the log of a webhook.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="Number">Always null: deliveries have no number.</param>
/// <param name="State">waiting, delivered or given-up.</param>
/// <param name="Version">Always 0: a delivery is no record.</param>
/// <param name="Actions">What the caller may do now.</param>
/// <param name="EventId">The event: <c>webhook-id</c> of the request.</param>
/// <param name="EventName">Which event.</param>
/// <param name="At">When it came, UTC.</param>
/// <param name="Attempts">Tries since it was queued or replayed.</param>
/// <param name="NextAt">When it is sent next, UTC; null where it is not.</param>
/// <param name="DeliveredAt">When the receiver confirmed it, UTC.</param>
/// <param name="LastStatus">HTTP status of the last try; null where no answer came.</param>
/// <param name="LastError">What went wrong at the last try.</param>
internal sealed record DeliveryListItem(
    Guid Id,
    string? Number,
    DeliveryState State,
    long Version,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions,
    Guid EventId,
    string EventName,
    DateTimeOffset At,
    int Attempts,
    DateTimeOffset? NextAt,
    DateTimeOffset? DeliveredAt,
    int? LastStatus,
    string? LastError
)
{
    public static DeliveryListItem From(WebhookDelivery delivery)
    {
        var last = delivery.Tries.Count > 0 ? delivery.Tries[^1] : null;
        return new(
            delivery.Id,
            null,
            delivery.State,
            0,
            ["replay"],
            delivery.EventId,
            delivery.EventName,
            delivery.At,
            delivery.Attempts,
            delivery.State == DeliveryState.Waiting ? delivery.NextAt : null,
            delivery.DeliveredAt,
            last?.Status,
            last?.Error
        );
    }
}

/// <summary>A delivery with all its tries and what was sent.</summary>
/// <param name="Summary">As in the list.</param>
/// <param name="Tries">The tries, in their order; of more than twenty the first and the latest.</param>
/// <param name="Body">What is posted.</param>
internal sealed record DeliveryView(DeliveryListItem Summary, IReadOnlyList<DeliveryTry> Tries, string Body)
{
    public static DeliveryView From(WebhookDelivery delivery) =>
        new(DeliveryListItem.From(delivery), delivery.Tries, delivery.Body);
}
