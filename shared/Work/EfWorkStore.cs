using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Work;

/// <summary>The work lists of a PostgreSQL store.</summary>
internal sealed class EfWorkStore<TDb>(TDb db) : IWorkStore
    where TDb : ServiceDbContext
{
    public async Task<IReadOnlyList<WorkRow>> ListAsync(
        WorkCriteria criteria,
        int most,
        CancellationToken cancellation
    ) =>
        await Of(criteria)
            .OrderBy(row => row.DueAt)
            .ThenBy(row => row.RecordId)
            .ThenBy(row => row.Action)
            .Take(most)
            .ToListAsync(cancellation);

    public async Task<IReadOnlyList<Guid>> DependingOnTimeAsync(
        Guid after,
        int limit,
        CancellationToken cancellation
    ) =>
        await db.Set<WorkRow>()
            .Where(row => row.DependsOnTime && row.RecordId > after)
            .Select(row => row.RecordId)
            .Distinct()
            .OrderBy(id => id)
            .Take(limit)
            .ToListAsync(cancellation);

    public async Task<IReadOnlyDictionary<string, long>> CountOverdueAsync(
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        await db.Set<WorkRow>()
            .Where(row => row.DueAt < now)
            .GroupBy(row => row.RecordKind)
            .Select(rows => new { Kind = rows.Key, Records = rows.Select(row => row.RecordId).Distinct().LongCount() })
            .ToDictionaryAsync(rows => rows.Kind, rows => rows.Records, StringComparer.Ordinal, cancellation);

    public async Task<bool> RefreshAsync(Guid recordId, CancellationToken cancellation) =>
        await db.Set<WorkRow>()
            .Where(row => row.RecordId == recordId)
            .Select(row => row.RecordKind)
            .FirstOrDefaultAsync(cancellation)
            is { } kind
        && await db.RefreshWorkAsync(kind, recordId, cancellation);

    public Task<int> CountAsync(WorkCriteria criteria, CancellationToken cancellation) =>
        Of(criteria).CountAsync(cancellation);

    /// <summary>One pass over the list.</summary>
    public async Task<WorkTally> TallyAsync(WorkCriteria criteria, WorkDays days, CancellationToken cancellation) =>
        await Of(criteria)
            .GroupBy(_ => 1)
            .Select(rows => new WorkTally(
                rows.Count(),
                rows.Count(row => row.DueAt < days.Now),
                rows.Count(row => row.DueAt < days.Tomorrow),
                rows.Count(row => row.DueAt < days.Monday)
            ))
            .SingleOrDefaultAsync(cancellation)
        ?? WorkTally.None;

    public async Task<IReadOnlyList<WorkRow>> OfRecordAsync(Guid recordId, CancellationToken cancellation) =>
        await db.Set<WorkRow>()
            .AsNoTracking()
            .Where(row => row.RecordId == recordId)
            .OrderBy(row => row.Action)
            .ToListAsync(cancellation);

    public async Task SnoozeAsync(
        Actor person,
        Guid recordId,
        string action,
        DateOnly? until,
        CancellationToken cancellation
    )
    {
        var known = await db.Set<WorkSnooze>().FindAsync([person.Id, recordId, action], cancellation);
        if (until is not { } day)
        {
            if (known is not null)
            {
                db.Remove(known);
            }
        }
        else if (known is not null)
        {
            known.Until = day;
        }
        else
        {
            db.Add(
                new WorkSnooze
                {
                    PersonId = person.Id,
                    RecordId = recordId,
                    Action = action,
                    Until = day,
                }
            );
        }
    }

    private IQueryable<WorkRow> Of(WorkCriteria criteria)
    {
        var (id, today) = (criteria.Reader.Id, criteria.Today);
        string[] words = [.. criteria.Words.Taking];
        string[] exceptions = [.. criteria.Words.Excepted];
        var rows = db.Set<WorkRow>().AsNoTracking();
        rows = criteria.View switch
        {
            WorkView.Mine => rows.Where(row =>
                row.Takers.Any(taker => words.Contains(taker))
                && !row.Exceptions.Any(exception => exceptions.Contains(exception))
                && (row.AssigneeId == null || row.AssigneeId == id)
            ),
            WorkView.Assigned => rows.Where(row => row.AssigneeId == id),
            WorkView.Department => OfDepartment(rows, criteria),
            WorkView.Followed => rows,
            _ => rows.Where(row =>
                db.Set<AuditRow>().Any(entry => entry.ActorId == id && entry.AggregateId == row.RecordId)
                && (
                    !row.Takers.Any(taker => words.Contains(taker))
                    || row.Exceptions.Any(exception => exceptions.Contains(exception))
                    || (row.AssigneeId != null && row.AssigneeId != id)
                )
            ),
        };
        if (!criteria.WithSnoozed)
        {
            rows = rows.Where(row =>
                !db.Set<WorkSnooze>()
                    .Any(snooze =>
                        snooze.PersonId == id
                        && snooze.RecordId == row.RecordId
                        && snooze.Action == row.Action
                        && snooze.Until > today
                    )
            );
        }

        if (criteria.Records is { } records)
        {
            rows = rows.Where(row => records.Contains(row.RecordId));
        }

        if (criteria.DueBefore is { } before)
        {
            rows = rows.Where(row => row.DueAt < before);
        }

        if (criteria.Kinds is { } kinds)
        {
            rows = rows.Where(row => kinds.Contains(row.RecordKind));
        }

        if (criteria.Severities is { } severities)
        {
            rows = rows.Where(row => severities.Contains(row.Severity));
        }

        if (criteria.After is { } after)
        {
            rows = rows.Where(row =>
                EF.Functions.GreaterThan(
                    ValueTuple.Create(row.DueAt, row.RecordId, row.Action),
                    ValueTuple.Create(after.DueAt, after.RecordId, after.Action)
                )
            );
        }

        return rows;
    }

    private static IQueryable<WorkRow> OfDepartment(IQueryable<WorkRow> rows, WorkCriteria criteria)
    {
        if (criteria.Reader.Department is not { } department)
        {
            return rows.Where(_ => false);
        }

        string[] own = [.. criteria.Words.OfDepartment];
        return rows.Where(row => row.AssigneeDepartment == department || row.Takers.Any(taker => own.Contains(taker)));
    }
}
