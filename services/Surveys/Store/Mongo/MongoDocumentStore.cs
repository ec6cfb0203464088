using System.Globalization;
using System.Runtime.CompilerServices;
using CustomerService.Contracts;
using CustomerService.Messaging;
using CustomerService.Records;
using CustomerService.Records.Keeping;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CustomerService.Surveys.Store.Mongo;

/// <summary>
/// The store on MongoDB. One multi-document transaction writes documents, audit entries, events, idempotency record and
/// inbox entry, all with write concern majority. The driver retries what carries the labels TransientTransactionError
/// (the whole body) and UnknownTransactionCommitResult (the commit); the body only writes what is in memory, so a retry
/// is harmless.
/// </summary>
internal sealed class MongoDocumentStore(
    MongoDatabase database,
    OutboxSignal signal,
    TimeProvider time,
    CommandContexts contexts,
    IWorkAnnouncer announcer
) : IDocumentStore, ICommandStore, IInboxUnitOfWork
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filters = Builders<BsonDocument>.Filter;
    private static readonly SortDefinitionBuilder<BsonDocument> Sorts = Builders<BsonDocument>.Sort;
    private static readonly TimeSpan MajorityWithin = TimeSpan.FromSeconds(5);
    private const int WriteConflict = 112;
    private const int DuplicateKey = 11000;
    private static readonly TransactionOptions Transaction = new(
        ReadConcern.Snapshot,
        ReadPreference.Primary,
        MongoDatabase.Majority,
        MongoDatabase.Patience
    );

    // Longer than a store of files takes to answer; a replica that dies holds nothing for ever.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    private readonly string _holder = Guid.CreateVersion7().ToString();
    private readonly HashSet<string> _locks = [];
    private readonly Dictionary<Guid, Watched> _watched = [];
    private readonly List<Watched> _removed = [];
    private readonly HashSet<Guid> _refreshed = [];
    private InboxKey? _consuming;

    private enum Step
    {
        Inbox,
        Outcome,
        Audit,
        Document,
        Outbox,
    }

    public void Add(Aggregate record) => _watched[record.Id] = new(record, TypeOf(record.GetType()), null);

    // A lease, because a transaction begins with the commit here. The server's clock decides.
    public async Task LockAsync(string name, CancellationToken cancellationToken)
    {
        if (_locks.Contains(name))
        {
            return;
        }

        var free = new BsonDocument(
            "$lt",
            new BsonArray { new BsonDocument("$ifNull", new BsonArray { "$until", new BsonDateTime(0) }), "$$NOW" }
        );
        var end = new BsonDocument("$add", new BsonArray { "$$NOW", (long)Lease.TotalMilliseconds });
        var take = new BsonDocument(
            "$set",
            new BsonDocument
            {
                { "holder", new BsonDocument("$cond", new BsonArray { free, _holder, "$holder" }) },
                { "until", new BsonDocument("$cond", new BsonArray { free, end, "$until" }) },
            }
        );
        var before = time.GetTimestamp();
        while (!await TakeAsync(name, take, cancellationToken))
        {
            if (time.GetElapsedTime(before) > MongoDatabase.Patience)
            {
                throw new UnavailableException("unavailable", new TimeoutException($"{name} is held by another."));
            }

            await Task.Delay(BetweenTries, time, cancellationToken);
        }

        _locks.Add(name);
    }

    /// <summary>Whether every lock is still held. As it is written with the rest, nobody takes one before the
    /// commit.</summary>
    private async Task<bool> HoldAsync(IClientSessionHandle transaction, CancellationToken cancellationToken)
    {
        var held = await database.Locks.UpdateManyAsync(
            transaction,
            Filters.In(BsonDocuments.Key, _locks) & Filters.Eq("holder", _holder),
            Builders<BsonDocument>.Update.CurrentDate("confirmedAt"),
            null,
            cancellationToken
        );
        return held.MatchedCount == _locks.Count;
    }

    private async Task<bool> TakeAsync(string name, BsonDocument take, CancellationToken cancellationToken)
    {
        try
        {
            var held = await database.Locks.FindOneAndUpdateAsync(
                Filters.Eq(BsonDocuments.Key, name),
                Builders<BsonDocument>.Update.Pipeline(PipelineDefinition<BsonDocument, BsonDocument>.Create(take)),
                new FindOneAndUpdateOptions<BsonDocument> { IsUpsert = true, ReturnDocument = ReturnDocument.After },
                cancellationToken
            );
            return held["holder"] == _holder;
        }
        catch (MongoCommandException twice) when (twice.Code == DuplicateKey)
        {
            // Two inserted it at once.
            return false;
        }
    }

    private async Task UnlockAsync()
    {
        if (_locks.Count > 0)
        {
            try
            {
                await database.Locks.DeleteManyAsync(
                    Filters.In(BsonDocuments.Key, _locks) & Filters.Eq("holder", _holder),
                    CancellationToken.None
                );
            }
            catch (Exception away) when (MongoFaults.IsAway(away))
            {
                // What was to be written is written; the lease ends by itself.
            }

            _locks.Clear();
        }
    }

    public async Task<T?> FindAsync<T>(DocumentQuery<T> which, CancellationToken cancellationToken)
        where T : Aggregate
    {
        if (await Find(which, forChange: true).FirstOrDefaultAsync(cancellationToken) is not { } document)
        {
            return null;
        }

        var id = IdOf(document);
        if (!_watched.TryGetValue(id, out var watched))
        {
            var record = BsonDocuments.Read<T>(document);
            watched = new Watched(record, TypeOf(typeof(T)), record.Version);
            _watched[id] = watched;
        }

        return (T)watched.Record;
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(
        DocumentQuery<T> which,
        Guid? after,
        int limit,
        CancellationToken cancellationToken
    )
        where T : Aggregate
    {
        var older = after is { } last ? Filters.Lt(BsonDocuments.Key, BsonDocuments.KeyOf(last)) : Filters.Empty;
        var found = await Find(which, older)
            .Sort(Sorts.Descending(BsonDocuments.Key))
            .Limit(limit)
            .ToListAsync(cancellationToken);
        return [.. found.Select(BsonDocuments.Read<T>)];
    }

    public async Task<IReadOnlyList<Guid>> ListIdsAsync<T>(
        DocumentQuery<T> which,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    )
        where T : Aggregate
    {
        var found = await Find(which, Filters.Gt(BsonDocuments.Key, BsonDocuments.KeyOf(after)))
            .Sort(Sorts.Ascending(BsonDocuments.Key))
            .Limit(limit)
            .Project(Builders<BsonDocument>.Projection.Include(BsonDocuments.Key))
            .ToListAsync(cancellationToken);
        return [.. found.Select(IdOf)];
    }

    public async Task<IReadOnlyList<DocumentCount>> CountAsync<T>(
        DocumentQuery<T> which,
        IReadOnlyList<string> by,
        CancellationToken cancellationToken
    )
        where T : Aggregate
    {
        var type = TypeOf(typeof(T));
        var groups = database.Documents(type).Aggregate().Match(MongoQueries.Filter(type, which));
        return await CountsAsync(groups, by, cancellationToken);
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
        var type = TypeOf(typeof(T));
        var elements = database
            .Documents(type)
            .Aggregate()
            .Match(MongoQueries.Filter(type, which))
            .Unwind<BsonDocument>(list);
        return await CountsAsync(elements, [.. by, .. parts.Select(part => $"{list}.{part}")], cancellationToken);
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
        IReadOnlyList<string> keys = [.. by, .. parts.Select(part => $"{list}.{part}")];
        var type = TypeOf(typeof(T));
        var groups = await database
            .Documents(type)
            .Aggregate()
            .Match(MongoQueries.Filter(type, which))
            .Unwind<BsonDocument>(list)
            .Match(Filters.Type($"{list}.{text}", BsonType.String))
            .Sort(Sorts.Descending(BsonDocuments.Key))
            .Group<BsonDocument>(
                new BsonDocument
                {
                    { "_id", KeyOf(keys) },
                    {
                        "parts",
                        new BsonDocument(
                            "$push",
                            new BsonDocument { { "id", "$" + BsonDocuments.Key }, { "text", $"${list}.{text}" } }
                        )
                    },
                }
            )
            .Project<BsonDocument>(
                new BsonDocument("parts", new BsonDocument("$slice", new BsonArray { "$parts", each }))
            )
            .ToListAsync(cancellationToken);
        return
        [
            .. groups
                .SelectMany(group =>
                    group["parts"]
                        .AsBsonArray.Select(part => new DocumentPart(
                            Guid.Parse(part["id"].AsString),
                            ValuesOf(group, keys.Count),
                            part["text"].AsString
                        ))
                )
                .OrderByDescending(part => BsonDocuments.KeyOf(part.Id), StringComparer.Ordinal),
        ];
    }

    private static BsonDocument KeyOf(IReadOnlyList<string> by) =>
        new(by.Select((member, place) => new BsonElement($"k{place}", "$" + member)));

    private static IReadOnlyList<string?> ValuesOf(BsonDocument group, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(place =>
                    group["_id"].AsBsonDocument.GetValue($"k{place}", BsonNull.Value) switch
                    {
                        BsonString text => text.Value,
                        { IsNumeric: true } number => number.ToInt64().ToString(CultureInfo.InvariantCulture),
                        _ => null,
                    }
                ),
        ];

    private static async Task<IReadOnlyList<DocumentCount>> CountsAsync(
        IAggregateFluent<BsonDocument> documents,
        IReadOnlyList<string> by,
        CancellationToken cancellationToken
    )
    {
        var groups = await documents
            .Group<BsonDocument>(new BsonDocument { { "_id", KeyOf(by) }, { "count", new BsonDocument("$sum", 1) } })
            .ToListAsync(cancellationToken);
        return [.. groups.Select(group => new DocumentCount(ValuesOf(group, by.Count), group["count"].ToInt32()))];
    }

    public Task<bool> AnyAsync<T>(DocumentQuery<T> which, CancellationToken cancellationToken)
        where T : Aggregate => Find(which).AnyAsync(cancellationToken);

    public async Task RemoveAsync(Aggregate record, ErasedRows rows, CancellationToken cancellationToken)
    {
        var watched = _watched[record.Id];
        _watched.Remove(record.Id);
        _removed.Add(watched);
        var id = BsonDocuments.KeyOf(record.Id);
        rows.Add(watched.Type.Collection, id, DocumentJson.Write(record));
        foreach (var entry in await ReadAuditAsync(record.Id, cancellationToken))
        {
            rows.Add("audit_trail", string.Create(CultureInfo.InvariantCulture, $"{id}/{entry.Sequence}"), entry.Hash);
        }
    }

    public async Task<IReadOnlyList<Guid>> ListMovedAsync(
        IReadOnlyList<string> kinds,
        IReadOnlyList<string> states,
        DateTimeOffset since,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var found = await database
            .AuditTrail.Aggregate()
            .Match(
                Filters.Gte("at", (string)DocumentJson.Spell(since))
                    & Filters.Gt("aggregateId", BsonDocuments.KeyOf(after))
                    & Filters.In("aggregateType", kinds)
                    & (Filters.In("to", states) | Filters.In("from", states))
            )
            .Group<BsonDocument>(new BsonDocument("_id", "$aggregateId"))
            .Sort(Sorts.Ascending("_id"))
            .Limit(limit)
            .ToListAsync(cancellationToken);
        return [.. found.Select(IdOf)];
    }

    public async Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(Guid id, CancellationToken cancellationToken)
    {
        var found = await database
            .AuditTrail.Find(AuditOf(id))
            .Sort(Sorts.Ascending(BsonDocuments.Key))
            .ToListAsync(cancellationToken);
        return [.. found.Select(MongoRows.ToEntry)];
    }

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
        var key = BsonDocuments.KeyOf(id);
        var ids = new List<string> { key };
        ids.AddRange((cut?.Files ?? []).Select(BsonDocuments.KeyOf));
        foreach (var part in cut is null ? beside : [])
        {
            var found = await database
                .Documents(TypeOf(part))
                .Find(Filters.Eq(DocumentQuery.RecordId, key))
                .Project(Builders<BsonDocument>.Projection.Include(BsonDocuments.Key))
                .ToListAsync(cancellationToken);
            ids.AddRange(found.Select(document => document[BsonDocuments.Key].AsString));
        }

        var which = Filters.In("aggregateId", ids);
        which &= cut is null
            ? Filters.Empty
            : (Filters.Eq("aggregateId", key) & Filters.In("action", cut.Actions))
                | (Filters.Ne("aggregateId", key) & Filters.In("action", cut.FileActions));
        which &= after is null ? Filters.Empty : MongoRows.Behind(after);
        var rows = await database
            .AuditTrail.Find(which)
            .Sort(Sorts.Descending("at").Ascending("aggregateType").Descending("aggregateId").Descending("sequence"))
            .Limit(limit)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(MongoRows.ToEntry)];
    }

    public async IAsyncEnumerable<AuditEntry> ReadAuditTrailAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var cursor = await database
            .AuditTrail.Find(Filters.Empty)
            .Sort(Sorts.Ascending(BsonDocuments.Key))
            .ToCursorAsync(cancellationToken);
        while (await cursor.MoveNextAsync(cancellationToken))
        {
            foreach (var entry in cursor.Current)
            {
                yield return MongoRows.ToEntry(entry);
            }
        }
    }

    public async IAsyncEnumerable<DocumentHead> ReadAuditHeadsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var type in database.Types)
        {
            using var cursor = await Heads(type, Filters.Empty).ToCursorAsync(cancellationToken);
            while (await cursor.MoveNextAsync(cancellationToken))
            {
                foreach (var document in cursor.Current)
                {
                    yield return new(type.Kind, IdOf(document), HeadOf(document));
                }
            }
        }
    }

    public async Task<AuditHead?> ReadAuditHeadAsync(Guid id, CancellationToken cancellationToken)
    {
        foreach (var type in database.Types)
        {
            var found = await Heads(type, Filters.Eq(BsonDocuments.Key, BsonDocuments.KeyOf(id)))
                .FirstOrDefaultAsync(cancellationToken);
            if (found is not null)
            {
                return new(type.Kind, HeadOf(found));
            }
        }

        return null;
    }

    /// <summary>The work items of a document are written with the next commit where time alone has changed
    /// them.</summary>
    /// <param name="id">The document.</param>
    /// <param name="stored">Its items in the store.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Whether they differ.</returns>
    public async Task<bool> RefreshWorkAsync(
        Guid id,
        IReadOnlyList<WorkRow> stored,
        CancellationToken cancellationToken
    )
    {
        if (
            stored.Count == 0
            || database.Types.FirstOrDefault(type => type.Kind == stored[0].RecordKind) is not { } type
            || await type.FindAsync(this, id, cancellationToken) is not { } record
            || WorkRow.AreSame(stored, WorkRow.Of(record, contexts))
        )
        {
            return false;
        }

        _refreshed.Add(id);
        return true;
    }

    public async Task<IdempotencyRecord?> FindOutcomeAsync(
        string actorId,
        string key,
        CancellationToken cancellationToken
    )
    {
        // Asked only after a failure: what caused it may not have reached a majority yet. Without a majority the read
        // would wait.
        var found = await database
            .LatestOutcomes.Find(
                Filters.Eq(BsonDocuments.Key, MongoRows.OutcomeKey(actorId, key)),
                new FindOptions { MaxTime = MajorityWithin }
            )
            .FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : MongoRows.ToOutcome(found, actorId, key);
    }

    // The server itself lets them expire.
    public Task<int> PurgeOutcomesAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        Task.FromResult(0);

    public async Task<Commit> CommitAsync(IdempotencyRecord? outcome, CancellationToken cancellationToken)
    {
        // Inside a consumer the inbox commits, once, at the end.
        if (_consuming is not null)
        {
            return Commit.Done;
        }

        var refused = await WriteAsync(outcome, null, cancellationToken);
        await UnlockAsync();
        return refused switch
        {
            null => Commit.Done,
            Step.Outcome => Commit.KeyTaken,
            // Two changes of the same version race for the same place in the audit chain, or one of them is stale.
            Step.Audit => Commit.Stale,
            _ => Commit.AlreadyExists,
        };
    }

    public bool Reset()
    {
        _watched.Clear();
        _removed.Clear();
        _refreshed.Clear();
        return true;
    }

    public async Task<InboxOutcome> ConsumeAsync(InboxKey key, Func<Task> consume, CancellationToken cancellationToken)
    {
        try
        {
            return await ConsumeOnceAsync(key, consume, cancellationToken);
        }
        catch (Exception away) when (MongoFaults.IsAway(away))
        {
            // What messaging knows an absence by, whatever the store is.
            throw new UnavailableException("unavailable", away);
        }
    }

    private async Task<InboxOutcome> ConsumeOnceAsync(
        InboxKey key,
        Func<Task> consume,
        CancellationToken cancellationToken
    )
    {
        if (await IsConsumedAsync(key, cancellationToken))
        {
            return InboxOutcome.Duplicate;
        }

        _consuming = key;
        try
        {
            await consume();
        }
        finally
        {
            _consuming = null;
        }

        var refused = await WriteAsync(null, key, cancellationToken);
        await UnlockAsync();
        return refused switch
        {
            null => InboxOutcome.Consumed,
            Step.Inbox => InboxOutcome.Duplicate,
            _ when await IsConsumedAsync(key, cancellationToken) => InboxOutcome.Duplicate,
            _ => throw new ConflictException(
                $"Message {key.MessageId} ran into a change of the same document ({refused})."
            ),
        };
    }

    public async Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        (int)
            (
                await database.Inbox.DeleteManyAsync(
                    Filters.Lt("consumedAt", new BsonDateTime(before.UtcDateTime)),
                    cancellationToken
                )
            ).DeletedCount;

    private static FilterDefinition<BsonDocument> AuditOf(Guid id) =>
        Filters.Gte(BsonDocuments.Key, MongoRows.AuditKey(id, 0))
        & Filters.Lte(BsonDocuments.Key, MongoRows.AuditKey(id, 9_999_999_999));

    private static Guid IdOf(BsonDocument document) => Guid.Parse(document[BsonDocuments.Key].AsString);

    private static string HeadOf(BsonDocument document) => document["auditHead"].AsString;

    private DocumentType TypeOf(Type record) => database.Types.Of(record);

    private IFindFluent<BsonDocument, BsonDocument> Find<T>(
        DocumentQuery<T> which,
        FilterDefinition<BsonDocument>? and = null,
        bool forChange = false
    )
        where T : Aggregate
    {
        var type = TypeOf(typeof(T));
        var documents = database.Documents(type);
        // What is to be changed is read as it is now, and its version guards the commit. By majority a change that was
        // lost to another could read the same old version again.
        return (forChange ? documents.WithReadConcern(ReadConcern.Local) : documents).Find(
            MongoQueries.Filter(type, which) & (and ?? Filters.Empty)
        );
    }

    private IFindFluent<BsonDocument, BsonDocument> Heads(DocumentType type, FilterDefinition<BsonDocument> which) =>
        database.Documents(type).Find(which).Project(Builders<BsonDocument>.Projection.Include("auditHead"));

    private Task<bool> IsConsumedAsync(InboxKey key, CancellationToken cancellationToken) =>
        database.Inbox.Find(Filters.Eq(BsonDocuments.Key, MongoRows.InboxKey(key))).AnyAsync(cancellationToken);

    /// <summary>Writes everything in one transaction. Returns the step that was refused because something was
    /// there already or had moved on; null when all is written.</summary>
    private async Task<Step?> WriteAsync(
        IdempotencyRecord? outcome,
        InboxKey? inbox,
        CancellationToken cancellationToken
    )
    {
        var changed = _watched
            .Values.Where(w => w.Record.PendingEntries.Count > 0 || _refreshed.Contains(w.Record.Id))
            .ToList();
        var messages = new List<BsonDocument>();
        var partitions = new HashSet<short>();
        var work = changed
            .Where(w => w.Record.WorkSubject is not null)
            .ToDictionary(w => w.Record.Id, w => (w.Record, Rows: WorkRow.Of(w.Record, contexts)));
        foreach (
            var pending in changed
                .SelectMany(w => w.Record.PendingEvents)
                .Select(e => OutboxMessage.From(e, time))
                .Concat(
                    work.Values.Where(w => !w.Record.IsKeptQuiet)
                        .Select(w => OutboxMessage.From(announcer.Changed(w.Record, w.Rows), time))
                )
        )
        {
            messages.Add(await MessageAsync(pending, cancellationToken));
            partitions.Add(pending.Partition);
        }

        var step = Step.Inbox;
        // By itself the driver repeats a transaction for two minutes.
        using var patience = new CancellationTokenSource(MongoDatabase.Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var session = await database.Client.StartSessionAsync(cancellationToken: cancellationToken);
        try
        {
            await session.WithTransactionAsync(
                async (transaction, cancel) =>
                {
                    // A lease that is over may be another's: what was read under it is stale.
                    if (_locks.Count > 0 && !await HoldAsync(transaction, cancel))
                    {
                        throw new StaleException();
                    }

                    step = Step.Inbox;
                    if (inbox is { } key)
                    {
                        var entry = MongoRows.From(key, time.GetUtcNow());
                        await database.Inbox.InsertOneAsync(transaction, entry, null, cancel);
                    }

                    step = Step.Outcome;
                    if (outcome is not null)
                    {
                        await database.Outcomes.InsertOneAsync(transaction, MongoRows.From(outcome), null, cancel);
                    }

                    foreach (var watched in changed)
                    {
                        // The entries first, as in PostgreSQL: two writers of one identity meet here and the second
                        // is tried again; what the document then runs into is somebody else's unique name.
                        step = Step.Audit;
                        var entries = watched.Record.PendingEntries.Select(MongoRows.From).ToList();
                        if (entries.Count > 0)
                        {
                            await database.AuditTrail.InsertManyAsync(transaction, entries, null, cancel);
                        }

                        step = Step.Document;
                        if (!await SaveAsync(transaction, watched, cancel))
                        {
                            // Thrown, not returned: returning would commit what was written before.
                            throw new StaleException();
                        }

                        if (work.TryGetValue(watched.Record.Id, out var own))
                        {
                            var id = watched.Record.Id;
                            await MongoWorkStore.WriteAsync(database.Work, transaction, id, own.Rows, cancel);
                        }
                    }

                    foreach (var removed in _removed)
                    {
                        step = Step.Document;
                        if (!await DeleteAsync(transaction, removed, cancel))
                        {
                            throw new StaleException();
                        }
                    }

                    step = Step.Outbox;
                    if (messages.Count > 0)
                    {
                        await database.Outbox.InsertManyAsync(transaction, messages, null, cancel);
                    }

                    return true;
                },
                Transaction,
                limit.Token
            );
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnavailableException("unavailable", late);
        }
        catch (StaleException)
        {
            return Step.Audit;
        }
        catch (MongoCommandException refused) when (refused.Code == WriteConflict)
        {
            // Again and again another was writing the same document.
            return Step.Audit;
        }
        catch (MongoException refused) when (IsDuplicateKey(refused))
        {
            return step;
        }

        foreach (var watched in changed)
        {
            watched.Record.MarkSaved();
            _watched[watched.Record.Id] = watched with { Version = watched.Record.Version };
        }

        _removed.Clear();
        _refreshed.Clear();
        foreach (var partition in partitions)
        {
            signal.Wake(partition);
        }

        return null;
    }

    /// <summary>False where the document is not the version any more that was read.</summary>
    private async Task<bool> SaveAsync(
        IClientSessionHandle transaction,
        Watched watched,
        CancellationToken cancellationToken
    )
    {
        var documents = database.Documents(watched.Type);
        var document = BsonDocuments.Write(watched.Record);
        if (watched.Version is not { } expected)
        {
            await documents.InsertOneAsync(transaction, document, null, cancellationToken);
            return true;
        }

        var same = Filters.Eq(BsonDocuments.Key, document[BsonDocuments.Key]) & Filters.Eq("version", expected);
        var replaced = await documents.ReplaceOneAsync(
            transaction,
            same,
            document,
            (ReplaceOptions?)null,
            cancellationToken
        );
        return replaced.MatchedCount > 0;
    }

    /// <summary>False where the document is not the version any more that was read.</summary>
    private async Task<bool> DeleteAsync(
        IClientSessionHandle transaction,
        Watched removed,
        CancellationToken cancellationToken
    )
    {
        var key = BsonDocuments.KeyOf(removed.Record.Id);
        var same = Filters.Eq(BsonDocuments.Key, key) & Filters.Eq("version", removed.Version);
        var deleted = await database.Documents(removed.Type).DeleteOneAsync(transaction, same, null, cancellationToken);
        await database.AuditTrail.DeleteManyAsync(transaction, AuditOf(removed.Record.Id), null, cancellationToken);
        var ofRecord = Filters.Eq("recordId", key);
        await database.Work.DeleteManyAsync(transaction, ofRecord, null, cancellationToken);
        await database.Snoozes.DeleteManyAsync(transaction, Filters.Regex("item", "^" + key), null, cancellationToken);
        return deleted.DeletedCount > 0;
    }

    /// <summary>
    /// An event with its place in its partition. The place is taken outside the transaction, so writers of a partition
    /// do not wait for each other; it is taken after the document was read and counts only if the document is still the
    /// same, so the events of one document keep their order.
    /// </summary>
    private async Task<BsonDocument> MessageAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var counter =
            await database.Counters.FindOneAndUpdateAsync(
                Filters.Eq(BsonDocuments.Key, (int)message.Partition),
                Builders<BsonDocument>.Update.Inc("position", 1L),
                new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After },
                cancellationToken
            ) ?? throw new InvalidOperationException("The outbox has no partitions: run the program with 'migrate'.");
        return MongoRows.From(message, counter["position"].ToInt64());
    }

    /// <summary>Code 11000, however the driver wraps it.</summary>
    private static bool IsDuplicateKey(MongoException exception) =>
        exception switch
        {
            MongoWriteException write => write.WriteError?.Category == ServerErrorCategory.DuplicateKey,
            MongoBulkWriteException bulk => bulk.WriteErrors.Any(e => e.Category == ServerErrorCategory.DuplicateKey),
            MongoCommandException command => command.Code is 11000 or 11001,
            _ => false,
        };

    private sealed class StaleException : Exception;

    /// <summary>A document in hand. <c>Version</c> is the one in the store, null where it is not there yet.</summary>
    private sealed record Watched(Aggregate Record, DocumentType Type, long? Version);
}
