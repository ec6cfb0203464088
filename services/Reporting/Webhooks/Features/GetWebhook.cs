using CustomerService.Reporting.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Webhooks.Features;

internal static class GetWebhook
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/webhooks/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("One webhook, without its key")
            .Produces<WebhookView>();

    private static Task<QueryResult> Handle(Guid id, ReportingDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.Webhooks, id, WebhookView.From, cancellation);
}
