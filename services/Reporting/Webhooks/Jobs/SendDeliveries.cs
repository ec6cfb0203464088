using CustomerService.Reporting.Data;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CustomerService.Reporting.Webhooks.Jobs;

/// <summary>
/// Sends what is due. Any number of replicas may run it: each takes rows that no other has, for as long as a receiver has
/// to answer. A receiver that hangs keeps up its own deliveries only.
/// </summary>
internal sealed class SendDeliveries(
    IServiceScopeFactory scopes,
    WebhookSender sender,
    IOptions<WebhookOptions> options,
    TimeProvider time,
    ILogger<SendDeliveries> log
) : PeriodicJob(options.Value.Every, time, log)
{
    private const int Batch = 100;
    private const int AtOnceForEach = 4;

    private readonly WebhookOptions _options = options.Value;
    private readonly Dictionary<Guid, Task> _busy = [];

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        foreach (var (webhook, work) in _busy.Where(b => b.Value.IsCompleted).ToList())
        {
            _busy.Remove(webhook);
            await work;
        }

        foreach (var own in (await TakeAsync(_busy.Keys, stoppingToken)).GroupBy(d => d.WebhookId))
        {
            _busy[own.Key] = SendAsync(own.Key, [.. own], stoppingToken);
        }
    }

    private async Task<IReadOnlyList<WebhookDelivery>> TakeAsync(
        IReadOnlyCollection<Guid> busy,
        CancellationToken cancellation
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
        var now = Time.GetUtcNow();
        // Long enough for the whole batch of a receiver that always takes its time.
        var until = now + (_options.Timeout * (Batch / AtOnceForEach)) + TimeSpan.FromMinutes(1);
        Guid[] except = [.. busy];
        return await db
            .WebhookDeliveries.FromSql(
                $"""
                UPDATE webhook_deliveries SET next_at = {until}
                WHERE id IN (
                    SELECT d.id FROM webhook_deliveries d
                    JOIN webhooks w ON w.id = d.webhook_id AND w.state = 'Active'
                    WHERE d.state = 'Waiting' AND d.next_at <= {now} AND NOT d.webhook_id = ANY ({except})
                    ORDER BY d.next_at, d.id LIMIT {Batch} FOR UPDATE OF d SKIP LOCKED)
                RETURNING *, xmin
                """
            )
            .AsNoTracking()
            .ToListAsync(cancellation);
    }

    private async Task SendAsync(Guid id, IReadOnlyList<WebhookDelivery> taken, CancellationToken cancellation)
    {
        Webhook? webhook;
        await using (var scope = scopes.CreateAsyncScope())
        {
            webhook = await scope
                .ServiceProvider.GetRequiredService<ReportingDb>()
                .Webhooks.AsNoTracking()
                .FirstOrDefaultAsync(w => w.Id == id, cancellation);
        }

        if (webhook is not null)
        {
            await Parallel.ForEachAsync(
                taken.OrderBy(d => d.Id),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnceForEach, CancellationToken = cancellation },
                async (delivery, stop) => await SendOneAsync(webhook, delivery, stop)
            );
        }
    }

    private async Task SendOneAsync(Webhook webhook, WebhookDelivery taken, CancellationToken cancellation)
    {
        var done = await sender.SendAsync(webhook, taken, cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
        var delivery = await db.WebhookDeliveries.FirstOrDefaultAsync(d => d.Id == taken.Id, cancellation);
        if (delivery is null || delivery.NextAt != taken.NextAt)
        {
            // It was replayed meanwhile: that try is still to come.
            return;
        }

        delivery.Tried(done, _options.Pauses, Random.Shared.NextDouble());
        await db.SaveChangesAsync(cancellation);
        if (done.Status == StatusCodes.Status410Gone)
        {
            await SuspendAsync(webhook.Id, "the receiver answered 410 Gone", cancellation);
        }
        else if (delivery.State == DeliveryState.GivenUp && await HasBeenDeafAsync(db, delivery, cancellation))
        {
            await SuspendAsync(webhook.Id, $"no event reached it: {done.Error}", cancellation);
        }
    }

    private async Task SuspendAsync(Guid id, string reason, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
        var webhook = await db.Webhooks.FirstAsync(w => w.Id == id, cancellation);
        var context = scope.ServiceProvider.GetRequiredService<CommandContexts>().ForSystem("reporting");
        if (webhook.Suspend(context, reason) is not null)
        {
            return;
        }

        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            // Another delivery's end, or a person, changed it at the same moment. The next one that is given up asks again.
        }
    }

    /// <summary>Nothing was delivered since this one was tried for the first time.</summary>
    private static async Task<bool> HasBeenDeafAsync(
        ReportingDb db,
        WebhookDelivery delivery,
        CancellationToken cancellation
    ) =>
        !await db.WebhookDeliveries.AnyAsync(
            other => other.WebhookId == delivery.WebhookId && other.DeliveredAt > delivery.Tries[0].At,
            cancellation
        );
}
