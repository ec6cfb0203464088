using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerService.ServiceDefaults;

/// <summary>Once an hour the outcomes of commands are forgotten that nobody will ask for again.</summary>
internal sealed class OutcomePurge(IServiceScopeFactory scopes, TimeProvider time, ILogger<OutcomePurge> log) : BackgroundService
{
    /// <summary>How long a repeated request gets its first answer.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(48);

    internal async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ICommandStore>().PurgeOutcomesAsync(time.GetUtcNow() - Kept, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        try
        {
            do
            {
                try
                {
                    var purged = await PurgeAsync(stoppingToken);
                    if (purged > 0)
                    {
                        log.LogInformation("Forgot {Purged} outcomes of commands", purged);
                    }
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    log.LogWarning("Outcomes of commands could not be purged and are tried again in an hour: {Reason}", e.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }
}
