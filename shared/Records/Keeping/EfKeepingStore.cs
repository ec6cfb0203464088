using System.Linq.Expressions;
using System.Text.Json;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CustomerService.Records.Keeping;

/// <summary>Keeping and erasing in a service's PostgreSQL store.</summary>
internal sealed class EfKeepingStore<TDb>(TDb db) : IKeepingStore, IPartReader
    where TDb : ServiceDbContext
{
    private CancellationToken _cancellation;

    public Task<RetentionEntry?> FindAsync(Guid recordId, CancellationToken cancellation) =>
        db.Set<RetentionEntry>().FirstOrDefaultAsync(entry => entry.RecordId == recordId, cancellation);

    public void Add(RetentionEntry entry) => db.Add(entry);

    public async Task<IReadOnlyList<RetentionEntry>> ListAsync(
        RetentionCriteria which,
        Guid? after,
        int limit,
        CancellationToken cancellation
    )
    {
        var entries = db.Set<RetentionEntry>().AsNoTracking();
        if (which.States is { } states)
        {
            entries = entries.Where(entry => states.Contains(entry.State));
        }

        if (which.Kind is { } kind)
        {
            entries = entries.Where(entry => entry.RecordKind == kind);
        }

        if (after is { } last)
        {
            entries = entries.Where(entry => entry.Id < last);
        }

        return await entries
            .Where(which.ClosedFrom, day => entry => entry.ClosedOn >= day)
            .Where(which.ClosedTo, day => entry => entry.ClosedOn <= day)
            .Where(which.KeepFrom, day => entry => entry.KeepThrough >= day)
            .Where(which.KeepTo, day => entry => entry.KeepThrough <= day)
            .OrderByDescending(entry => entry.Id)
            .Take(limit)
            .ToListAsync(cancellation);
    }

    public async Task<Aggregate?> RecordAsync(KeptKind kind, Guid id, CancellationToken cancellation) =>
        await db.FindAsync(kind.Type, [id], cancellation) as Aggregate;

    public async Task<IReadOnlyList<AuditEntry>> AuditAsync(Guid id, CancellationToken cancellation) =>
        [
            .. (
                await db.Set<AuditRow>()
                    .AsNoTracking()
                    .Where(row => row.AggregateId == id)
                    .OrderBy(row => row.Sequence)
                    .ToListAsync(cancellation)
            ).Select(row => row.ToEntry()),
        ];

    public async Task<IReadOnlyList<Guid>> MovedAsync(
        KeptKinds kinds,
        DateTimeOffset since,
        Guid after,
        int limit,
        CancellationToken cancellation
    )
    {
        var (names, states) = (kinds.Names, kinds.FinalStates);
        return await db.Set<AuditRow>()
            .Where(row =>
                row.At >= since
                && row.AggregateId > after
                && names.Contains(row.AggregateType)
                && (states.Contains(row.ToState) || states.Contains(row.FromState!))
            )
            .Select(row => row.AggregateId)
            .Distinct()
            .OrderBy(id => id)
            .Take(limit)
            .ToListAsync(cancellation);
    }

    public async Task<IReadOnlyList<string>> DependentsAsync(Aggregate record, CancellationToken cancellation)
    {
        var kinds = new List<string>();
        foreach (var key in ReferencesTo(record).Where(key => IsRecord(key.DeclaringEntityType)))
        {
            if ((await RowsAsync(key, record.Id, 1, cancellation)).Count > 0)
            {
                kinds.Add(Spelling.Kebab(key.DeclaringEntityType.ClrType.Name));
            }
        }

        return kinds;
    }

    public async Task<ErasedContent> RemoveAsync(KeptKind kind, Aggregate record, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        var id = record.Id;
        var parts = new List<Aggregate>(await kind.PartsAsync(this, id));
        parts.AddRange(await PartsAsync<Note>(note => note.RecordId, id));
        parts.AddRange(await PartsAsync<Follower>(follower => follower.RecordId, id));
        parts.AddRange(await PartsAsync<Tag>(tag => tag.RecordId, id));
        parts.AddRange(await PartsAsync<OutgoingMail>(mail => mail.RecordId, id));
        parts.AddRange(await PartsAsync<FileOrder>(order => order.RecordId, id));
        parts.AddRange(await PartsAsync<FileCarry>(carry => carry.RecordId, id));
        var links = await PartsAsync<RecordLink>(link => link.RecordId, id);
        var files = await PartsAsync<RecordFile>(file => file.RecordId, id);
        parts.AddRange([.. links, .. files]);
        var owned = new List<object>();
        foreach (var key in ReferencesTo(record).Where(key => !IsRecord(key.DeclaringEntityType)))
        {
            owned.AddRange(await RowsAsync(key, id, int.MaxValue, cancellation));
        }

        List<Guid> ids = [id, .. parts.Select(part => part.Id)];
        owned.AddRange(await db.Set<AuditRow>().Where(row => ids.Contains(row.AggregateId)).ToListAsync(cancellation));
        owned.AddRange(await db.Set<WorkRow>().Where(row => ids.Contains(row.RecordId)).ToListAsync(cancellation));
        owned.AddRange(await db.Set<WorkSnooze>().Where(row => ids.Contains(row.RecordId)).ToListAsync(cancellation));
        db.RemoveRange([record, .. parts, .. owned]);
        var rows = new ErasedRows();
        foreach (var entry in db.ChangeTracker.Entries().Where(entry => entry.State == EntityState.Deleted))
        {
            rows.Add(entry.Metadata.GetTableName() ?? entry.Metadata.Name, KeyOf(entry), ContentOf(entry));
        }

        return new(
            rows.Sha256(),
            rows.Count,
            ErasedBlob.Of(files.Cast<RecordFile>()),
            [.. ids.Skip(1)],
            [.. links.Cast<RecordLink>().Where(link => link.Active)]
        );
    }

    public async Task<IReadOnlyList<Guid>> WithBlobsAsync(
        DateTimeOffset now,
        Guid after,
        int limit,
        CancellationToken cancellation
    ) =>
        await db.Set<RetentionEntry>()
            .Where(entry => entry.BlobsDueAt <= now && entry.RecordId > after)
            .OrderBy(entry => entry.RecordId)
            .Take(limit)
            .Select(entry => entry.RecordId)
            .ToListAsync(cancellation);

    public Task HoldContentAsync(string sha256, CancellationToken cancellation) =>
        db.LockAsync("content/" + sha256, cancellation);

    public Task<bool> IsUsedAsync(string sha256, CancellationToken cancellation) =>
        db.Set<RecordFile>().AnyAsync(file => file.Sha256 == sha256, cancellation);

    public Task<bool> IsPendingAsync(string sha256, Guid besidesRecord, CancellationToken cancellation) =>
        db.Set<RetentionEntry>()
            .AnyAsync(
                entry => entry.BlobsDueAt != null && entry.RecordId != besidesRecord && entry.Blobs.Contains(sha256),
                cancellation
            );

    public async Task<IReadOnlyList<Aggregate>> PartsAsync<TPart>(Expression<Func<TPart, Guid>> recordOf, Guid record)
        where TPart : Aggregate
    {
        Expression<Func<Guid>> wanted = () => record;
        return await db.Set<TPart>()
            .Where(
                Expression.Lambda<Func<TPart, bool>>(Expression.Equal(recordOf.Body, wanted.Body), recordOf.Parameters)
            )
            .ToListAsync(_cancellation);
    }

    private IEnumerable<IForeignKey> ReferencesTo(Aggregate record) =>
        db.Model.FindEntityType(record.GetType())!.GetReferencingForeignKeys().Where(key => !key.IsOwnership);

    private static bool IsRecord(IEntityType type) => type.ClrType.IsAssignableTo(typeof(Aggregate));

    private async Task<IReadOnlyList<object>> RowsAsync(
        IForeignKey key,
        Guid record,
        int limit,
        CancellationToken cancellation
    )
    {
        var read = typeof(EfKeepingStore<TDb>)
            .GetMethod(
                nameof(ReadAsync),
                System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic
            )!
            .MakeGenericMethod(key.DeclaringEntityType.ClrType);
        return await (Task<IReadOnlyList<object>>)
            read.Invoke(this, [key.Properties.Single(), record, limit, cancellation])!;
    }

    private async Task<IReadOnlyList<object>> ReadAsync<T>(
        IProperty member,
        Guid record,
        int limit,
        CancellationToken cancellation
    )
        where T : class
    {
        var name = member.Name;
        return
        [
            .. await db.Set<T>()
                .Where(row => EF.Property<Guid?>(row, name) == record)
                .Take(limit)
                .ToListAsync(cancellation),
        ];
    }

    private static string KeyOf(EntityEntry entry) =>
        string.Join('/', entry.Metadata.FindPrimaryKey()!.Properties.Select(p => Spelled(p, entry)));

    private static string ContentOf(EntityEntry entry) =>
        JsonSerializer.Serialize(
            entry
                .Metadata.GetProperties()
                .OrderBy(property => property.Name, StringComparer.Ordinal)
                .Select(property => new[] { property.Name, Spelled(property, entry) })
        );

    // As the store has it, so that the hash does not depend on how a class is written.
    private static string? Spelled(IProperty property, EntityEntry entry)
    {
        var value = entry.Property(property).OriginalValue;
        var stored = property.GetTypeMapping().Converter?.ConvertToProvider(value) ?? value;
        return stored switch
        {
            null => null,
            string text => text,
            _ => JsonSerializer.Serialize(stored, stored.GetType()),
        };
    }
}
