using System.Runtime;
using Microsoft.Extensions.Logging;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Gives memory back when the program has come to rest: what its start or a rush of requests left behind would
/// otherwise stay until as much again has been allocated, which on a quiet day takes hours.
/// </summary>
internal sealed class MemoryAtRest(ILogger<MemoryAtRest> log)
    // The machine's clock: a test that sets the date ahead wants no collection for each day.
    : PeriodicJob(TimeSpan.FromSeconds(Seconds), TimeProvider.System, log, TimeSpan.FromSeconds(5))
{
    private const int Seconds = 10;

    // Health checks, the relay's looks and the timers allocate less than this in one turn.
    private const long AtRest = 4L << 20;

    // Not worth a collection.
    private const long Little = 16L << 20;

    private long _seen;
    private long _collected;

    /// <inheritdoc/>
    protected override Task RunOnceAsync(CancellationToken stoppingToken)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var (inThisTurn, sinceCollection) = (allocated - _seen, allocated - _collected);
        _seen = allocated;
        if (inThisTurn < AtRest && sinceCollection > Little)
        {
            _collected = allocated;
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        return Task.CompletedTask;
    }
}
