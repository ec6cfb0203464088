using CustomerService.Rules;

namespace CustomerService.Records;

/// <summary>Where a page of a timeline goes on: behind this entry.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Kind">Kind of what changed.</param>
/// <param name="Id">What changed.</param>
/// <param name="Sequence">Which of its changes.</param>
public sealed record TimelineCursor(DateTimeOffset At, string Kind, Guid Id, long Sequence);

/// <summary>What outsiders see of a timeline.</summary>
/// <param name="Actions">Steps of the record itself.</param>
/// <param name="Files">Files that they see.</param>
/// <param name="FileActions">Steps of these files.</param>
public sealed record TimelineCut(
    IReadOnlyList<string> Actions,
    IReadOnlyList<Guid> Files,
    IReadOnlyList<string> FileActions
);

/// <summary>
/// What the records of a service have beside them, in its own store. What is found or added here is saved with the
/// commit of the command or the consumer. PostgreSQL by EF Core is built in; a service with another store registers its
/// own, and <c>RecordStoreContract</c> in tests/Testing proves it.
/// </summary>
public interface IRecordStore
{
    /// <summary>Adds a note, a follower, a tag, a link or a file.</summary>
    void Add(Aggregate part);

    /// <summary>A note, a follower, a tag, a link or a file, to be changed.</summary>
    Task<T?> FindAsync<T>(Guid id, CancellationToken cancellationToken)
        where T : Aggregate;

    /// <summary>Notes of a record, the newest first.</summary>
    /// <param name="recordId">The record.</param>
    /// <param name="after">Only notes older than this one; null begins with the newest.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<Note>> NotesAsync(Guid recordId, Guid? after, int limit, CancellationToken cancellationToken);

    /// <summary>Who follows the record, by name.</summary>
    Task<IReadOnlyList<Follower>> FollowersAsync(Guid recordId, CancellationToken cancellationToken);

    /// <summary>The tags that are set, in their order.</summary>
    Task<IReadOnlyList<Tag>> TagsAsync(Guid recordId, CancellationToken cancellationToken);

    /// <summary>What a person follows.</summary>
    Task<IReadOnlyList<Follower>> FollowedByAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Where a tag is set.</summary>
    /// <param name="key">The tag as it is compared, <see cref="Tag.Key"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<Tag>> TaggedAsync(string key, CancellationToken cancellationToken);

    /// <summary>The links that are set, in their order.</summary>
    Task<IReadOnlyList<RecordLink>> LinksAsync(Guid recordId, CancellationToken cancellationToken);

    /// <summary>The files of a record, those that are struck through too, as they came.</summary>
    Task<IReadOnlyList<RecordFile>> FilesAsync(Guid recordId, CancellationToken cancellationToken);

    /// <summary>Mails that are to be tried now, in the store's order of identities.</summary>
    Task<IReadOnlyList<Guid>> MailsDueAsync(
        DateTimeOffset now,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Who takes the files of a record along.</summary>
    Task<IReadOnlyList<FileCarry>> CarriesAsync(Guid fromId, CancellationToken cancellationToken);

    /// <summary>Those of these notes, tags or links that there are, to be read.</summary>
    Task<IReadOnlyList<T>> ReadAsync<T>(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
        where T : Aggregate;

    /// <summary>
    /// The audit trail of a record and of what stands beside it, in one order: the newest first, then by kind, then by
    /// identity, then the last step first.
    /// </summary>
    /// <param name="kind">Kind of the record.</param>
    /// <param name="recordId">The record.</param>
    /// <param name="cut">Only this; null for everything.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<AuditEntry>> TimelineAsync(
        string kind,
        Guid recordId,
        TimelineCut? cut,
        TimelineCursor? after,
        int limit,
        CancellationToken cancellationToken
    );
}

/// <summary>How much of a record's parts is read at once.</summary>
public static class RecordLimits
{
    /// <summary>Most followers, tags, links or files that a list gives.</summary>
    public const int Most = 500;

    /// <summary>Most records that a person follows, or that have a tag, which a work list looks at.</summary>
    public const int MostMarked = 5000;
}
