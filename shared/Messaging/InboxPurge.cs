using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Messaging;

/// <summary>Once an hour the inbox forgets what is too old to come again.</summary>
internal sealed class InboxPurge(IServiceScopeFactory scopes, IOptions<MessagingOptions> options, TimeProvider time, ILogger<InboxPurge> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        try
        {
            do
            {
                try
                {
                    var scope = scopes.CreateAsyncScope();
                    await using (scope.ConfigureAwait(false))
                    {
                        var before = time.GetUtcNow().AddDays(-options.Value.InboxDays);
                        var purged = await scope.ServiceProvider.GetRequiredService<IInboxUnitOfWork>().PurgeAsync(before, stoppingToken).ConfigureAwait(false);
                        if (purged > 0)
                        {
                            log.LogInformation("The inbox forgot {Purged} messages older than {Before:O}", purged, before);
                        }
                    }
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    log.LogWarning("The inbox could not be purged and is tried again in an hour: {Reason}", e.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }
}
