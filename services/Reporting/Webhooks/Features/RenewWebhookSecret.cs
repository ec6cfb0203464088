using CustomerService.Reporting.Data;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Webhooks.Features;

internal static class RenewWebhookSecret
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/webhooks/{id:guid}/renew-secret", Handle)
            .AsCommand()
            .WithSummary("A new key for the signatures")
            .WithDescription(
                "Rule C3.1.4. The answer's `secret` is told this once. The former key signs beside it for a day, so that the "
                    + "receiver can change over."
            )
            .Produces<WebhookView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        ReportingDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        Webhook? renewed = null;
        var answer = await caller.ChangeAsync(
            db.Webhooks,
            id,
            (webhook, context) =>
            {
                var refusal = webhook.RenewSecret(context);
                renewed = refusal is null ? webhook : null;
                return refusal;
            },
            WebhookView.WithSecret,
            cancellation
        );
        return renewed is null ? answer : answer.ButRemember(() => WebhookView.From(renewed, caller));
    }
}
