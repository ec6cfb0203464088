using CustomerService.Reporting.Data;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Webhooks.Features;

internal static class ReplayDeliveries
{
    private const int Most = 10_000;

    /// <summary>Which deliveries are sent once more.</summary>
    /// <param name="DeliveryId">One of them; then the instants are left out.</param>
    /// <param name="From">Those of events that came at or after this instant.</param>
    /// <param name="To">And before this one; null for now.</param>
    internal sealed record Request(Guid? DeliveryId = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() =>
            RuleFor(r => r)
                .Must(r => r.DeliveryId is null != r.From is null && (r.To is null || r.From < r.To))
                .OverridePropertyName("from")
                .WithErrorCode("delivery-or-period");
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/webhooks/{id:guid}/replay", Handle)
            .AsCommand()
            .ForRoles(WebhookFlow.Keepers)
            .WithSummary("Sends deliveries once more, one or those of a period")
            .WithDescription(
                """
                Rule C3.1.4. With the same `webhook-id`, so that the receiver can tell copies. At most 10,000 at once, the
                oldest first; 409 `webhook-removed`.
                """
            )
            .Produces<ReplayedDeliveries>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ReportingDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var webhook = await db.Webhooks.AsNoTracking().FirstOrDefaultAsync(w => w.Id == id, cancellation);
        if (webhook is null)
        {
            return CommandResult.NotFound();
        }

        if (webhook.State == WebhookState.Removed)
        {
            return Refusal.ByRule("webhook-removed", "C3.1.4", ["webhook"], WebhookFlow.Keepers);
        }

        var chosen = db.WebhookDeliveries.Where(delivery => delivery.WebhookId == id);
        chosen = body.DeliveryId is { } one
            ? chosen.Where(delivery => delivery.Id == one)
            : chosen.Where(delivery => delivery.At >= body.From && (body.To == null || delivery.At < body.To));
        var deliveries = await chosen.OrderBy(delivery => delivery.Id).Take(Most).ToListAsync(cancellation);
        if (body.DeliveryId is not null && deliveries.Count == 0)
        {
            return CommandResult.NotFound();
        }

        foreach (var delivery in deliveries)
        {
            delivery.Replay(caller.Now);
        }

        return CommandResult.Ok(new ReplayedDeliveries(deliveries.Count));
    }
}

/// <summary>How many deliveries are sent once more.</summary>
/// <param name="Replayed">Their number.</param>
internal sealed record ReplayedDeliveries(int Replayed);
