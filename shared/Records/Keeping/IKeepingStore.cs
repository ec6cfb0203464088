using CustomerService.Rules;

namespace CustomerService.Records.Keeping;

/// <summary>Which entries.</summary>
public sealed record RetentionCriteria
{
    /// <summary>Where they stand; null for all.</summary>
    public IReadOnlyList<RetentionState>? States { get; init; }

    /// <summary>Kind of the record.</summary>
    public string? Kind { get; init; }

    /// <summary>Closed on this day or later.</summary>
    public DateOnly? ClosedFrom { get; init; }

    /// <summary>Closed on this day or before.</summary>
    public DateOnly? ClosedTo { get; init; }

    /// <summary>To be kept until this day or later.</summary>
    public DateOnly? KeepFrom { get; init; }

    /// <summary>To be kept until this day or before.</summary>
    public DateOnly? KeepTo { get; init; }
}

/// <summary>What keeping and erasing ask of a store. Each service's store brings one; the same tests prove all.</summary>
public interface IKeepingStore
{
    /// <summary>The entry of a record, to be changed.</summary>
    Task<RetentionEntry?> FindAsync(Guid recordId, CancellationToken cancellation);

    /// <summary>Adds an entry.</summary>
    void Add(RetentionEntry entry);

    /// <summary>Entries to be read, the newest first.</summary>
    Task<IReadOnlyList<RetentionEntry>> ListAsync(
        RetentionCriteria which,
        Guid? after,
        int limit,
        CancellationToken cancellation
    );

    /// <summary>The record, to be erased; null where it is not there.</summary>
    Task<Aggregate?> RecordAsync(KeptKind kind, Guid id, CancellationToken cancellation);

    /// <summary>The audit trail of a record, in order.</summary>
    Task<IReadOnlyList<AuditEntry>> AuditAsync(Guid id, CancellationToken cancellation);

    /// <summary>Records that were closed or reopened since an instant, in order of their identities.</summary>
    Task<IReadOnlyList<Guid>> MovedAsync(
        KeptKinds kinds,
        DateTimeOffset since,
        Guid after,
        int limit,
        CancellationToken cancellation
    );

    /// <summary>Kinds of what cannot be without the record and is still there.</summary>
    Task<IReadOnlyList<string>> DependentsAsync(Aggregate record, CancellationToken cancellation);

    /// <summary>Removes a record with everything that stands beside it, its audit trail and its work items, with the
    /// commit.</summary>
    Task<ErasedContent> RemoveAsync(KeptKind kind, Aggregate record, CancellationToken cancellation);

    /// <summary>Records of which contents of files may go now.</summary>
    Task<IReadOnlyList<Guid>> WithBlobsAsync(DateTimeOffset now, Guid after, int limit, CancellationToken cancellation);

    /// <summary>Lets one at a time, of all replicas, keep or delete a content until what it does is committed. What is asked
    /// after this is what the others have committed.</summary>
    /// <param name="sha256">Hash of the content.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task HoldContentAsync(string sha256, CancellationToken cancellation);

    /// <summary>Whether a file of any record of this service still has this content.</summary>
    Task<bool> IsUsedAsync(string sha256, CancellationToken cancellation);

    /// <summary>Whether an erased record, another one than this, had this content, and it is not deleted yet.</summary>
    Task<bool> IsPendingAsync(string sha256, Guid besidesRecord, CancellationToken cancellation);
}
