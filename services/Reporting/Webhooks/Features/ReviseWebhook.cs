using CustomerService.Reporting.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Webhooks.Features;

internal static class ReviseWebhook
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/webhooks/{id:guid}/revise", Handle)
            .AsCommand()
            .WithSummary("Other events, another address or name")
            .WithDescription("Rule C3.1.4. What waits goes to the new address.")
            .Produces<WebhookView>();

    private static Task<CommandResult> Handle(
        Guid id,
        WebhookRequest body,
        ReportingDb db,
        WebhookAddress addresses,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Webhooks,
            id,
            (webhook, context) => addresses.Check(body.Address) ?? webhook.Revise(context, body.Settings),
            WebhookView.From,
            cancellation
        );
}
