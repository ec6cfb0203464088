namespace CustomerService.Messaging;

/// <summary>
/// How long events wait for others to share a round of the relay with. Few that come one by one wait for none and are
/// out at once. Where processors or disk are short a round takes as long for one event as for many, and what each round
/// costs is missing where events are made; they then wait twice as long as a round takes.
/// </summary>
internal sealed class RoundTimes
{
    // Many take long because they are many.
    private const int Few = 32;

    private readonly Lock _gate = new();
    private readonly TimeSpan[] _last = new TimeSpan[9];
    private int _next;

    // Of the last rounds that had few events, so that one standstill of the disk says nothing.
    private TimeSpan _median;

    /// <summary>Notes how long a round took with so many events.</summary>
    public void Add(int events, TimeSpan took)
    {
        if (events > Few)
        {
            return;
        }

        lock (_gate)
        {
            _last[_next] = took;
            _next = (_next + 1) % _last.Length;
            Span<TimeSpan> sorted = stackalloc TimeSpan[_last.Length];
            _last.CopyTo(sorted);
            sorted.Sort();
            _median = sorted[sorted.Length / 2];
        }
    }

    /// <summary>How long to gather before the next round.</summary>
    public TimeSpan Gather(MessagingOptions settings, double eventsPerSecond)
    {
        TimeSpan median;
        lock (_gate)
        {
            median = _median;
        }

        var many = eventsPerSecond >= settings.GatherAbove ? settings.Gather : TimeSpan.Zero;
        var slow =
            median < settings.SlowRound ? TimeSpan.Zero
            : 2 * median < settings.GatherAtMost ? 2 * median
            : settings.GatherAtMost;
        return slow < many ? many : slow;
    }
}
