using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerService.ServiceDefaults;

/// <summary>Fetches the service's own token once it has started, so that the first question does not spend its
/// deadline on signing in.</summary>
internal sealed class TokenWarmUp(
    ServiceTokens tokens,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<TokenWarmUp> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        // Identity may be starting at the same time. After a minute it is left to the first question, which
        // says when it gets no answer.
        for (var attempt = 0; attempt < 30; attempt++)
        {
            try
            {
                await tokens.GetAsync(stoppingToken);
                return;
            }
            catch (Exception notYet) when (notYet is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                logger.LogDebug(notYet, "The issuer did not answer yet.");
            }

            await Task.Delay(TimeSpan.FromSeconds(2), time, stoppingToken);
        }
    }
}
