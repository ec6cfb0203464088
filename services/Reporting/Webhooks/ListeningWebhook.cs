using CustomerService.Reporting.Webhooks.Domain;

namespace CustomerService.Reporting.Webhooks;

/// <summary>What of a webhook says which events it is told.</summary>
internal sealed record ListeningWebhook(Guid Id, WebhookState State, IReadOnlyList<string> Patterns)
{
    public bool Wants(string eventName) => Webhook.Wants(State, Patterns, eventName);
}
