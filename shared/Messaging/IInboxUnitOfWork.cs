namespace CustomerService.Messaging;

/// <summary>One delivery to one consumer.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Consumer">The consumer, by the name of its queue.</param>
public readonly record struct InboxKey(Guid MessageId, string Consumer);

/// <summary>What came of a delivery.</summary>
public enum InboxOutcome
{
    /// <summary>It has had its effect now.</summary>
    Consumed,

    /// <summary>It had its effect before; nothing was done.</summary>
    Duplicate,

    /// <summary>
    /// The consumer changed nothing, and the message is not recorded yet: <see cref="IInboxBatch"/>
    /// does it, together with others. A unit of work whose store has no such batch never returns
    /// this.
    /// </summary>
    Unchanged,
}

/// <summary>
/// The transaction in which a consumer runs. Registered scoped, next to what the consumer uses as
/// its store. One implementation for each kind of database.
/// </summary>
public interface IInboxUnitOfWork
{
    /// <summary>
    /// Runs the consumer, records the message as consumed and commits both together with what the
    /// consumer changed and announced; or, when the message was recorded before, changes nothing.
    /// Any other fault of the consumer passes through, with nothing kept.
    /// </summary>
    Task<InboxOutcome> ConsumeAsync(InboxKey key, Func<Task> consume, CancellationToken cancellationToken);

    /// <summary>Forgets what was consumed before this instant.</summary>
    Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>Records messages whose consumer changed nothing, many in one commit. Optional;
/// registered as a singleton.</summary>
public interface IInboxBatch
{
    /// <summary>Comes back when the message is recorded and committed, or known to have been
    /// before.</summary>
    Task<InboxOutcome> RecordAsync(InboxKey key);
}
