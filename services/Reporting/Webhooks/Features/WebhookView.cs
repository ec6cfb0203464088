using System.Text.Json.Serialization;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Webhooks.Features;

/// <summary>A webhook.</summary>
internal sealed record WebhookView
{
    public required Guid Id { get; init; }

    public required WebhookState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>What the receiver is called.</summary>
    public required string Name { get; init; }

    /// <summary>Where events are posted.</summary>
    public required string Address { get; init; }

    /// <summary>Which events: patterns of their names.</summary>
    public required IReadOnlyList<string> Patterns { get; init; }

    /// <summary>Why it is suspended.</summary>
    public string? SuspendedBecause { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>Key of the signatures, <c>whsec_</c> and base64; told once, when it is made.</summary>
    public string? Secret { get; init; }

    public static WebhookView From(Webhook webhook, Caller caller) =>
        new()
        {
            Id = webhook.Id,
            State = webhook.State,
            Version = webhook.Version,
            Actions = webhook.AllowedActions(caller.Context()),
            Name = webhook.Name,
            Address = webhook.Address,
            Patterns = webhook.Patterns,
            SuspendedBecause = webhook.SuspendedBecause,
            CreatedBy = webhook.CreatedBy,
        };

    public static WebhookView WithSecret(Webhook webhook, Caller caller) =>
        From(webhook, caller) with
        {
            Secret = "whsec_" + webhook.Secret,
        };
}

/// <summary>A webhook in a list.</summary>
/// <param name="Id">The webhook.</param>
/// <param name="Number">Always null: webhooks have no number.</param>
/// <param name="State">active, suspended or removed.</param>
/// <param name="Version">Version.</param>
/// <param name="Actions">What the caller may do now.</param>
/// <param name="Name">What the receiver is called.</param>
/// <param name="Address">Where events are posted.</param>
/// <param name="SuspendedBecause">Why it is suspended.</param>
internal sealed record WebhookListItem(
    Guid Id,
    string? Number,
    WebhookState State,
    long Version,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions,
    string Name,
    string Address,
    string? SuspendedBecause
)
{
    public static WebhookListItem From(Webhook webhook, Caller caller) =>
        new(
            webhook.Id,
            null,
            webhook.State,
            webhook.Version,
            webhook.AllowedActions(caller.Context()),
            webhook.Name,
            webhook.Address,
            webhook.SuspendedBecause
        );
}
