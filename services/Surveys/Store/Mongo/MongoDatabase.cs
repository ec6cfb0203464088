using CustomerService.Messaging;
using CustomerService.ServiceDefaults;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CustomerService.Surveys.Store.Mongo;

/// <summary>The collections of this service in MongoDB, and what must stand before it can work.</summary>
internal sealed class MongoDatabase
{
    private static readonly TimeSpan OutcomesKept = TimeSpan.FromHours(48);

    private readonly IMongoDatabase _database;

    public MongoDatabase(string connectionString, IReadOnlyList<DocumentType> types)
    {
        Types = types;
        var url = MongoUrl.Create(connectionString);
        var settings = MongoClientSettings.FromUrl(url);
        settings.ApplicationName = "customer-service.surveys";
        settings.ServerSelectionTimeout = TimeSpan.FromSeconds(5);
        Client = new MongoClient(settings);
        // What is answered must still be true after a failover: majority on both sides, read from the primary.
        _database = Client.GetDatabase(
            url.DatabaseName,
            new MongoDatabaseSettings
            {
                ReadConcern = ReadConcern.Majority,
                WriteConcern = WriteConcern.WMajority,
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

    private IEnumerable<IMongoCollection<BsonDocument>> All =>
        [.. Types.Select(Documents), AuditTrail, Outcomes, Outbox, Partitions, Counters, Inbox, Accounts];

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

    /// <summary>Whether the collections and the partitions are there.</summary>
    public async Task<bool> IsMigratedAsync(CancellationToken cancellationToken)
    {
        var names = await NamesAsync(cancellationToken);
        return All.All(c => names.Contains(c.CollectionNamespace.CollectionName))
            && await Partitions.CountDocumentsAsync(
                FilterDefinition<BsonDocument>.Empty,
                cancellationToken: cancellationToken
            ) == OutboxPartition.Count;
    }

    /// <summary>Makes collections, indexes and partitions; repeating it changes nothing. Nothing of it may happen
    /// inside a transaction.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var names = await NamesAsync(cancellationToken);
        foreach (var name in All.Select(c => c.CollectionNamespace.CollectionName).Where(n => !names.Contains(n)))
        {
            await _database.CreateCollectionAsync(name, cancellationToken: cancellationToken);
        }

        foreach (var type in Types)
        {
            await Documents(type).Indexes.CreateManyAsync(type.Indexes.Select(IndexOf), cancellationToken);
        }

        var keys = Builders<BsonDocument>.IndexKeys;
        await IndexAsync(Outcomes, keys.Ascending("expires"), cancellationToken, OutcomesKept);
        await IndexAsync(Outbox, keys.Ascending("partition").Ascending("position"), cancellationToken);
        await IndexAsync(Inbox, keys.Ascending("consumedAt"), cancellationToken);
        await IndexAsync(Accounts, keys.Ascending("tokensValidFrom"), cancellationToken);

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
    }

    /// <summary>A document has null in a member that is not set; only a text is unique, and only a query that says the
    /// same uses the index: from the equality alone the planner does not conclude the type.</summary>
    public static FilterDefinition<BsonDocument> IsSet(DocumentMember member) =>
        Builders<BsonDocument>.Filter.Type(member.Name, BsonType.String);

    private static CreateIndexModel<BsonDocument> IndexOf(DocumentIndex index)
    {
        var keys = new BsonDocument(index.Members.Select(member => new BsonElement(member.Name, 1)));
        if (index.Use == IndexUse.Search)
        {
            keys.Add(BsonDocuments.Key, -1);
        }

        return new(
            keys,
            new CreateIndexOptions<BsonDocument>
            {
                Unique = index.Use != IndexUse.Search,
                PartialFilterExpression = index.Use == IndexUse.UniqueWhereSet ? IsSet(index.Members[0]) : null,
            }
        );
    }

    private static Task IndexAsync(
        IMongoCollection<BsonDocument> collection,
        IndexKeysDefinition<BsonDocument> keys,
        CancellationToken cancellationToken,
        TimeSpan? expireAfter = null
    ) =>
        collection.Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(keys, new CreateIndexOptions { ExpireAfter = expireAfter }),
            cancellationToken: cancellationToken
        );

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
