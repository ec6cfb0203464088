using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Brings what was withdrawn from the store into the memory of this replica, every second: the event itself reaches one
/// replica only. A store that is away changes nothing of what is known.
/// </summary>
internal sealed class WithdrawnTokensWatch(
    IServiceScopeFactory scopes,
    WithdrawnTokens withdrawn,
    TimeProvider time,
    ILogger<WithdrawnTokensWatch> log
) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        var since = time.GetUtcNow() - WithdrawnTokens.LongestLifetime;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            foreach (
                var withdrawal in await scope
                    .ServiceProvider.GetRequiredService<IWithdrawals>()
                    .SinceAsync(since, stoppingToken)
            )
            {
                withdrawn.Note(withdrawal);
            }

            withdrawn.Forget(since);
        }
        catch (Exception away) when (away is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
        {
            // Each second, while the store is away; its health check says so once.
            log.LogDebug(away, "Withdrawn tokens could not be read");
        }
    }
}

/// <summary>Set-up of the watch over withdrawn tokens.</summary>
public static class WithdrawnTokensRegistration
{
    /// <summary>Has this replica read what was withdrawn from its <see cref="IWithdrawals"/>, every second.</summary>
    public static IServiceCollection WatchWithdrawnTokens(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddHostedService<WithdrawnTokensWatch>();
    }
}
