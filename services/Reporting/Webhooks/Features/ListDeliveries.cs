using CustomerService.Reporting.Data;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Webhooks.Features;

internal static class ListDeliveries
{
    internal sealed record Query : PageQuery
    {
        /// <summary>waiting, delivered or given-up.</summary>
        public EnumFilter<DeliveryState>? State { get; init; }

        /// <summary>Name of the event.</summary>
        public TextFilter? EventName { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/webhooks/{id:guid}/deliveries", Handle)
            .AsQuery()
            .WithSummary("What was sent to a webhook and what came of it, the newest first")
            .WithDescription("Rule C3.1.4. Kept for 30 days. 400 `bad-filter`, `bad-cursor`.")
            .Produces<Page<DeliveryListItem>>();
        routes
            .MapGet("/webhooks/{id:guid}/deliveries/{deliveryId:guid}", HandleOne)
            .AsQuery()
            .WithName("GetDelivery")
            .WithSummary("A delivery with each try and what was sent")
            .Produces<DeliveryView>();
    }

    private static async Task<QueryResult> Handle(
        Guid id,
        [AsParameters] Query query,
        ReportingDb db,
        CancellationToken cancellation
    )
    {
        if (!query.TryAfter(out var after))
        {
            return PageQuery.BadCursor;
        }

        if (!await db.Webhooks.AnyAsync(webhook => webhook.Id == id, cancellation))
        {
            return QueryResult.NotFound;
        }

        var read = await db
            .WebhookDeliveries.AsNoTracking()
            .Where(delivery => delivery.WebhookId == id)
            .Where(query.State, states => delivery => states.Contains(delivery.State))
            .Where(query.EventName, name => delivery => delivery.EventName == name)
            .Where(after, last => delivery => delivery.Id < last)
            .OrderByDescending(delivery => delivery.Id)
            .Take(query.Size + 1)
            .ToListAsync(cancellation);
        return QueryResult.Of(Lists.Cut(read, query, delivery => delivery.Id.ToString("N"), DeliveryListItem.From));
    }

    private static async Task<QueryResult> HandleOne(
        Guid id,
        Guid deliveryId,
        ReportingDb db,
        CancellationToken cancellation
    ) =>
        await db
            .WebhookDeliveries.AsNoTracking()
            .FirstOrDefaultAsync(delivery => delivery.Id == deliveryId && delivery.WebhookId == id, cancellation)
            is { } found
            ? QueryResult.Of(DeliveryView.From(found))
            : QueryResult.NotFound;
}
