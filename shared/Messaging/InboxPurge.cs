using CustomerService.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Messaging;

/// <summary>Once an hour the inbox forgets what is too old to come again.</summary>
internal sealed class InboxPurge(
    IServiceScopeFactory scopes,
    IOptions<MessagingOptions> options,
    TimeProvider time,
    ILogger<InboxPurge> log
) : PeriodicJob(TimeSpan.FromHours(1), time, log, first: TimeSpan.FromMinutes(1))
{
    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope)
        {
            var before = Time.GetUtcNow().AddDays(-options.Value.InboxDays);
            var purged = await scope
                .ServiceProvider.GetRequiredService<IInboxUnitOfWork>()
                .PurgeAsync(before, stoppingToken);
            if (purged > 0)
            {
                Log.LogInformation("The inbox forgot {Purged} messages older than {Before:O}", purged, before);
            }
        }
    }
}
