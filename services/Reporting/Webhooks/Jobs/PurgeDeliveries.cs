using CustomerService.Reporting.Data;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Webhooks.Jobs;

/// <summary>Deletes deliveries after 30 days: as long as the stream keeps the events themselves.</summary>
internal sealed class PurgeDeliveries(IServiceScopeFactory scopes, TimeProvider time, ILogger<PurgeDeliveries> log)
    : PeriodicJob(TimeSpan.FromHours(1), time, log, first: TimeSpan.FromMinutes(5))
{
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = Time.GetUtcNow() - Kept;
        await scope
            .ServiceProvider.GetRequiredService<ReportingDb>()
            .WebhookDeliveries.Where(delivery => delivery.At < before)
            .ExecuteDeleteAsync(stoppingToken);
    }
}
