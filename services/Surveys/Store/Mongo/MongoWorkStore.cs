using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Work;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CustomerService.Surveys.Store.Mongo;

/// <summary>The work lists on MongoDB.</summary>
internal sealed class MongoWorkStore(MongoDatabase database, MongoDocumentStore documents) : IWorkStore
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filters = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Updates = Builders<BsonDocument>.Update;

    public async Task<IReadOnlyList<WorkRow>> ListAsync(WorkCriteria criteria, int most, CancellationToken cancellation)
    {
        var found = await database
            .Work.Find(await OfAsync(criteria, cancellation))
            .Sort(Builders<BsonDocument>.Sort.Ascending("dueAt").Ascending("recordId").Ascending("action"))
            .Limit(most)
            .ToListAsync(cancellation);
        return [.. found.Select(ToRow)];
    }

    public async Task<int> CountAsync(WorkCriteria criteria, CancellationToken cancellation) =>
        (int)
            await database.Work.CountDocumentsAsync(
                await OfAsync(criteria, cancellation),
                cancellationToken: cancellation
            );

    public async Task<WorkTally> TallyAsync(WorkCriteria criteria, WorkDays days, CancellationToken cancellation) =>
        new(
            await CountAsync(criteria, cancellation),
            await CountAsync(criteria with { DueBefore = days.Now }, cancellation),
            await CountAsync(criteria with { DueBefore = days.Tomorrow }, cancellation),
            await CountAsync(criteria with { DueBefore = days.Monday }, cancellation)
        );

    public async Task<IReadOnlyList<WorkRow>> OfRecordAsync(Guid recordId, CancellationToken cancellation)
    {
        var found = await database
            .Work.Find(Filters.Eq("recordId", BsonDocuments.KeyOf(recordId)))
            .Sort(Builders<BsonDocument>.Sort.Ascending("action"))
            .ToListAsync(cancellation);
        return [.. found.Select(ToRow)];
    }

    public async Task<IReadOnlyList<Guid>> DependingOnTimeAsync(Guid after, int limit, CancellationToken cancellation)
    {
        var found = await database
            .Work.Aggregate()
            .Match(Filters.Eq("dependsOnTime", true) & Filters.Gt("recordId", BsonDocuments.KeyOf(after)))
            .Group<BsonDocument>(new BsonDocument("_id", "$recordId"))
            .Sort(Builders<BsonDocument>.Sort.Ascending("_id"))
            .Limit(limit)
            .ToListAsync(cancellation);
        return [.. found.Select(group => Guid.Parse(group["_id"].AsString))];
    }

    public async Task<IReadOnlyDictionary<string, long>> CountOverdueAsync(
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var found = await database
            .Work.Aggregate()
            .Match(Filters.Lt("dueAt", now.ToUnixTimeMilliseconds()))
            .Group<BsonDocument>(
                new BsonDocument("_id", new BsonDocument { { "kind", "$recordKind" }, { "record", "$recordId" } })
            )
            .Group<BsonDocument>(
                new BsonDocument { { "_id", "$_id.kind" }, { "records", new BsonDocument("$sum", 1) } }
            )
            .ToListAsync(cancellation);
        return found.ToDictionary(
            kind => kind["_id"].AsString,
            kind => kind["records"].ToInt64(),
            StringComparer.Ordinal
        );
    }

    public async Task<bool> RefreshAsync(Guid recordId, CancellationToken cancellation) =>
        await documents.RefreshWorkAsync(recordId, await OfRecordAsync(recordId, cancellation), cancellation);

    /// <summary>One write outside the command's transaction: repeating it changes nothing.</summary>
    public async Task SnoozeAsync(
        Actor person,
        Guid recordId,
        string action,
        DateOnly? until,
        CancellationToken cancellation
    )
    {
        var same = Filters.Eq(BsonDocuments.Key, $"{person.Id}\n{ItemKey(recordId, action)}");
        if (until is not { } day)
        {
            await database.Snoozes.DeleteOneAsync(same, cancellation);
            return;
        }

        await database.Snoozes.UpdateOneAsync(
            same,
            Updates
                .Set("personId", person.Id)
                .Set("item", ItemKey(recordId, action))
                .Set("until", (string)DocumentJson.Spell(day)),
            new UpdateOptions { IsUpsert = true },
            cancellation
        );
    }

    /// <summary>Replaces the items of a record; part of the transaction that saves it.</summary>
    internal static async Task WriteAsync(
        IMongoCollection<BsonDocument> work,
        IClientSessionHandle transaction,
        Guid recordId,
        IReadOnlyList<WorkRow> rows,
        CancellationToken cancellation
    )
    {
        await work.DeleteManyAsync(
            transaction,
            Filters.Eq("recordId", BsonDocuments.KeyOf(recordId))
                & Filters.Nin("action", rows.Select(row => row.Action)),
            null,
            cancellation
        );
        foreach (var row in rows)
        {
            await work.UpdateOneAsync(
                transaction,
                Filters.Eq(BsonDocuments.Key, ItemKey(row.RecordId, row.Action)),
                new BsonDocument
                {
                    { "$set", From(row) },
                    { "$setOnInsert", new BsonDocument("since", row.Since.ToUnixTimeMilliseconds()) },
                },
                new UpdateOptions { IsUpsert = true },
                cancellation
            );
        }
    }

    private async Task<FilterDefinition<BsonDocument>> OfAsync(WorkCriteria criteria, CancellationToken cancellation)
    {
        var id = criteria.Reader.Id;
        var isTheirs =
            Filters.AnyIn("takers", criteria.Words.Taking)
            & Filters.Not(Filters.AnyIn("exceptions", criteria.Words.Excepted));
        var isTaken = Filters.Ne("assigneeId", BsonNull.Value) & Filters.Ne("assigneeId", id);
        var filter = criteria.View switch
        {
            WorkView.Mine => isTheirs & Filters.Not(isTaken),
            WorkView.Assigned => Filters.Eq("assigneeId", id),
            WorkView.Department => criteria.Reader.Department is { } department
                ? Filters.Eq("assigneeDepartment", department) | Filters.AnyIn("takers", criteria.Words.OfDepartment)
                : Filters.In(BsonDocuments.Key, Array.Empty<string>()),
            WorkView.Followed => Filters.Empty,
            _ => Filters.In("recordId", await WorkedOnAsync(id, cancellation)) & (Filters.Not(isTheirs) | isTaken),
        };
        if (!criteria.WithSnoozed)
        {
            var later = await database
                .Snoozes.Find(
                    Filters.Eq("personId", id) & Filters.Gt("until", (string)DocumentJson.Spell(criteria.Today))
                )
                .ToListAsync(cancellation);
            filter &= Filters.Nin(BsonDocuments.Key, later.Select(snooze => snooze["item"].AsString));
        }

        if (criteria.Records is { } records)
        {
            filter &= Filters.In("recordId", records.Select(BsonDocuments.KeyOf));
        }

        if (criteria.DueBefore is { } before)
        {
            filter &= Filters.Lt("dueAt", before.ToUnixTimeMilliseconds());
        }

        if (criteria.Kinds is { } kinds)
        {
            filter &= Filters.In("recordKind", kinds);
        }

        if (criteria.Severities is { } severities)
        {
            filter &= Filters.In("severity", severities);
        }

        if (criteria.After is { } after)
        {
            var (due, record) = (after.DueAt.ToUnixTimeMilliseconds(), BsonDocuments.KeyOf(after.RecordId));
            filter &=
                Filters.Gt("dueAt", due)
                | (Filters.Eq("dueAt", due) & Filters.Gt("recordId", record))
                | (Filters.Eq("dueAt", due) & Filters.Eq("recordId", record) & Filters.Gt("action", after.Action));
        }

        return filter;
    }

    private async Task<List<string>> WorkedOnAsync(string actorId, CancellationToken cancellation)
    {
        var ids = await database.AuditTrail.DistinctAsync<string>(
            "aggregateId",
            Filters.Eq("actorId", actorId),
            null,
            cancellation
        );
        return await ids.ToListAsync(cancellation);
    }

    private static string ItemKey(Guid recordId, string action) => $"{BsonDocuments.KeyOf(recordId)}:{action}";

    private static BsonDocument From(WorkRow row) =>
        new()
        {
            { "recordId", BsonDocuments.KeyOf(row.RecordId) },
            { "action", row.Action },
            { "recordKind", row.RecordKind },
            { "number", row.Number },
            { "title", row.Title },
            { "severity", MongoRows.OrNull(row.Severity) },
            { "state", row.State },
            { "version", row.Version },
            { "rule", row.Rule },
            { "alternatives", new BsonArray(row.Alternatives) },
            { "takers", new BsonArray(row.Takers) },
            { "exceptions", new BsonArray(row.Exceptions) },
            { "missing", new BsonArray(row.Missing) },
            { "waitsFor", new BsonArray(row.WaitsFor) },
            { "dueAt", row.DueAt.ToUnixTimeMilliseconds() },
            { "dependsOnTime", row.DependsOnTime },
            { "assigneeId", MongoRows.OrNull(row.AssigneeId) },
            { "assigneeName", MongoRows.OrNull(row.AssigneeName) },
            { "assigneeDepartment", MongoRows.OrNull(row.AssigneeDepartment) },
        };

    private static WorkRow ToRow(BsonDocument item)
    {
        return new()
        {
            RecordId = Guid.Parse(item["recordId"].AsString),
            Action = item["action"].AsString,
            RecordKind = item["recordKind"].AsString,
            Number = item["number"].AsString,
            Title = item["title"].AsString,
            Severity = MongoRows.TextOrNull(item["severity"]),
            State = item["state"].AsString,
            Version = item["version"].ToInt64(),
            Rule = item["rule"].AsString,
            Alternatives = Words("alternatives"),
            Takers = Words("takers"),
            Exceptions = Words("exceptions"),
            Missing = Words("missing"),
            WaitsFor = Words("waitsFor"),
            DueAt = DateTimeOffset.FromUnixTimeMilliseconds(item["dueAt"].ToInt64()),
            Since = DateTimeOffset.FromUnixTimeMilliseconds(item["since"].ToInt64()),
            DependsOnTime = item["dependsOnTime"].AsBoolean,
            AssigneeId = MongoRows.TextOrNull(item["assigneeId"]),
            AssigneeName = MongoRows.TextOrNull(item["assigneeName"]),
            AssigneeDepartment = MongoRows.TextOrNull(item["assigneeDepartment"]),
        };

        string[] Words(string member) => [.. item[member].AsBsonArray.Select(word => word.AsString)];
    }
}
