using CustomerService.Messaging;
using CustomerService.ServiceDefaults;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CustomerService.Surveys.Store.Mongo;

/// <summary>The collections of this service in MongoDB, and what must stand before it can work.</summary>
internal sealed class MongoDatabase
{
    /// <summary>How long one operation, or one transaction with its repetitions, may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A majority that does not come within that time is an absence.</summary>
    public static readonly WriteConcern Majority = WriteConcern.WMajority.With(wTimeout: Patience);

    /// <summary>Version of what <see cref="MigrateAsync"/> makes. A change of collections or indexes that an older
    /// program cannot work with raises it.</summary>
    private const int Schema = 2;

    private const string SchemaKey = "schema";

    private static readonly TimeSpan OutcomesKept = TimeSpan.FromHours(48);

    private readonly IMongoDatabase _database;

    public MongoDatabase(string connectionString, IReadOnlyList<DocumentType> types)
    {
        Types = types;
        var url = MongoUrl.Create(connectionString);
        var settings = MongoClientSettings.FromUrl(url);
        settings.ApplicationName = "customer-service.surveys";
        settings.ServerSelectionTimeout = TimeSpan.FromSeconds(5);
        settings.ConnectTimeout = TimeSpan.FromSeconds(5);
        settings.WaitQueueTimeout = TimeSpan.FromSeconds(5);
        // Without it the driver waits for ever for a server that took a command and says nothing.
        if (settings.SocketTimeout == TimeSpan.Zero)
        {
            settings.SocketTimeout = Patience;
        }

        Client = new MongoClient(settings);
        // What is answered must still be true after a failover: majority on both sides, read from the primary.
        _database = Client.GetDatabase(
            url.DatabaseName,
            new MongoDatabaseSettings
            {
                ReadConcern = ReadConcern.Majority,
                WriteConcern = Majority,
                ReadPreference = ReadPreference.Primary,
            }
        );
    }

    public MongoClient Client { get; }

    public IReadOnlyList<DocumentType> Types { get; }

    public IMongoCollection<BsonDocument> AuditTrail => Collection("audit_trail");

    public IMongoCollection<BsonDocument> Outcomes => Collection("idempotency_records");

    /// <summary>
    /// The same for the look-up after a failure: the duplicate that caused it may not have reached a majority yet, and
    /// a majority read would miss it. A linearizable read sees it and waits for the majority. Not for transactions,
    /// and only by the key.
    /// </summary>
    public IMongoCollection<BsonDocument> LatestOutcomes => Outcomes.WithReadConcern(ReadConcern.Linearizable);

    public IMongoCollection<BsonDocument> Outbox => Collection("outbox_messages");

    public IMongoCollection<BsonDocument> Partitions => Collection("outbox_partitions");

    public IMongoCollection<BsonDocument> Counters => Collection("counters");

    public IMongoCollection<BsonDocument> Inbox => Collection("inbox_entries");

    public IMongoCollection<BsonDocument> Accounts => Collection("accounts");

    public IMongoCollection<BsonDocument> Work => Collection("work_items");

    public IMongoCollection<BsonDocument> Snoozes => Collection("work_snoozes");

    public IMongoCollection<BsonDocument> Locks => Collection("locks");

    private IMongoCollection<BsonDocument> Meta => Collection("meta");

    private IEnumerable<IMongoCollection<BsonDocument>> All =>
        [
            .. Types.Select(Documents),
            AuditTrail,
            Outcomes,
            Outbox,
            Partitions,
            Counters,
            Inbox,
            Accounts,
            Work,
            Snoozes,
            Locks,
            Meta,
        ];

    private IEnumerable<(IMongoCollection<BsonDocument> Collection, MongoIndex Index)> Indexes =>
        [
            .. Types.SelectMany(type => type.Indexes.Select(index => (Documents(type), MongoIndex.Of(index)))),
            (AuditTrail, new(new() { { "aggregateId", 1 }, { "at", -1 } })),
            (Outcomes, new(new("expires", 1), ExpireAfter: OutcomesKept)),
            (Outbox, new(new() { { "partition", 1 }, { "position", 1 } })),
            (Outbox, new(new("occurredAt", 1))),
            (Inbox, new(new("consumedAt", 1))),
            (Accounts, new(new("tokensValidFrom", 1))),
            (AuditTrail, new(new() { { "actorId", 1 }, { "aggregateId", 1 } })),
            (AuditTrail, new(new("at", 1))),
            (Work, new(new("takers", 1))),
            (
                Work,
                new(
                    new()
                    {
                        { "dueAt", 1 },
                        { "recordId", 1 },
                        { "action", 1 },
                    }
                )
            ),
            (Work, new(new("recordId", 1))),
            (Work, new(new() { { "assigneeId", 1 }, { "dueAt", 1 } })),
            (Work, new(new("assigneeDepartment", 1))),
            (Work, new(new() { { "dependsOnTime", 1 }, { "recordId", 1 } })),
            (Snoozes, new(new("personId", 1))),
        ];

    /// <summary>The documents of a type.</summary>
    public IMongoCollection<BsonDocument> Documents(DocumentType type) => Collection(type.Collection);

    /// <summary>What keeps the server from serving; null when it can. Transactions need a replica set or a
    /// sharded cluster.</summary>
    public async Task<string?> FaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            var hello = await _database.RunCommandAsync<BsonDocument>(
                new BsonDocument("hello", 1),
                cancellationToken: cancellationToken
            );
            return hello.Contains("setName") || hello.GetValue("msg", "").AsString == "isdbgrid"
                ? null
                : "MongoDB at ConnectionStrings:Store is a single server; transactions need a replica set "
                    + "(start it with --replSet and run rs.initiate()).";
        }
        catch (TimeoutException)
        {
            // The driver's own message is a page long; what it saw of each server is in its log.
            return $"MongoDB at ConnectionStrings:Store ({string.Join(", ", Client.Settings.Servers)}) cannot be "
                + $"reached: no server answered within {Client.Settings.ServerSelectionTimeout.TotalSeconds} s.";
        }
        catch (MongoException fault)
        {
            return "MongoDB at ConnectionStrings:Store refuses: " + fault.Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>What a migration has to do before this program can work; null when it has nothing to do. What a
    /// younger program has added is no hindrance.</summary>
    public async Task<string?> MissingAsync(CancellationToken cancellationToken)
    {
        var names = await NamesAsync(cancellationToken);
        if (All.FirstOrDefault(c => !names.Contains(NameOf(c))) is { } absent)
        {
            return $"Collection {NameOf(absent)} is missing";
        }

        var schema = await Meta.Find(Builders<BsonDocument>.Filter.Eq(BsonDocuments.Key, SchemaKey))
            .FirstOrDefaultAsync(cancellationToken);
        if (schema is null || schema["version"].ToInt32() < Schema)
        {
            return $"The schema is older than {Schema}";
        }

        foreach (var indexes in Indexes.GroupBy(i => NameOf(i.Collection)))
        {
            var known = await IndexesOfAsync(indexes.First().Collection, cancellationToken);
            if (indexes.FirstOrDefault(i => !known.Exists(i.Index.IsSameAs)) is { Index: { } index })
            {
                return $"Index {index.Name} of {indexes.Key} is missing or another";
            }
        }

        return
            await Partitions.CountDocumentsAsync(
                FilterDefinition<BsonDocument>.Empty,
                cancellationToken: cancellationToken
            ) == OutboxPartition.Count
            ? null
            : "The outbox has no partitions";
    }

    /// <summary>Makes collections, indexes and partitions; repeating it changes nothing. Nothing of it may happen
    /// inside a transaction.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var names = await NamesAsync(cancellationToken);
        foreach (var name in All.Select(NameOf).Where(n => !names.Contains(n)))
        {
            await _database.CreateCollectionAsync(name, cancellationToken: cancellationToken);
        }

        foreach (var (collection, index) in Indexes)
        {
            var known = await IndexesOfAsync(collection, cancellationToken);
            if (known.Exists(index.IsSameAs))
            {
                continue;
            }

            if (known.Exists(other => other["name"] == index.Name))
            {
                // With other options; the server refuses a second one with the same keys.
                await collection.Indexes.DropOneAsync(index.Name, cancellationToken);
            }

            await collection.Indexes.CreateOneAsync(index.Model, cancellationToken: cancellationToken);
        }

        for (var partition = 0; partition < OutboxPartition.Count; partition++)
        {
            await UpsertAsync(
                Partitions,
                partition,
                new BsonDocument { { "owner", "" }, { "until", DateTime.UnixEpoch } },
                cancellationToken
            );
            await UpsertAsync(Counters, partition, new BsonDocument("position", 0L), cancellationToken);
        }

        // Last: until here a program that starts meanwhile sees what is missing.
        await Meta.UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq(BsonDocuments.Key, SchemaKey),
            Builders<BsonDocument>.Update.Max("version", Schema),
            new UpdateOptions { IsUpsert = true },
            cancellationToken
        );
    }

    /// <summary>A document has null in a member that is not set; only a text is unique, and only a query that says the
    /// same uses the index: from the equality alone the planner does not conclude the type.</summary>
    public static FilterDefinition<BsonDocument> IsSet(DocumentMember member) =>
        Builders<BsonDocument>.Filter.Type(member.Name, BsonType.String);

    private static string NameOf(IMongoCollection<BsonDocument> collection) =>
        collection.CollectionNamespace.CollectionName;

    private static async Task<List<BsonDocument>> IndexesOfAsync(
        IMongoCollection<BsonDocument> collection,
        CancellationToken cancellationToken
    ) => await (await collection.Indexes.ListAsync(cancellationToken)).ToListAsync(cancellationToken);

    private static Task UpsertAsync(
        IMongoCollection<BsonDocument> collection,
        int key,
        BsonDocument values,
        CancellationToken cancellationToken
    ) =>
        collection.UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq(BsonDocuments.Key, key),
            new BsonDocument("$setOnInsert", values),
            new UpdateOptions { IsUpsert = true },
            cancellationToken
        );

    private async Task<List<string>> NamesAsync(CancellationToken cancellationToken)
    {
        using var names = await _database.ListCollectionNamesAsync(cancellationToken: cancellationToken);
        return await names.ToListAsync(cancellationToken);
    }

    private IMongoCollection<BsonDocument> Collection(string name) => _database.GetCollection<BsonDocument>(name);
}

/// <summary><c>migrate</c> for MongoDB.</summary>
internal sealed class MigrateMongoCommand(MongoDatabase database) : IServiceCommand
{
    public string Name => "migrate";

    public async Task<int> RunAsync(
        string[] args,
        IServiceProvider services,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        if (await database.FaultAsync(cancellationToken) is { } fault)
        {
            await output.WriteLineAsync(fault);
            return 1;
        }

        await database.MigrateAsync(cancellationToken);
        await output.WriteLineAsync("Collections and indexes are up to date.");
        return 0;
    }
}
