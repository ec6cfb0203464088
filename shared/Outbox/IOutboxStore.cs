namespace CustomerService.Messaging;

/// <summary>Where the relay finds what waits to be published. One implementation for each kind of
/// database.</summary>
public interface IOutboxStore
{
    /// <summary>
    /// Claims those of the partitions that no other replica holds and reads their oldest messages, in order within
    /// each partition. The claim
    /// lasts until it is disposed of, or until this process dies. A message that was committed before the call
    /// must be seen, unless
    /// another replica holds its partition.
    /// </summary>
    /// <param name="partitions">The partitions asked for.</param>
    /// <param name="perPartition">At most so many messages of each partition.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<IOutboxClaim> ClaimAsync(
        IReadOnlyList<short> partitions,
        int perPartition,
        CancellationToken cancellationToken
    );

    /// <summary>The partitions in which something waits, also where another replica holds them. The
    /// fallback for a wake-up that got lost with its process.</summary>
    Task<IReadOnlyList<short>> WaitingPartitionsAsync(CancellationToken cancellationToken);

    /// <summary>How many messages wait, and since when the oldest does.</summary>
    Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken);
}

/// <summary>Partitions that this replica holds for the moment.</summary>
public interface IOutboxClaim : IAsyncDisposable
{
    /// <summary>The partitions that were free.</summary>
    IReadOnlyList<short> Partitions { get; }

    /// <summary>Their messages, in order within each partition.</summary>
    IReadOnlyList<OutboxRecord> Messages { get; }

    /// <summary>Deletes what the broker has confirmed and gives the partitions back.</summary>
    /// <param name="through">For each partition the position up to which, inclusive, its messages of this claim are
    /// confirmed.</param>
    /// <param name="cancellationToken">Ends the attempt; the messages are then published once more later.</param>
    Task CompleteAsync(IReadOnlyDictionary<short, long> through, CancellationToken cancellationToken);
}

/// <summary>A message as the relay reads it.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Position">Its place in the partition.</param>
/// <param name="Id">Message id.</param>
/// <param name="EventName">Routing key and CloudEvents type.</param>
/// <param name="SubjectId">What it is about.</param>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="TraceParent">W3C trace context, if any.</param>
/// <param name="OccurredAt">When it was written, UTC.</param>
public sealed record OutboxRecord(
    short Partition,
    long Position,
    Guid Id,
    string EventName,
    Guid SubjectId,
    ReadOnlyMemory<byte> Body,
    string? TraceParent,
    DateTimeOffset OccurredAt
);

/// <summary>What waits in an outbox.</summary>
/// <param name="Messages">How many.</param>
/// <param name="Oldest">When the oldest was written; null when nothing waits.</param>
public readonly record struct OutboxBacklog(long Messages, DateTimeOffset? Oldest);
