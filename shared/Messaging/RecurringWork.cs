using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerService.Messaging;

/// <summary>
/// Work that is done again and again while the program runs. A round that fails, for example because the
/// database restarts or is not
/// migrated yet, is told in the log and made up for by the next one; it never ends the program.
/// </summary>
/// <param name="every">Time from one round to the next.</param>
/// <param name="time">Clock.</param>
/// <param name="log">Log of the work.</param>
/// <param name="first">Time before the first round. Zero for what should be known at once; more for what can
/// wait until the start is over.</param>
public abstract class RecurringWork(TimeSpan every, TimeProvider time, ILogger log, TimeSpan first = default)
    : BackgroundService
{
    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; } = time;

    /// <summary>The log of the work.</summary>
    protected ILogger Log { get; } = log;

    /// <summary>Does the work once.</summary>
    protected abstract Task RoundAsync(CancellationToken stoppingToken);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (first > TimeSpan.Zero)
            {
                await Task.Delay(first, Time, stoppingToken).ConfigureAwait(false);
            }

            using var timer = new PeriodicTimer(every, Time);
            do
            {
                try
                {
                    await RoundAsync(stoppingToken).ConfigureAwait(false);
                }
                catch (Exception failed) when (failed is not OutOfMemoryException)
                {
                    // What the end itself has torn apart, for example a read in the middle of its rows, is no
                    // failure.
                    if (stoppingToken.IsCancellationRequested)
                    {
                        return;
                    }

                    Log.LogWarning(
                        "{Work} failed and is tried again in {Every}: {Reason}",
                        GetType().Name,
                        every,
                        failed.Message
                    );
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }
}
