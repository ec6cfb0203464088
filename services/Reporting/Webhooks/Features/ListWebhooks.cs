using CustomerService.Reporting.Data;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Webhooks.Features;

internal static class ListWebhooks
{
    internal sealed record Query : PageQuery
    {
        /// <summary>active, suspended or removed.</summary>
        public EnumFilter<WebhookState>? State { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/webhooks", Handle)
            .AsQuery()
            .WithSummary("Webhooks, the newest first")
            .WithDescription("Rule C3.1.4. Walk on with `after`.")
            .Produces<Page<WebhookListItem>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ReportingDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db
            .Webhooks.Where(query.State, states => webhook => states.Contains(webhook.State))
            .ToPageAsync(query, webhook => WebhookListItem.From(webhook, caller), cancellation);
}
