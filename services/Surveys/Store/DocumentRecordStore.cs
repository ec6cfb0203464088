using CustomerService.Records;
using CustomerService.Rules;

namespace CustomerService.Surveys.Store;

/// <summary>What records have beside them, as documents of whichever store.</summary>
internal sealed class DocumentRecordStore(IDocumentStore store) : IRecordStore
{
    private static readonly Type[] InTimelines =
    [
        typeof(Note),
        typeof(Tag),
        typeof(RecordLink),
        typeof(RecordFile),
        typeof(OutgoingMail),
    ];

    public void Add(Aggregate part) => store.Add(part);

    public Task<T?> FindAsync<T>(Guid id, CancellationToken cancellationToken)
        where T : Aggregate => store.FindAsync(DocumentQuery<T>.All.Where(part => part.Id, id), cancellationToken);

    public Task<IReadOnlyList<Note>> NotesAsync(
        Guid recordId,
        Guid? after,
        int limit,
        CancellationToken cancellationToken
    ) => store.ListAsync(DocumentQuery<Note>.All.Where(n => n.RecordId, recordId), after, limit, cancellationToken);

    public async Task<IReadOnlyList<Follower>> FollowersAsync(Guid recordId, CancellationToken cancellationToken) =>
        [
            .. (
                await ActiveAsync(
                    DocumentQuery<Follower>.All.Where(f => f.RecordId, recordId).Where(f => f.Active, true),
                    cancellationToken
                )
            )
                .OrderBy(f => f.Name, StringComparer.Ordinal)
                .ThenBy(f => f.Id),
        ];

    public async Task<IReadOnlyList<Tag>> TagsAsync(Guid recordId, CancellationToken cancellationToken) =>
        [
            .. (
                await ActiveAsync(
                    DocumentQuery<Tag>.All.Where(t => t.RecordId, recordId).Where(t => t.Active, true),
                    cancellationToken
                )
            )
                .OrderBy(t => t.At)
                .ThenBy(t => t.Id),
        ];

    public Task<IReadOnlyList<Follower>> FollowedByAsync(string userId, CancellationToken cancellationToken) =>
        store.ListAsync(
            DocumentQuery<Follower>.All.Where(f => f.UserId, userId).Where(f => f.Active, true),
            null,
            RecordLimits.MostMarked,
            cancellationToken
        );

    public Task<IReadOnlyList<Tag>> TaggedAsync(string key, CancellationToken cancellationToken) =>
        store.ListAsync(
            DocumentQuery<Tag>.All.Where(t => t.Key, key).Where(t => t.Active, true),
            null,
            RecordLimits.MostMarked,
            cancellationToken
        );

    public async Task<IReadOnlyList<RecordLink>> LinksAsync(Guid recordId, CancellationToken cancellationToken) =>
        [
            .. (
                await ActiveAsync(
                    DocumentQuery<RecordLink>.All.Where(l => l.RecordId, recordId).Where(l => l.Active, true),
                    cancellationToken
                )
            )
                .OrderBy(l => l.At)
                .ThenBy(l => l.Id),
        ];

    public async Task<IReadOnlyList<RecordFile>> FilesAsync(Guid recordId, CancellationToken cancellationToken) =>
        [
            .. (await ActiveAsync(DocumentQuery<RecordFile>.All.Where(f => f.RecordId, recordId), cancellationToken))
                .OrderBy(f => f.UploadedAt)
                .ThenBy(f => f.Id),
        ];

    public Task<IReadOnlyList<Guid>> MailsDueAsync(
        DateTimeOffset now,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        store.ListIdsAsync(
            DocumentQuery<OutgoingMail>.All.Between(m => m.NextAt, null, now),
            after,
            limit,
            cancellationToken
        );

    public Task<IReadOnlyList<FileCarry>> CarriesAsync(Guid fromId, CancellationToken cancellationToken) =>
        ActiveAsync(DocumentQuery<FileCarry>.All.Where(c => c.FromId, fromId), cancellationToken);

    public async Task<IReadOnlyList<T>> ReadAsync<T>(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
        where T : Aggregate =>
        ids.Count == 0
            ? []
            : await store.ListAsync(DocumentQuery<T>.All.In(part => part.Id, ids), null, ids.Count, cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> TimelineAsync(
        string kind,
        Guid recordId,
        TimelineCut? cut,
        TimelineCursor? after,
        int limit,
        CancellationToken cancellationToken
    ) => store.ReadTimelineAsync(kind, recordId, InTimelines, cut, after, limit, cancellationToken);

    /// <summary>How a record of this service is found, for <c>MapRecords</c>.</summary>
    public static FindRecord Finds<T>(Func<Actor, DocumentQuery<T>> visible)
        where T : Aggregate =>
        async (services, actor, id, cancellation) =>
            await services
                .GetRequiredService<IDocumentStore>()
                .AnyAsync(visible(actor).Where(record => record.Id, id), cancellation)
                // Invitations and responses have no numbers.
                ? new FoundRecord(null)
                : null;

    private Task<IReadOnlyList<T>> ActiveAsync<T>(DocumentQuery<T> which, CancellationToken cancellationToken)
        where T : Aggregate => store.ListAsync(which, null, RecordLimits.Most, cancellationToken);
}
