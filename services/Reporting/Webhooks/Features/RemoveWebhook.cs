using CustomerService.Reporting.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Webhooks.Features;

internal static class RemoveWebhook
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/webhooks/{id:guid}/remove", Handle)
            .AsCommand()
            .WithSummary("Ends a webhook")
            .WithDescription("Rule C3.1.4. What was not sent is not sent any more; its log stays for 30 days.")
            .Produces<WebhookView>();

    private static Task<CommandResult> Handle(Guid id, ReportingDb db, Caller caller, CancellationToken cancellation) =>
        caller.ChangeAsync(
            db.Webhooks,
            id,
            (webhook, context) => webhook.Remove(context),
            WebhookView.From,
            cancellation
        );
}
