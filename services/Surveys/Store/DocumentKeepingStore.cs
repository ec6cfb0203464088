using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using CustomerService.Records;
using CustomerService.Records.Keeping;
using CustomerService.Rules;

namespace CustomerService.Surveys.Store;

/// <summary>Keeping and erasing of documents in whichever store.</summary>
internal sealed class DocumentKeepingStore(IDocumentStore store) : IKeepingStore, IPartReader
{
    private const int MostParts = 10_000;

    private static readonly ConcurrentDictionary<Type, Find> Finds = new();

    private delegate Task<Aggregate?> Find(IDocumentStore store, Guid id, CancellationToken cancellation);

    public Task<RetentionEntry?> FindAsync(Guid recordId, CancellationToken cancellation) =>
        store.FindAsync(DocumentQuery<RetentionEntry>.All.Where(entry => entry.RecordId, recordId), cancellation);

    public void Add(RetentionEntry entry) => store.Add(entry);

    public Task<IReadOnlyList<RetentionEntry>> ListAsync(
        RetentionCriteria which,
        Guid? after,
        int limit,
        CancellationToken cancellation
    ) =>
        store.ListAsync(
            DocumentQuery<RetentionEntry>
                .All.In(entry => entry.State, which.States)
                .Where(entry => entry.RecordKind, which.Kind)
                .Between(entry => entry.ClosedOn, which.ClosedFrom, which.ClosedTo)
                .Between(entry => entry.KeepThrough, which.KeepFrom, which.KeepTo),
            after,
            limit,
            cancellation
        );

    public Task<Aggregate?> RecordAsync(KeptKind kind, Guid id, CancellationToken cancellation) =>
        Finds.GetOrAdd(
            kind.Type,
            static type =>
                typeof(DocumentKeepingStore)
                    .GetMethod(nameof(OfAsync), BindingFlags.Static | BindingFlags.NonPublic)!
                    .MakeGenericMethod(type)
                    .CreateDelegate<Find>()
        )(store, id, cancellation);

    public Task<IReadOnlyList<AuditEntry>> AuditAsync(Guid id, CancellationToken cancellation) =>
        store.ReadAuditAsync(id, cancellation);

    public Task<IReadOnlyList<Guid>> MovedAsync(
        KeptKinds kinds,
        DateTimeOffset since,
        Guid after,
        int limit,
        CancellationToken cancellation
    ) => store.ListMovedAsync(kinds.Names, kinds.FinalStates, since, after, limit, cancellation);

    // Documents know of each other by identity alone; none is in another's way.
    public Task<IReadOnlyList<string>> DependentsAsync(Aggregate record, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public async Task<ErasedContent> RemoveAsync(KeptKind kind, Aggregate record, CancellationToken cancellation)
    {
        var id = record.Id;
        var links = await PartsAsync<RecordLink>(link => link.RecordId, id);
        var files = await PartsAsync<RecordFile>(file => file.RecordId, id);
        IReadOnlyList<Aggregate> all =
        [
            record,
            .. await kind.PartsAsync(this, id),
            .. await PartsAsync<Note>(note => note.RecordId, id),
            .. await PartsAsync<Follower>(follower => follower.RecordId, id),
            .. await PartsAsync<Tag>(tag => tag.RecordId, id),
            .. await PartsAsync<OutgoingMail>(mail => mail.RecordId, id),
            .. await PartsAsync<FileOrder>(order => order.RecordId, id),
            .. await PartsAsync<FileCarry>(carry => carry.RecordId, id),
            .. links,
            .. files,
        ];
        var rows = new ErasedRows();
        foreach (var gone in all)
        {
            await store.RemoveAsync(gone, rows, cancellation);
        }

        return new(
            rows.Sha256(),
            rows.Count,
            ErasedBlob.Of(files.Cast<RecordFile>()),
            [.. all.Skip(1).Select(part => part.Id)],
            [.. links.Cast<RecordLink>().Where(link => link.Active)]
        );
    }

    public async Task<IReadOnlyList<Guid>> WithBlobsAsync(
        DateTimeOffset now,
        Guid after,
        int limit,
        CancellationToken cancellation
    ) =>
        [
            .. (await PendingAsync(now, cancellation))
                .Where(entry => entry.RecordId > after)
                .Select(entry => entry.RecordId)
                .Order()
                .Take(limit),
        ];

    public async Task<bool> IsPendingAsync(string sha256, Guid besidesRecord, CancellationToken cancellation) =>
        (await PendingAsync(DateTimeOffset.MaxValue, cancellation)).Any(entry =>
            entry.RecordId != besidesRecord && entry.Blobs.Contains(sha256)
        );

    private async Task<IEnumerable<RetentionEntry>> PendingAsync(DateTimeOffset now, CancellationToken cancellation) =>
        (
            await store.ListAsync(
                DocumentQuery<RetentionEntry>.All.Between(entry => entry.BlobsDueAt, null, now),
                null,
                MostParts,
                cancellation
            )
        ).Where(entry => entry.BlobsDueAt is not null);

    public Task HoldContentAsync(string sha256, CancellationToken cancellation) =>
        store.LockAsync("content/" + sha256, cancellation);

    public Task<bool> IsUsedAsync(string sha256, CancellationToken cancellation) =>
        store.AnyAsync(DocumentQuery<RecordFile>.All.Where(file => file.Sha256, sha256), cancellation);

    public async Task<IReadOnlyList<Aggregate>> PartsAsync<TPart>(Expression<Func<TPart, Guid>> recordOf, Guid record)
        where TPart : Aggregate
    {
        var parts = new List<Aggregate>();
        var which = DocumentQuery<TPart>.All.Where(recordOf, record);
        foreach (var id in await store.ListIdsAsync(which, Guid.Empty, MostParts, CancellationToken.None))
        {
            if (await OfAsync<TPart>(store, id, CancellationToken.None) is { } part)
            {
                parts.Add(part);
            }
        }

        return parts;
    }

    private static async Task<Aggregate?> OfAsync<T>(IDocumentStore store, Guid id, CancellationToken cancellation)
        where T : Aggregate => await store.FindAsync(DocumentQuery<T>.All.Where(record => record.Id, id), cancellation);
}
