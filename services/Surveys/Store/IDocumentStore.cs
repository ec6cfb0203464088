using CustomerService.Records;
using CustomerService.Records.Keeping;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Surveys.Store;

/// <summary>
/// The store of this service: aggregates as documents, found by a <see cref="DocumentQuery{T}"/>. What was found or
/// added is watched; one commit (<see cref="ICommandStore.CommitAsync"/>, or the end of a consumer) writes every change
/// with its expected version, the audit entries, the events, the idempotency record and the inbox entry together, or
/// nothing. Two adapters keep it, PostgreSQL and MongoDB; <see cref="DocumentType"/> is all they know of an aggregate.
/// </summary>
internal interface IDocumentStore
{
    /// <summary>A new record; it is saved with the next commit.</summary>
    void Add(Aggregate record);

    /// <summary>The first that fits, to be changed: the same document is the same object until the commit.</summary>
    Task<T?> FindAsync<T>(DocumentQuery<T> which, CancellationToken cancellationToken)
        where T : Aggregate;

    /// <summary>Documents to be read, newest first. What is changed in them is not saved.</summary>
    /// <param name="which">Which.</param>
    /// <param name="after">Only documents older than this one; null begins with the newest.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<T>> ListAsync<T>(
        DocumentQuery<T> which,
        Guid? after,
        int limit,
        CancellationToken cancellationToken
    )
        where T : Aggregate;

    /// <summary>Identities alone, oldest first.</summary>
    /// <inheritdoc cref="ListAsync" path="/param"/>
    Task<IReadOnlyList<Guid>> ListIdsAsync<T>(
        DocumentQuery<T> which,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    )
        where T : Aggregate;

    /// <summary>How many documents there are of each combination of values, in one question.</summary>
    /// <param name="which">Which.</param>
    /// <param name="by">At most four members that are texts, by their names in the document.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<DocumentCount>> CountAsync<T>(
        DocumentQuery<T> which,
        IReadOnlyList<string> by,
        CancellationToken cancellationToken
    )
        where T : Aggregate;

    /// <summary>How many elements of a list in the documents there are of each combination of values, in one
    /// question.</summary>
    /// <param name="which">Which documents.</param>
    /// <param name="list">The list, by its name in the document.</param>
    /// <param name="by">Texts or whole numbers of the document, by their names in it.</param>
    /// <param name="parts">Texts of the element; a dot leads into it.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Values of the document, then those of the element.</returns>
    Task<IReadOnlyList<DocumentCount>> CountPartsAsync<T>(
        DocumentQuery<T> which,
        string list,
        IReadOnlyList<string> by,
        IReadOnlyList<string> parts,
        CancellationToken cancellationToken
    )
        where T : Aggregate;

    /// <summary>A text of elements of a list in the documents, newest document first, in one question; elements without it
    /// are left out.</summary>
    /// <param name="which">Which documents.</param>
    /// <param name="list">The list, by its name in the document.</param>
    /// <param name="by">Texts or whole numbers of the document, by their names in it.</param>
    /// <param name="parts">Texts of the element.</param>
    /// <param name="text">The text that is read, by its name in the element.</param>
    /// <param name="each">At most so many of each combination of values.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<DocumentPart>> ListPartsAsync<T>(
        DocumentQuery<T> which,
        string list,
        IReadOnlyList<string> by,
        IReadOnlyList<string> parts,
        string text,
        int each,
        CancellationToken cancellationToken
    )
        where T : Aggregate;

    Task<bool> AnyAsync<T>(DocumentQuery<T> which, CancellationToken cancellationToken)
        where T : Aggregate;

    /// <summary>Lets one at a time, of all replicas, act on a name until the next commit. What is read after this is what
    /// the others have committed.</summary>
    Task LockAsync(string name, CancellationToken cancellationToken);

    /// <summary>Removes a document that was found here, with its audit trail and its work items, with the next
    /// commit.</summary>
    /// <param name="record">The document.</param>
    /// <param name="rows">Learns what is removed.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task RemoveAsync(Aggregate record, ErasedRows rows, CancellationToken cancellationToken);

    /// <summary>Documents that came into one of these states, or left it, since an instant; in the store's order of
    /// identities.</summary>
    Task<IReadOnlyList<Guid>> ListMovedAsync(
        IReadOnlyList<string> kinds,
        IReadOnlyList<string> states,
        DateTimeOffset since,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>The audit entries of one document, in order.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The audit entries of a document and of what refers to it by its member <c>recordId</c>, in the order of
    /// <see cref="IRecordStore.TimelineAsync"/>.</summary>
    /// <param name="kind">Kind of the document.</param>
    /// <param name="id">The document.</param>
    /// <param name="beside">What refers to it.</param>
    /// <param name="cut">Only this; null for everything.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<AuditEntry>> ReadTimelineAsync(
        string kind,
        Guid id,
        IReadOnlyList<Type> beside,
        TimelineCut? cut,
        TimelineCursor? after,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Every audit entry, document by document, in order.</summary>
    IAsyncEnumerable<AuditEntry> ReadAuditTrailAsync(CancellationToken cancellationToken);

    /// <summary>What every document remembers as the end of its audit chain.</summary>
    IAsyncEnumerable<DocumentHead> ReadAuditHeadsAsync(CancellationToken cancellationToken);

    /// <summary>What one document remembers as the end of its audit chain, as the store has it now; null when
    /// there is no such document.</summary>
    Task<AuditHead?> ReadAuditHeadAsync(Guid id, CancellationToken cancellationToken);
}

/// <summary>How many documents have these values.</summary>
/// <param name="Values">In the order in which they were asked for; null where a document has none.</param>
/// <param name="Count">How many.</param>
internal sealed record DocumentCount(IReadOnlyList<string?> Values, int Count);

/// <summary>A text of an element of a document.</summary>
/// <param name="Id">The document.</param>
/// <param name="Values">In the order in which they were asked for; null where there is none.</param>
/// <param name="Text">The text.</param>
internal sealed record DocumentPart(Guid Id, IReadOnlyList<string?> Values, string Text);

/// <summary>The last audit hash that a document knows of.</summary>
internal sealed record DocumentHead(string Kind, Guid Id, string Hash);
