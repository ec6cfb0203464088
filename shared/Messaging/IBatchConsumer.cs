using CustomerService.Contracts;

namespace CustomerService.Messaging;

/// <summary>
/// Deals with many events of one queue in one transaction, for consumers that only keep a picture of
/// others' records: there the commit, not the work, is what each event costs. Made in a scope of its
/// own for each batch; what it changes in the scoped DbContext is saved for it with all inbox
/// entries. When the batch fails, each of its events goes to its own consumer alone, so that one of
/// them never harms the others.
/// </summary>
public interface IBatchConsumer
{
    /// <summary>Whether readers may see what it does before the disk has it: it has turned <c>synchronous_commit</c> off for its
    /// transaction. The events are dealt with only when the disk has it all the same, so that a server which dies meanwhile
    /// loses none of them.</summary>
    bool IsSeenFirst => false;

    /// <summary>Applies the events, in the order in which they came.</summary>
    /// <param name="events">New events; one that turns out to have been dealt with before makes the batch fail on its
    /// inbox entry, and it is tried again without.</param>
    Task ConsumeAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken);
}

/// <summary>An event as it came.</summary>
/// <param name="Id">Its <c>cloudEvents:id</c>.</param>
/// <param name="OccurredAt">When it happened; null when its sender does not say.</param>
/// <param name="Event">The event.</param>
public sealed record ReceivedEvent(Guid Id, DateTimeOffset? OccurredAt, IIntegrationEvent Event);
