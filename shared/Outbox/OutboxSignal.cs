using System.Numerics;

namespace CustomerService.Messaging;

/// <summary>
/// Wakes the relay at commit. It remembers partitions, not messages: a thousand commits while a
/// partition is being drained cost one more round. The partition of parts waits for its time.
/// </summary>
public sealed class OutboxSignal
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _ready = new(0);
    private uint _pending;
    private uint _busy;
    private bool _partsWait;
    private int _next;

    /// <summary>All partitions.</summary>
    internal const uint All = uint.MaxValue >> (32 - OutboxPartition.Count);

    private const uint Gathered = 1u << OutboxPartition.Gathered;

    /// <summary>Says that a committed message waits in this partition. Call it after the
    /// commit.</summary>
    /// <param name="partition">0 … <see cref="OutboxPartition.Count"/> − 1.</param>
    public void Wake(short partition) => Wake(1u << partition);

    internal void Wake(uint partitions)
    {
        if (partitions == 0)
        {
            return;
        }

        bool isNew;
        lock (_gate)
        {
            _partsWait |= (partitions & Gathered) != 0;
            isNew = Add(partitions & ~Gathered);
        }

        if (isNew)
        {
            _ready.Release();
        }
    }

    /// <summary>It is time for the parts that wait.</summary>
    internal void WakeParts()
    {
        bool isNew;
        lock (_gate)
        {
            isNew = _partsWait && Add(Gathered);
            _partsWait = false;
        }

        if (isNew)
        {
            _ready.Release();
        }
    }

    private bool Add(uint partitions)
    {
        // A partition that is pending already has had its release; one that is busy gets it
        // when its round ends.
        var isNew = (partitions & ~_pending & ~_busy) != 0;
        _pending |= partitions;
        return isNew;
    }

    /// <summary>Takes up to so many partitions in which something waits and which no other worker
    /// has; none when the time is over.</summary>
    internal async Task<uint> TakeAsync(int atMost, TimeSpan wait, CancellationToken cancellationToken)
    {
        var taken = Take(atMost);
        if (taken == 0 && await _ready.WaitAsync(wait, cancellationToken))
        {
            taken = Take(atMost);
        }

        return taken;
    }

    /// <summary>Gives partitions back after a round.</summary>
    /// <param name="partitions">What was taken.</param>
    /// <param name="again">Those in which more waits.</param>
    internal void Release(uint partitions, uint again)
    {
        bool more;
        lock (_gate)
        {
            _busy &= ~partitions;
            _pending |= again;
            more = (_pending & ~_busy) != 0;
        }

        if (more)
        {
            _ready.Release();
        }
    }

    private uint TakeSubjects(uint ready, int atMost)
    {
        uint taken = 0;
        // Round and round, so that a busy partition does not starve those behind it.
        for (var i = 0; i < OutboxPartition.Subjects && BitOperations.PopCount(taken) < atMost; i++)
        {
            taken |= ready & (1u << ((_next + i) % OutboxPartition.Subjects));
        }

        if (taken != 0)
        {
            _next = (32 - BitOperations.LeadingZeroCount(taken)) % OutboxPartition.Subjects;
        }

        return taken;
    }

    private uint Take(int atMost)
    {
        uint taken;
        bool more;
        lock (_gate)
        {
            var ready = _pending & ~_busy;
            // The parts by themselves, so that as many as fit into a round go together; seldom enough to go first.
            taken = (ready & Gathered) != 0 ? Gathered : TakeSubjects(ready, atMost);

            _pending &= ~taken;
            _busy |= taken;
            more = (_pending & ~_busy) != 0;
        }

        if (more && taken != 0)
        {
            _ready.Release();
        }

        return taken;
    }
}
