using System.Globalization;
using System.Runtime.CompilerServices;
using CustomerService.Records;
using CustomerService.Records.Keeping;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CustomerService.Surveys.Store.Postgres;

/// <summary>The store on PostgreSQL. The commit is that of every service: one <c>SaveChanges</c> of the
/// context.</summary>
/// <param name="db">The context, shared with outbox and inbox.</param>
internal sealed class PostgresDocumentStore(DocumentDbContext db) : IDocumentStore
{
    public void Add(Aggregate record) => db.Watch(record);

    public Task LockAsync(string name, CancellationToken cancellationToken) => db.LockAsync(name, cancellationToken);

    public async Task<T?> FindAsync<T>(DocumentQuery<T> which, CancellationToken cancellationToken)
        where T : Aggregate =>
        await Rows(which).OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken) is { } row
            ? db.Watch<T>(row)
            : null;

    public async Task<IReadOnlyList<T>> ListAsync<T>(
        DocumentQuery<T> which,
        Guid? after,
        int limit,
        CancellationToken cancellationToken
    )
        where T : Aggregate
    {
        var rows = Rows(which);
        if (after is { } last)
        {
            rows = rows.Where(row => row.Id < last);
        }

        var bodies = await rows.OrderByDescending(row => row.Id)
            .Take(limit)
            .Select(row => row.Body)
            .ToListAsync(cancellationToken);
        return [.. bodies.Select(DocumentJson.Read<T>)];
    }

    public async Task<IReadOnlyList<Guid>> ListIdsAsync<T>(
        DocumentQuery<T> which,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    )
        where T : Aggregate =>
        await Rows(which)
            .Where(row => row.Id > after)
            .OrderBy(row => row.Id)
            .Take(limit)
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<DocumentCount>> CountAsync<T>(
        DocumentQuery<T> which,
        IReadOnlyList<string> by,
        CancellationToken cancellationToken
    )
        where T : Aggregate
    {
        // A grouping has a fixed shape: what is not asked for repeats the first.
        string At(int place) => by[place < by.Count ? place : 0];
        var (a, b, c, d) = (At(0), At(1), At(2), At(3));
        var groups = await Rows(which)
            .GroupBy(row => new
            {
                A = EF.Property<string?>(row, a),
                B = EF.Property<string?>(row, b),
                C = EF.Property<string?>(row, c),
                D = EF.Property<string?>(row, d),
            })
            .Select(group => new { group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return
        [
            .. groups.Select(group => new DocumentCount(
                [.. new[] { group.Key.A, group.Key.B, group.Key.C, group.Key.D }.Take(by.Count)],
                group.Count
            )),
        ];
    }

    public async Task<IReadOnlyList<DocumentCount>> CountPartsAsync<T>(
        DocumentQuery<T> which,
        string list,
        IReadOnlyList<string> by,
        IReadOnlyList<string> parts,
        CancellationToken cancellationToken
    )
        where T : Aggregate
    {
        var keys = KeysOf(by, parts);
        return await ReadPartsAsync(
            which,
            (from, where) =>
                $"SELECT {string.Join(", ", keys)}, count(*)::int FROM {from} "
                + $"CROSS JOIN LATERAL jsonb_array_elements(d.body->'{list}') AS e(value) "
                + $"WHERE {where} GROUP BY {string.Join(", ", Enumerable.Range(1, keys.Count))}",
            row => new DocumentCount(ValuesOf(row, 0, keys.Count), row.GetInt32(keys.Count)),
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<DocumentPart>> ListPartsAsync<T>(
        DocumentQuery<T> which,
        string list,
        IReadOnlyList<string> by,
        IReadOnlyList<string> parts,
        string text,
        int each,
        CancellationToken cancellationToken
    )
        where T : Aggregate
    {
        var keys = KeysOf(by, parts);
        var names = string.Join(", ", keys.Select((_, place) => $"k{place}"));
        return await ReadPartsAsync(
            which,
            (from, where) =>
                $"SELECT id, text, {names} FROM (SELECT d.id, e.value->>'{text}' AS text, e.place, "
                + string.Join(", ", keys.Select((key, place) => $"{key} AS k{place}"))
                + $", row_number() OVER (PARTITION BY {string.Join(", ", keys)} ORDER BY d.id DESC, e.place) AS n "
                + $"FROM {from} CROSS JOIN LATERAL jsonb_array_elements(d.body->'{list}') "
                + $"WITH ORDINALITY AS e(value, place) WHERE {where} AND e.value->>'{text}' IS NOT NULL) AS s "
                + string.Create(CultureInfo.InvariantCulture, $"WHERE n <= {each} ORDER BY id DESC, place"),
            row => new DocumentPart(row.GetGuid(0), ValuesOf(row, 2, keys.Count), row.GetString(1)),
            cancellationToken
        );
    }

    public Task<bool> AnyAsync<T>(DocumentQuery<T> which, CancellationToken cancellationToken)
        where T : Aggregate => Rows(which).AnyAsync(cancellationToken);

    public async Task RemoveAsync(Aggregate record, ErasedRows rows, CancellationToken cancellationToken)
    {
        var (id, type) = (record.Id, db.Types.Of(record.GetType()));
        var row = db.Unwatch(record);
        rows.Add(type.Collection, id.ToString("D"), row.Body);
        foreach (
            var entry in await db.Set<AuditRow>()
                .Where(r => r.AggregateId == id)
                .OrderBy(r => r.Sequence)
                .ToListAsync(cancellationToken)
        )
        {
            rows.Add(
                "audit_trail",
                string.Create(CultureInfo.InvariantCulture, $"{id:D}/{entry.Sequence}"),
                entry.Hash
            );
            db.Remove(entry);
        }

        db.RemoveRange(await db.Set<WorkRow>().Where(r => r.RecordId == id).ToListAsync(cancellationToken));
        db.RemoveRange(await db.Set<WorkSnooze>().Where(r => r.RecordId == id).ToListAsync(cancellationToken));
    }

    public async Task<IReadOnlyList<Guid>> ListMovedAsync(
        IReadOnlyList<string> kinds,
        IReadOnlyList<string> states,
        DateTimeOffset since,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await db.Set<AuditRow>()
            .Where(row =>
                row.At >= since
                && row.AggregateId > after
                && kinds.Contains(row.AggregateType)
                && (states.Contains(row.ToState) || states.Contains(row.FromState!))
            )
            .Select(row => row.AggregateId)
            .Distinct()
            .OrderBy(id => id)
            .Take(limit)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(Guid id, CancellationToken cancellationToken) =>
        [
            .. (
                await db.Set<AuditRow>()
                    .AsNoTracking()
                    .Where(row => row.AggregateId == id)
                    .OrderBy(row => row.Sequence)
                    .ToListAsync(cancellationToken)
            ).Select(row => row.ToEntry()),
        ];

    public async Task<IReadOnlyList<AuditEntry>> ReadTimelineAsync(
        string kind,
        Guid id,
        IReadOnlyList<Type> beside,
        TimelineCut? cut,
        TimelineCursor? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var trail = db.Set<AuditRow>().AsNoTracking();
        if (cut is not null)
        {
            Guid[] seen = [id, .. cut.Files];
            var (actions, ofFiles) = (cut.Actions, cut.FileActions);
            trail = trail.Where(row =>
                seen.Contains(row.AggregateId)
                && (row.AggregateId == id ? actions.Contains(row.Action) : ofFiles.Contains(row.Action))
            );
        }
        else
        {
            var text = (string)DocumentJson.Spell(id);
            var ids = beside.Aggregate(
                db.Rows(db.Types.Single(type => type.Kind == kind)).Where(row => row.Id == id).Select(row => row.Id),
                (all, part) =>
                    all.Concat(
                        db.Rows(db.Types.Of(part))
                            .Where(row => EF.Property<string>(row, DocumentQuery.RecordId) == text)
                            .Select(row => row.Id)
                    )
            );
            trail = trail.Where(row => ids.Contains(row.AggregateId));
        }

        var rows = await trail.InTimelineOrder(after, limit).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToEntry())];
    }

    public async IAsyncEnumerable<AuditEntry> ReadAuditTrailAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var rows = db.Set<AuditRow>().AsNoTracking().OrderBy(row => row.AggregateId).ThenBy(row => row.Sequence);
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return row.ToEntry();
        }
    }

    public async IAsyncEnumerable<DocumentHead> ReadAuditHeadsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var type in db.Types)
        {
            var heads = db.Rows(type)
                .AsNoTracking()
                .Select(row => new { row.Id, Hash = EF.Property<string>(row, DocumentDbContext.AuditHeadColumn) });
            await foreach (var head in heads.AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                yield return new(type.Kind, head.Id, head.Hash);
            }
        }
    }

    public async Task<AuditHead?> ReadAuditHeadAsync(Guid id, CancellationToken cancellationToken)
    {
        foreach (var type in db.Types)
        {
            var head = await db.Rows(type)
                .AsNoTracking()
                .Where(row => row.Id == id)
                .Select(row => EF.Property<string>(row, DocumentDbContext.AuditHeadColumn))
                .FirstOrDefaultAsync(cancellationToken);
            if (head is not null)
            {
                return new(type.Kind, head);
            }
        }

        return null;
    }

    private IQueryable<DocumentRow> Rows<T>(DocumentQuery<T> which)
        where T : Aggregate
    {
        var type = db.Types.Of(typeof(T));
        return which.Conditions.Aggregate(
            (IQueryable<DocumentRow>)db.Rows(type),
            (rows, condition) =>
                condition.Member == DocumentQuery.Id
                    ? ById(rows, condition)
                    : ByMember(rows, condition, type.Member(condition.Member).Form)
        );
    }

    private static IQueryable<DocumentRow> ById(IQueryable<DocumentRow> rows, Condition condition)
    {
        switch (condition)
        {
            case Condition.EqualTo { Value: string text }:
                var id = Guid.Parse(text);
                return rows.Where(row => row.Id == id);
            case Condition.OneOf one:
                Guid[] ids = [.. one.Values.Select(value => Guid.Parse((string)value))];
                return rows.Where(row => ids.Contains(row.Id));
            default:
                throw new NotSupportedException("Documents are not found by a range of identities.");
        }
    }

    private static IQueryable<DocumentRow> ByMember(IQueryable<DocumentRow> rows, Condition condition, MemberForm form)
    {
        var name = condition.Member;
        switch (condition, form)
        {
            case (Condition.EqualTo { Value: string text }, MemberForm.Text):
                return rows.Where(row => EF.Property<string>(row, name) == text);
            case (Condition.EqualTo { Value: long number }, MemberForm.Number):
                return rows.Where(row => EF.Property<long?>(row, name) == number);
            case (Condition.EqualTo { Value: bool flag }, MemberForm.Flag):
                return rows.Where(row => EF.Property<bool?>(row, name) == flag);
            case (Condition.OtherThan other, MemberForm.Text):
                return rows.Where(row => EF.Property<string?>(row, name) != other.Value);
            case (Condition.OneOf one, MemberForm.Text):
                string[] texts = [.. one.Values.Cast<string>()];
                return rows.Where(row => texts.Contains(EF.Property<string>(row, name)));
            case (Condition.OneOf one, MemberForm.Number):
                long?[] numbers = [.. one.Values.Cast<long>()];
                return rows.Where(row => numbers.Contains(EF.Property<long?>(row, name)));
            case (Condition.Within { From: string or null, To: string or null } within, MemberForm.Text):
                return Within(rows, name, within.From as string, within.To as string);
            case (Condition.Within within, MemberForm.Number):
                return Within(rows, name, within.From as long?, within.To as long?);
            default:
                throw new NotSupportedException($"{condition} on a member that is a {form}.");
        }
    }

    /// <summary>The same conditions as above, for a statement that is written by hand.</summary>
    private static List<string> KeysOf(IReadOnlyList<string> by, IReadOnlyList<string> parts) =>
        [
            .. by.Select(member => $"d.body->>'{member}'"),
            .. parts.Select(part => $"e.value#>>'{{{part.Replace('.', ',')}}}'"),
        ];

    private static IReadOnlyList<string?> ValuesOf(NpgsqlDataReader row, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(place => row.IsDBNull(place) ? null : row.GetString(place))];

    // Names of our own members only; values are parameters.
    private async Task<IReadOnlyList<TRow>> ReadPartsAsync<T, TRow>(
        DocumentQuery<T> which,
        Func<string, string, string> question,
        Func<NpgsqlDataReader, TRow> read,
        CancellationToken cancellationToken
    )
        where T : Aggregate
    {
        var type = db.Types.Of(typeof(T));
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = ((NpgsqlConnection)db.Database.GetDbConnection()).CreateCommand();
            command.Transaction = (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
            var where = string.Join(
                " AND ",
                which.Conditions.Select(condition => ConditionOf(type, condition, command.Parameters)).Prepend("true")
            );
#pragma warning disable CA2100
            command.CommandText = question($"{type.Collection} AS d", where);
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<TRow>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static string ConditionOf(DocumentType type, Condition condition, NpgsqlParameterCollection parameters)
    {
        var isId = condition.Member == DocumentQuery.Id;
        var column = "d." + (isId ? "id" : DocumentDbContext.ColumnOf(type.Member(condition.Member).Name));
        object Value(object value) => isId ? Guid.Parse((string)value) : value;
        string Given(object value)
        {
            parameters.AddWithValue($"p{parameters.Count}", value);
            return $"@p{parameters.Count - 1}";
        }

        return condition switch
        {
            Condition.EqualTo equal => $"{column} = {Given(Value(equal.Value))}",
            Condition.OtherThan other when !isId => $"{column} IS DISTINCT FROM {Given(other.Value)}",
            Condition.OneOf one when isId =>
                $"{column} = ANY({Given(one.Values.Select(value => Guid.Parse((string)value)).ToArray())})",
            Condition.OneOf { Values: var values } when values.All(value => value is string) =>
                $"{column} = ANY({Given(values.Cast<string>().ToArray())})",
            Condition.OneOf one => $"{column} = ANY({Given(one.Values.Cast<long>().ToArray())})",
            Condition.Within within when !isId => string.Join(
                " AND ",
                new[]
                {
                    within.From is { } from ? $"{column} >= {Given(from)}" : null,
                    within.To is { } to ? $"{column} <= {Given(to)}" : null,
                }.OfType<string>()
            ),
            _ => throw new NotSupportedException($"{condition}"),
        };
    }

    // The columns have the collation "C": the order of the texts is that of days and instants.
    private static IQueryable<DocumentRow> Within(IQueryable<DocumentRow> rows, string name, string? from, string? to)
    {
        if (from is not null)
        {
            rows = rows.Where(row => string.Compare(EF.Property<string>(row, name), from) >= 0);
        }

        return to is null ? rows : rows.Where(row => string.Compare(EF.Property<string>(row, name), to) <= 0);
    }

    private static IQueryable<DocumentRow> Within(IQueryable<DocumentRow> rows, string name, long? from, long? to)
    {
        if (from is { } least)
        {
            rows = rows.Where(row => EF.Property<long?>(row, name) >= least);
        }

        return to is { } most ? rows.Where(row => EF.Property<long?>(row, name) <= most) : rows;
    }
}
