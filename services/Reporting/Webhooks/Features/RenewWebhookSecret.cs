using CustomerService.Reporting.Data;
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
        var answer = await caller.ChangeAsync(
            db.Webhooks,
            id,
            (webhook, context) => webhook.RenewSecret(context),
            WebhookView.WithSecret,
            cancellation
        );
        return db.Webhooks.Local.FirstOrDefault(webhook => webhook.Id == id) is { } renewed
            ? answer.ButRemember(() => WebhookView.From(renewed, caller))
            : answer;
    }
}
