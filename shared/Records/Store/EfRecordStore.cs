using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Records;

/// <summary>Identities of what a module keeps of a record, as a query.</summary>
/// <param name="Of">From the store and the record to the identities.</param>
internal sealed record TimelinePart(Func<DbContext, Guid, IQueryable<Guid>> Of);

/// <summary>The parts of records in a service's PostgreSQL store.</summary>
internal sealed class EfRecordStore<TDb>(TDb db, RecordKinds kinds, IEnumerable<TimelinePart> parts) : IRecordStore
    where TDb : ServiceDbContext
{
    public void Add(Aggregate part) => db.Add(part);

    public async Task<T?> FindAsync<T>(Guid id, CancellationToken cancellationToken)
        where T : Aggregate => await db.FindAsync<T>([id], cancellationToken);

    public async Task<IReadOnlyList<Note>> NotesAsync(
        Guid recordId,
        Guid? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var notes = db.Set<Note>().AsNoTracking().Where(n => n.RecordId == recordId);
        if (after is { } last)
        {
            notes = notes.Where(n => n.Id < last);
        }

        return await notes.OrderByDescending(n => n.Id).Take(limit).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<Follower>> FollowersAsync(Guid recordId, CancellationToken cancellationToken) =>
        await db.Set<Follower>()
            .AsNoTracking()
            .Where(f => f.RecordId == recordId && f.Active)
            .OrderBy(f => f.Name)
            .ThenBy(f => f.Id)
            .Take(RecordLimits.Most)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<Tag>> TagsAsync(Guid recordId, CancellationToken cancellationToken) =>
        await db.Set<Tag>()
            .AsNoTracking()
            .Where(t => t.RecordId == recordId && t.Active)
            .OrderBy(t => t.At)
            .ThenBy(t => t.Id)
            .Take(RecordLimits.Most)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<Follower>> FollowedByAsync(string userId, CancellationToken cancellationToken) =>
        await db.Set<Follower>()
            .AsNoTracking()
            .Where(f => f.UserId == userId && f.Active)
            .OrderByDescending(f => f.Since)
            .Take(RecordLimits.MostMarked)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<Tag>> TaggedAsync(string key, CancellationToken cancellationToken) =>
        await db.Set<Tag>()
            .AsNoTracking()
            .Where(t => t.Key == key && t.Active)
            .OrderByDescending(t => t.At)
            .Take(RecordLimits.MostMarked)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<RecordLink>> LinksAsync(Guid recordId, CancellationToken cancellationToken) =>
        await db.Set<RecordLink>()
            .AsNoTracking()
            .Where(l => l.RecordId == recordId && l.Active)
            .OrderBy(l => l.At)
            .ThenBy(l => l.Id)
            .Take(RecordLimits.Most)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<RecordFile>> FilesAsync(Guid recordId, CancellationToken cancellationToken) =>
        await db.Set<RecordFile>()
            .AsNoTracking()
            .Where(f => f.RecordId == recordId)
            .OrderBy(f => f.UploadedAt)
            .ThenBy(f => f.Id)
            .Take(RecordLimits.Most)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<Guid>> MailsDueAsync(
        DateTimeOffset now,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await db.Set<OutgoingMail>()
            .Where(m => m.NextAt <= now && m.Id > after)
            .OrderBy(m => m.Id)
            .Select(m => m.Id)
            .Take(limit)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<FileCarry>> CarriesAsync(Guid fromId, CancellationToken cancellationToken) =>
        await db.Set<FileCarry>().AsNoTracking().Where(c => c.FromId == fromId).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<T>> ReadAsync<T>(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
        where T : Aggregate =>
        ids.Count == 0
            ? []
            : await db.Set<T>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<AuditEntry>> TimelineAsync(
        string kind,
        Guid recordId,
        TimelineCut? cut,
        TimelineCursor? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var trail = db.Set<AuditRow>().AsNoTracking();
        if (cut is not null)
        {
            Guid[] seen = [recordId, .. cut.Files];
            var (actions, ofFiles) = (cut.Actions, cut.FileActions);
            trail = trail.Where(row =>
                seen.Contains(row.AggregateId)
                && (row.AggregateId == recordId ? actions.Contains(row.Action) : ofFiles.Contains(row.Action))
            );
        }
        else
        {
            // One subquery of identities and no OR: each of them is then looked up by the key of the trail.
            var ids = kinds
                .Of(kind)
                .Itself!(db, recordId)
                .Concat(db.Set<Note>().Where(n => n.RecordId == recordId).Select(n => n.Id))
                .Concat(db.Set<Tag>().Where(t => t.RecordId == recordId).Select(t => t.Id))
                .Concat(db.Set<RecordFile>().Where(f => f.RecordId == recordId).Select(f => f.Id))
                .Concat(db.Set<OutgoingMail>().Where(m => m.RecordId == recordId).Select(m => m.Id))
                .Concat(db.Set<RecordLink>().Where(l => l.RecordId == recordId).Select(l => l.Id));
            ids = parts.Aggregate(ids, (all, part) => all.Concat(part.Of(db, recordId)));
            trail = trail.Where(row => ids.Contains(row.AggregateId));
        }

        var rows = await trail.InTimelineOrder(after, limit).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToEntry())];
    }
}
