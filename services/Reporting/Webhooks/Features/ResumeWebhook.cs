using CustomerService.Reporting.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Webhooks.Features;

internal static class ResumeWebhook
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/webhooks/{id:guid}/resume", Handle)
            .AsCommand()
            .WithSummary("Sends what was kept, and goes on")
            .WithDescription("Rule C3.1.4.")
            .Produces<WebhookView>();

    private static Task<CommandResult> Handle(Guid id, ReportingDb db, Caller caller, CancellationToken cancellation) =>
        caller.ChangeAsync(
            db.Webhooks,
            id,
            (webhook, context) => webhook.Resume(context),
            WebhookView.From,
            cancellation
        );
}
