using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Work that is repeated while the program runs. A run that fails, for example because the database restarts, is
/// logged and made up for by the next one; it never ends the program.
/// </summary>
/// <param name="every">Time from one run to the next.</param>
/// <param name="time">Clock.</param>
/// <param name="log">Log of the work.</param>
/// <param name="first">Time before the first run: zero, or more for what can wait until the start is over.</param>
public abstract class PeriodicJob(TimeSpan every, TimeProvider time, ILogger log, TimeSpan first = default)
    : BackgroundService
{
    private long _succeeded = time.GetTimestamp();

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; } = time;

    /// <summary>The log of the work.</summary>
    protected ILogger Log { get; } = log;

    /// <summary>Time since the last run that ended well, or since the start.</summary>
    internal TimeSpan SinceSuccess => Time.GetElapsedTime(_succeeded);

    /// <summary>Does the work once.</summary>
    protected abstract Task RunOnceAsync(CancellationToken stoppingToken);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _succeeded = Time.GetTimestamp();
        JobTelemetry.Began(this);
        try
        {
            if (first > TimeSpan.Zero)
            {
                await Task.Delay(first, Time, stoppingToken);
            }

            using var timer = new PeriodicTimer(every, Time);
            do
            {
                try
                {
                    await RunOnceAsync(stoppingToken);
                    _succeeded = Time.GetTimestamp();
                }
                catch (Exception failed) when (failed is not OutOfMemoryException)
                {
                    // What the end itself has torn apart, for example a read in the middle of its
                    // rows, is no failure.
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
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
        finally
        {
            JobTelemetry.Ended(this);
        }
    }
}
