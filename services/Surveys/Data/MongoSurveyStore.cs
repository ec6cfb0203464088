using System.Globalization;
using System.Runtime.CompilerServices;
using CustomerService.Contracts;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Domain;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CustomerService.Surveys.Data;

/// <summary>
/// The store on MongoDB. One multi-document transaction writes documents, audit entries, events, outcome and
/// inbox entry, all with
/// write concern majority. The driver tries again what carries the labels TransientTransactionError (the whole
/// body) and
/// UnknownTransactionCommitResult (the commit); the body only writes what is in memory, so trying again is harmless.
/// </summary>
internal sealed class MongoSurveyStore(MongoDatabase database, OutboxSignal signal, TimeProvider time)
    : ISurveyStore,
        IInboxUnitOfWork
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly TimeSpan MajorityWithin = TimeSpan.FromSeconds(5);
    private static readonly TransactionOptions Transaction = new(
        ReadConcern.Snapshot,
        ReadPreference.Primary,
        WriteConcern.WMajority
    );

    private readonly Dictionary<Guid, Watched> _watched = [];
    private InboxKey? _consuming;
    private bool _refused;

    private enum Step
    {
        Inbox,
        Outcome,
        Audit,
        Document,
        Outbox,
    }

    public void Add(Invitation invitation) => _watched[invitation.Id] = new(invitation, database.Invitations, null);

    public void Add(SurveyForm form) => _watched[form.Id] = new(form, database.Forms, null);

    public Task<Invitation?> FindInvitationAsync(Guid id, CancellationToken cancellationToken) =>
        FindAsync<Invitation>(
            database.Invitations,
            Where.Eq(BsonDocuments.Key, BsonDocuments.KeyOf(id)),
            cancellationToken
        );

    public Task<Invitation?> FindInvitationByTokenAsync(string tokenHash, CancellationToken cancellationToken) =>
        FindAsync<Invitation>(database.Invitations, Where.Eq("tokenHash", tokenHash), cancellationToken);

    public Task<bool> HasInvitationAsync(string occasion, CancellationToken cancellationToken) =>
        database.Invitations.Find(OfOccasion(occasion)).AnyAsync(cancellationToken);

    public Task<SurveyForm?> FindFormAsync(Guid id, CancellationToken cancellationToken) =>
        FindAsync<SurveyForm>(database.Forms, Where.Eq(BsonDocuments.Key, BsonDocuments.KeyOf(id)), cancellationToken);

    public async Task<IReadOnlyList<Invitation>> ListAsync(
        InvitationFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var conditions = Documented(filter.CustomerId, filter.Survey, filter.Department);
        Within(conditions, "sentOn", filter.From, filter.To);
        if (filter.State is { } state)
        {
            conditions.Add(Where.Eq("state", Documents.Text(state)));
        }

        if (filter.SourceId is { } source)
        {
            conditions.Add(Where.Eq("sourceId", source.ToString("D")));
        }

        return
        [
            .. (await PageAsync(database.Invitations, conditions, page, cancellationToken)).Select(
                BsonDocuments.Read<Invitation>
            ),
        ];
    }

    public async Task<IReadOnlyList<SurveyForm>> ListAsync(
        FormFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var conditions = Documented(filter.CustomerId, filter.Survey, filter.Department);
        Within(conditions, "recoveredOn", filter.From, filter.To);
        if (filter.Verdict is { } verdict)
        {
            conditions.Add(Where.Eq("verdict", Documents.Text(verdict)));
        }

        if (filter.InvitationId is { } invitation)
        {
            conditions.Add(Where.Eq("invitationId", invitation.ToString("D")));
        }

        return
        [
            .. (await PageAsync(database.Forms, conditions, page, cancellationToken)).Select(
                BsonDocuments.Read<SurveyForm>
            ),
        ];
    }

    public async Task<IReadOnlyList<Guid>> ListOverdueAsync(
        DateTimeOffset now,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var open =
            Where.In("state", [Documents.Text(InvitationState.Sent), Documents.Text(InvitationState.Opened)])
            & Where.Lte("expiresAt", Documents.Text(now));
        var found = await database
            .Invitations.Find(open)
            .Sort(Builders<BsonDocument>.Sort.Ascending("expiresAt"))
            .Limit(limit)
            .Project(Builders<BsonDocument>.Projection.Include(BsonDocuments.Key))
            .ToListAsync(cancellationToken);
        return [.. found.Select(d => Guid.Parse(d[BsonDocuments.Key].AsString))];
    }

    public async Task<IReadOnlyList<SentTally>> CountSentAsync(TallyFilter filter, CancellationToken cancellationToken)
    {
        var groups = await CountAsync(
            database.Invitations,
            filter,
            "sentOn",
            new BsonDocument("department", "$department"),
            cancellationToken
        );
        return [.. groups.Select(g => new SentTally(DepartmentOf(g), g["count"].ToInt32()))];
    }

    public async Task<IReadOnlyList<RecoveredTally>> CountRecoveredAsync(
        TallyFilter filter,
        CancellationToken cancellationToken
    )
    {
        var by = new BsonDocument { { "department", "$department" }, { "overall", "$overall" } };
        var groups = await CountAsync(database.Forms, filter, "recoveredOn", by, cancellationToken);
        return
        [
            .. groups.Select(g => new RecoveredTally(
                DepartmentOf(g),
                Enum.GetValues<Grade>()
                    .First(grade => Documents.Text(grade) == g[BsonDocuments.Key]["overall"].AsString),
                g["count"].ToInt32()
            )),
        ];
    }

    public async Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(Guid aggregateId, CancellationToken cancellationToken)
    {
        // The key begins with the aggregate and ends with the sequence in fixed width.
        var prefix = aggregateId.ToString("D");
        var range = Where.Gte(BsonDocuments.Key, prefix + ":") & Where.Lt(BsonDocuments.Key, prefix + ";");
        var found = await database
            .AuditTrail.Find(range)
            .Sort(Builders<BsonDocument>.Sort.Ascending(BsonDocuments.Key))
            .ToListAsync(cancellationToken);
        return [.. found.Select(ToEntry)];
    }

    public async IAsyncEnumerable<AuditEntry> ReadAuditTrailAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var cursor = await database
            .AuditTrail.Find(Where.Empty)
            .Sort(Builders<BsonDocument>.Sort.Ascending(BsonDocuments.Key))
            .ToCursorAsync(cancellationToken);
        while (await cursor.MoveNextAsync(cancellationToken))
        {
            foreach (var entry in cursor.Current)
            {
                yield return ToEntry(entry);
            }
        }
    }

    public async IAsyncEnumerable<DocumentHead> ReadAuditHeadsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (
            var (kind, collection) in new[] { ("invitation", database.Invitations), ("survey-form", database.Forms) }
        )
        {
            using var cursor = await collection
                .Find(Where.Empty)
                .Project(Builders<BsonDocument>.Projection.Include("auditHead"))
                .ToCursorAsync(cancellationToken);
            while (await cursor.MoveNextAsync(cancellationToken))
            {
                foreach (var document in cursor.Current)
                {
                    yield return new(
                        kind,
                        Guid.Parse(document[BsonDocuments.Key].AsString),
                        document["auditHead"].AsString
                    );
                }
            }
        }
    }

    public async Task<AuditHead?> ReadAuditHeadAsync(Guid id, CancellationToken cancellationToken)
    {
        foreach (
            var (kind, collection) in new[] { ("invitation", database.Invitations), ("survey-form", database.Forms) }
        )
        {
            var found = await collection
                .Find(Where.Eq(BsonDocuments.Key, BsonDocuments.KeyOf(id)))
                .Project(Builders<BsonDocument>.Projection.Include("auditHead"))
                .FirstOrDefaultAsync(cancellationToken);
            if (found is not null)
            {
                return new(kind, found["auditHead"].AsString);
            }
        }

        return null;
    }

    public async Task<CommandOutcome?> FindOutcomeAsync(string actorId, string key, CancellationToken cancellationToken)
    {
        var byKey = Where.Eq(BsonDocuments.Key, OutcomeKey(actorId, key));
        var found = await (
            _refused
                // As long as there is no majority this one would wait.
                ? database.LatestOutcomes.Find(byKey, new FindOptions { MaxTime = MajorityWithin })
                : database.Outcomes.Find(byKey)
        ).FirstOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : new CommandOutcome(
                actorId,
                key,
                found["requestHash"].AsString,
                found["status"].ToInt32(),
                found["body"].AsString,
                TextOrNull(found["etag"]),
                TextOrNull(found["location"]),
                DateTimeOffset.Parse(found["at"].AsString, CultureInfo.InvariantCulture)
            );
    }

    // The server itself lets them expire.
    public Task<int> PurgeOutcomesAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        Task.FromResult(0);

    public async Task<Commit> CommitAsync(CommandOutcome? outcome, CancellationToken cancellationToken)
    {
        // Inside a consumer the inbox commits, once, at the end.
        if (_consuming is not null)
        {
            return Commit.Done;
        }

        var refused = await WriteAsync(outcome, null, cancellationToken);
        _refused = refused is not null;
        return refused switch
        {
            null => Commit.Done,
            Step.Outcome => Commit.KeyTaken,
            // Two changes of the same version race for the same place in the audit chain, or one of them came
            // too late.
            Step.Audit => Commit.Stale,
            _ => Commit.AlreadyExists,
        };
    }

    public bool Forget()
    {
        _watched.Clear();
        return true;
    }

    public async Task<InboxOutcome> ConsumeAsync(InboxKey key, Func<Task> consume, CancellationToken cancellationToken)
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
        return refused switch
        {
            null => InboxOutcome.Consumed,
            Step.Inbox => InboxOutcome.Duplicate,
            _ when await IsConsumedAsync(key, cancellationToken) => InboxOutcome.Duplicate,
            // Somebody else was faster; the next try sees what he did.
            _ => throw new InvalidOperationException(
                $"The message {key.MessageId} ran into a change of the same document ({refused}); it is tried again."
            ),
        };
    }

    public async Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        (int)
            (
                await database.Inbox.DeleteManyAsync(
                    Where.Lt("consumedAt", new BsonDateTime(before.UtcDateTime)),
                    cancellationToken
                )
            ).DeletedCount;

    internal static FilterDefinition<BsonDocument> OfOccasion(string occasion) =>
        Where.Eq("occasion", occasion) & MongoDatabase.HasOccasion;

    private static string OutcomeKey(string actorId, string key) => $"{actorId}\n{key}";

    private static string? DepartmentOf(BsonDocument group) =>
        TextOrNull(group[BsonDocuments.Key].AsBsonDocument.GetValue("department", BsonNull.Value));

    private static string? TextOrNull(BsonValue value) => value.IsBsonNull ? null : value.AsString;

    private static BsonValue OrNull(string? text) => text is null ? BsonNull.Value : new BsonString(text);

    private static List<FilterDefinition<BsonDocument>> Documented(
        Guid? customer,
        SurveyKind? survey,
        string? department
    )
    {
        var conditions = new List<FilterDefinition<BsonDocument>>();
        if (customer is { } id)
        {
            conditions.Add(Where.Eq("customerId", id.ToString("D")));
        }

        if (survey is { } kind)
        {
            conditions.Add(Where.Eq("survey", Documents.Text(kind)));
        }

        if (department is not null)
        {
            conditions.Add(Where.Eq("department", department));
        }

        return conditions;
    }

    private static void Within(
        List<FilterDefinition<BsonDocument>> conditions,
        string day,
        DateOnly? from,
        DateOnly? to
    )
    {
        if (from is { } first)
        {
            conditions.Add(Where.Gte(day, Documents.Text(first)));
        }

        if (to is { } last)
        {
            conditions.Add(Where.Lte(day, Documents.Text(last)));
        }
    }

    private static FilterDefinition<BsonDocument> AllOf(List<FilterDefinition<BsonDocument>> conditions) =>
        conditions.Count == 0 ? Where.Empty : Where.And(conditions);

    private static Task<List<BsonDocument>> PageAsync(
        IMongoCollection<BsonDocument> collection,
        List<FilterDefinition<BsonDocument>> conditions,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        if (page.After is { } after)
        {
            conditions.Add(Where.Lt(BsonDocuments.Key, BsonDocuments.KeyOf(after)));
        }

        return collection
            .Find(AllOf(conditions))
            .Sort(Builders<BsonDocument>.Sort.Descending(BsonDocuments.Key))
            .Limit(page.Limit + 1)
            .ToListAsync(cancellationToken);
    }

    private static Task<List<BsonDocument>> CountAsync(
        IMongoCollection<BsonDocument> collection,
        TallyFilter filter,
        string day,
        BsonDocument by,
        CancellationToken cancellationToken
    )
    {
        var conditions = Documented(null, filter.Survey, filter.Department);
        Within(conditions, day, filter.From, filter.To);
        return collection
            .Aggregate()
            .Match(AllOf(conditions))
            .Group<BsonDocument>(
                new BsonDocument { { BsonDocuments.Key, by }, { "count", new BsonDocument("$sum", 1) } }
            )
            .ToListAsync(cancellationToken);
    }

    private static BsonDocument FromEntry(AuditEntry entry) =>
        new()
        {
            {
                BsonDocuments.Key,
                string.Create(CultureInfo.InvariantCulture, $"{entry.AggregateId:D}:{entry.Sequence:D10}")
            },
            { "aggregateType", entry.AggregateType },
            { "aggregateId", entry.AggregateId.ToString("D") },
            { "sequence", entry.Sequence },
            { "action", entry.Action },
            { "from", OrNull(entry.From) },
            { "to", entry.To },
            { "actorId", entry.ActorId },
            { "actorName", entry.ActorName },
            { "at", Documents.Text(entry.At) },
            { "why", OrNull(entry.Why) },
            { "policyVersion", entry.PolicyVersion },
            { "previousHash", entry.PreviousHash },
            { "hash", entry.Hash },
        };

    private static AuditEntry ToEntry(BsonDocument row) =>
        new(
            row["aggregateType"].AsString,
            Guid.Parse(row["aggregateId"].AsString),
            row["sequence"].ToInt64(),
            row["action"].AsString,
            TextOrNull(row["from"]),
            row["to"].AsString,
            row["actorId"].AsString,
            row["actorName"].AsString,
            DateTimeOffset.Parse(row["at"].AsString, CultureInfo.InvariantCulture),
            TextOrNull(row["why"]),
            row["policyVersion"].ToInt32(),
            row["previousHash"].AsString,
            row["hash"].AsString
        );

    private async Task<T?> FindAsync<T>(
        IMongoCollection<BsonDocument> collection,
        FilterDefinition<BsonDocument> which,
        CancellationToken cancellationToken
    )
        where T : Aggregate
    {
        var document = await collection.Find(which).FirstOrDefaultAsync(cancellationToken);
        if (document is null)
        {
            return null;
        }

        var id = Guid.Parse(document[BsonDocuments.Key].AsString);
        if (!_watched.TryGetValue(id, out var watched))
        {
            var aggregate = BsonDocuments.Read<T>(document);
            watched = new Watched(aggregate, collection, aggregate.Version);
            _watched[id] = watched;
        }

        return (T)watched.Aggregate;
    }

    private Task<bool> IsConsumedAsync(InboxKey key, CancellationToken cancellationToken) =>
        database.Inbox.Find(Where.Eq(BsonDocuments.Key, InboxId(key))).AnyAsync(cancellationToken);

    private static string InboxId(InboxKey key) => $"{key.MessageId:D}:{key.Consumer}";

    /// <summary>Writes everything in one transaction. Returns the step that was refused because something was
    /// there already or had moved on; null when all is written.</summary>
    private async Task<Step?> WriteAsync(CommandOutcome? outcome, InboxKey? inbox, CancellationToken cancellationToken)
    {
        var changed = _watched.Values.Where(w => w.Aggregate.PendingEntries.Count > 0).ToList();
        var messages = new List<BsonDocument>();
        uint lanes = 0;
        foreach (var pending in changed.SelectMany(w => w.Aggregate.PendingEvents))
        {
            var (message, lane) = await MessageAsync(pending, cancellationToken);
            messages.Add(message);
            lanes |= 1u << lane;
        }

        var step = Step.Inbox;
        using var session = await database.Client.StartSessionAsync(cancellationToken: cancellationToken);
        try
        {
            var written = await session.WithTransactionAsync(
                async (transaction, cancel) =>
                {
                    step = Step.Inbox;
                    if (inbox is { } key)
                    {
                        var entry = new BsonDocument
                        {
                            { BsonDocuments.Key, InboxId(key) },
                            { "consumedAt", new BsonDateTime(time.GetUtcNow().UtcDateTime) },
                        };
                        await database.Inbox.InsertOneAsync(transaction, entry, null, cancel);
                    }

                    step = Step.Outcome;
                    if (outcome is not null)
                    {
                        await database.Outcomes.InsertOneAsync(transaction, FromOutcome(outcome), null, cancel);
                    }

                    foreach (var (aggregate, collection, version) in changed)
                    {
                        step = Step.Document;
                        var document = aggregate switch
                        {
                            Invitation invitation => BsonDocuments.Write(invitation),
                            SurveyForm form => BsonDocuments.Write(form),
                            _ => throw new InvalidOperationException(
                                $"{aggregate.GetType().Name} is no document of this service."
                            ),
                        };
                        if (version is not { } expected)
                        {
                            await collection.InsertOneAsync(transaction, document, null, cancel);
                        }
                        else
                        {
                            var same =
                                Where.Eq(BsonDocuments.Key, document[BsonDocuments.Key])
                                & Where.Eq("version", expected);
                            var replaced = await collection.ReplaceOneAsync(
                                transaction,
                                same,
                                document,
                                (ReplaceOptions?)null,
                                cancel
                            );
                            if (replaced.MatchedCount == 0)
                            {
                                // Thrown, not returned: returning would commit what was written before.
                                step = Step.Audit;
                                throw new MovedOnException();
                            }
                        }

                        step = Step.Audit;
                        await database.AuditTrail.InsertManyAsync(
                            transaction,
                            aggregate.PendingEntries.Select(FromEntry),
                            null,
                            cancel
                        );
                    }

                    step = Step.Outbox;
                    if (messages.Count > 0)
                    {
                        await database.Outbox.InsertManyAsync(transaction, messages, null, cancel);
                    }

                    return true;
                },
                Transaction,
                cancellationToken
            );
            _ = written;
        }
        catch (MovedOnException)
        {
            return Step.Audit;
        }
        catch (MongoException refused) when (IsDuplicateKey(refused))
        {
            return step;
        }

        foreach (var watched in changed)
        {
            watched.Aggregate.MarkSaved();
            _watched[watched.Aggregate.Id] = watched with { Version = watched.Aggregate.Version };
        }

        for (short lane = 0; lane < OutboxLane.Count; lane++)
        {
            if ((lanes & (1u << lane)) != 0)
            {
                signal.Wake(lane);
            }
        }

        return null;
    }

    /// <summary>
    /// An event with its place in its lane. The place is taken outside the transaction, so writers of a lane do
    /// not wait for each
    /// other; it is taken after the document was read and counts only if the document is still the same, so the
    /// events of one
    /// document keep their order.
    /// </summary>
    private async Task<(BsonDocument Message, short Lane)> MessageAsync(
        IIntegrationEvent pending,
        CancellationToken cancellationToken
    )
    {
        var message = OutboxMessage.From(pending, time);
        var counter =
            await database.Counters.FindOneAndUpdateAsync(
                Where.Eq(BsonDocuments.Key, (int)message.Lane),
                Builders<BsonDocument>.Update.Inc("position", 1L),
                new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After },
                cancellationToken
            ) ?? throw new InvalidOperationException("The outbox has no lanes: run the program with 'migrate'.");
        return (
            new BsonDocument
            {
                { BsonDocuments.Key, message.Id.ToString("D") },
                { "lane", (int)message.Lane },
                { "position", counter["position"].ToInt64() },
                { "eventName", message.EventName },
                { "subjectId", message.SubjectId.ToString("D") },
                { "body", message.Body },
                { "traceParent", OrNull(message.TraceParent) },
                { "occurredAt", new BsonDateTime(message.OccurredAt.UtcDateTime) },
            },
            message.Lane
        );
    }

    private static BsonDocument FromOutcome(CommandOutcome outcome) =>
        new()
        {
            { BsonDocuments.Key, OutcomeKey(outcome.ActorId, outcome.Key) },
            { "requestHash", outcome.RequestHash },
            { "status", outcome.Status },
            { "body", outcome.Body },
            { "etag", OrNull(outcome.ETag) },
            { "location", OrNull(outcome.Location) },
            { "at", outcome.At.ToString("O", CultureInfo.InvariantCulture) },
            { "expires", new BsonDateTime(outcome.At.UtcDateTime) },
        };

    /// <summary>Code 11000, however the driver wraps it.</summary>
    private static bool IsDuplicateKey(MongoException exception) =>
        exception switch
        {
            MongoWriteException write => write.WriteError?.Category == ServerErrorCategory.DuplicateKey,
            MongoBulkWriteException bulk => bulk.WriteErrors.Any(e => e.Category == ServerErrorCategory.DuplicateKey),
            MongoCommandException command => command.Code is 11000 or 11001,
            _ => false,
        };

    private sealed class MovedOnException : Exception;

    /// <summary>A document in hand. <c>Version</c> is the one in the store, null where it is not there yet.</summary>
    private sealed record Watched(Aggregate Aggregate, IMongoCollection<BsonDocument> Collection, long? Version);
}
