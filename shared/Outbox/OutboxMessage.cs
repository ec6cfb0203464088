using System.Diagnostics;
using System.Text.Json;
using CustomerService.Contracts;

namespace CustomerService.Messaging;

/// <summary>
/// An event that waits to be published. Written in the transaction of the change that it announces,
/// deleted once the broker has confirmed it. Stores that are not relational keep the same values as
/// a document.
/// </summary>
public sealed class OutboxMessage
{
    /// <summary>Identity of the message: AMQP message id and CloudEvents <c>id</c>. Consumers
    /// recognise a duplicate by it.</summary>
    public Guid Id { get; init; }

    /// <summary>
    /// Which of the <see cref="OutboxPartition.Count"/> partitions it travels in, by its subject.
    /// One replica drains a partition at a time, so the events of one subject keep their order
    /// however many replicas run.
    /// </summary>
    public short Partition { get; init; }

    /// <summary>Place in the partition. Given by the store at insert, ascending.</summary>
    public long Position { get; private set; }

    /// <summary>Public name of the event, see <see cref="EventNameAttribute"/>.</summary>
    public required string EventName { get; init; }

    /// <summary>The aggregate that the event is about.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>The event as JSON, see <see cref="EventJson"/>.</summary>
    public required string Body { get; init; }

    /// <summary>W3C trace context of the work that caused it, so that one trace runs from the
    /// request to the last consumer.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>Puts an event into the form in which it is stored.</summary>
    /// <exception cref="InvalidOperationException">The event's type has no
    /// <see cref="EventNameAttribute"/>.</exception>
    public static OutboxMessage From(IIntegrationEvent integrationEvent, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(integrationEvent);
        return From(
            OutboxPartition.Of(integrationEvent.SubjectId),
            EventNames.Of(integrationEvent.GetType()),
            integrationEvent.SubjectId,
            EventJson.Serialize(integrationEvent),
            time
        );
    }

    /// <summary>Puts a part of an event into the form in which it is stored until the relay gathers it.</summary>
    public static OutboxMessage From(EventPart part, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(part);
        return From(
            OutboxPartition.Gathered,
            part.EventName,
            part.Work.RecordId,
            JsonSerializer.Serialize(part.Work, EventJson.Options),
            time
        );
    }

    private static OutboxMessage From(short partition, string name, Guid subject, string body, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var now = time.GetUtcNow();
        return new OutboxMessage
        {
            Id = Guid.CreateVersion7(now),
            Partition = partition,
            EventName = name,
            SubjectId = subject,
            Body = body,
            TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null,
            OccurredAt = now,
        };
    }
}

/// <summary>A partition of the outbox. Its row is what a replica locks while it drains the
/// partition.</summary>
public sealed class OutboxPartition
{
    /// <summary>Partitions of subjects. It is part of the stored data: changing it needs an empty
    /// outbox.</summary>
    public const int Subjects = 16;

    /// <summary>The partition of parts that are gathered: every
    /// <see cref="MessagingOptions.GatherParts"/> what waits in it goes out as one event of many
    /// records, because an event costs broker and consumers as much as a command.</summary>
    public const short Gathered = Subjects;

    /// <summary>All partitions.</summary>
    public const int Count = Subjects + 1;

    /// <summary>0 … <see cref="Count"/> − 1.</summary>
    public short Partition { get; init; }

    /// <summary>The partition of a subject. Stable across processes and versions.</summary>
    public static short Of(Guid subject)
    {
        Span<byte> bytes = stackalloc byte[16];
        subject.TryWriteBytes(bytes, bigEndian: true, out _);
        // FNV-1a. string.GetHashCode and HashCode have another seed in each process, two replicas
        // would disagree.
        var hash = 2166136261u;
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * 16777619u;
        }

        return (short)((hash ^ (hash >> 16)) % Subjects);
    }
}

/// <summary>Remembers that a consumer has dealt with a message, so that a second delivery has no
/// second effect.</summary>
public sealed class InboxEntry
{
    /// <summary>Identity of the message, see <see cref="OutboxMessage.Id"/>.</summary>
    public Guid MessageId { get; init; }

    /// <summary>The consumer, by the name of its queue.</summary>
    public required string Consumer { get; init; }

    /// <summary>When it was dealt with, UTC. Entries are purged after
    /// <see cref="MessagingOptions.InboxDays"/>.</summary>
    public DateTimeOffset ConsumedAt { get; init; }
}
