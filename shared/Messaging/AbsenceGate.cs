using Microsoft.Extensions.Logging;

namespace CustomerService.Messaging;

/// <summary>
/// Holds the deliveries of a queue while what their consumer needs is away: its store, or another service. An absence
/// is no try. What is held stays with this process, neither acknowledged nor copied, and one delivery at a time tries
/// again after a pause; the first that gets through lets all others go on.
/// </summary>
internal sealed class AbsenceGate(string queue, Func<Exception, bool> isAway, TimeProvider time, ILogger log)
{
    /// <summary>Shorter than the broker waits for an answer to a delivery, 30 minutes: a delivery that is held for so
    /// long goes back once, or the broker would close the channel with all that it has handed out.</summary>
    internal static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(25);

    internal static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>So often a delivery may meet an absence that no other delivery meets. Then the fault is its
    /// own.</summary>
    internal const int AloneAtMost = 20;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private DateTimeOffset? _since;
    private TimeSpan _pause;
    private int _openings;

    /// <summary>Since when something is away; null when nothing is.</summary>
    public DateTimeOffset? Since
    {
        get
        {
            lock (_gate)
            {
                return _since;
            }
        }
    }

    /// <summary>Handles a delivery, as often as it takes until it was not for an absence that it failed.</summary>
    /// <exception cref="HeldTooLongException">It goes back to its queue.</exception>
    public async Task<T> HandleAsync<T>(Func<Task<T>> handle, CancellationToken cancellationToken)
    {
        var (began, alone, openings) = (time.GetTimestamp(), 0, -1);
        while (true)
        {
            var probes = Since is not null;
            if (probes)
            {
                await _turn.WaitAsync(cancellationToken);
            }

            try
            {
                if (probes && Pause() is { } pause)
                {
                    await Task.Delay(pause, time, cancellationToken);
                }
                else if (probes)
                {
                    // Another got through meanwhile: all go on at once.
                    probes = false;
                    _turn.Release();
                }

                var handled = await handle();
                Open();
                return handled;
            }
            catch (Exception fault) when (isAway(fault) && !cancellationToken.IsCancellationRequested)
            {
                var now = Close(fault);
                alone = openings >= 0 && now > openings ? alone + 1 : alone;
                openings = now;
                if (alone == AloneAtMost)
                {
                    throw;
                }

                if (time.GetElapsedTime(began) >= LongestHold)
                {
                    throw new HeldTooLongException(queue, fault);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Whatever it failed for was there.
                Open();
                throw;
            }
            finally
            {
                if (probes)
                {
                    _turn.Release();
                }
            }
        }
    }

    private TimeSpan? Pause()
    {
        lock (_gate)
        {
            return _since is null ? null : _pause;
        }
    }

    private int Close(Exception fault)
    {
        lock (_gate)
        {
            if (_since is null)
            {
                _since = time.GetUtcNow();
                _pause = ShortestPause;
                log.LogWarning(fault, "{Queue} waits: what its consumer needs is away", queue);
            }
            else
            {
                _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            }

            return _openings;
        }
    }

    private void Open()
    {
        lock (_gate)
        {
            if (_since is { } since)
            {
                _since = null;
                _openings++;
                log.LogInformation("{Queue} goes on after {Waited}", queue, time.GetUtcNow() - since);
            }
        }
    }
}

/// <summary>A delivery was held for so long that it goes back to its queue. That is no try.</summary>
internal sealed class HeldTooLongException(string queue, Exception absence)
    : Exception($"What the consumer of {queue} needs is away: {absence.Message}", absence);
