using CustomerService.Messaging;
using CustomerService.ServiceDefaults;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CustomerService.Surveys.Data;

/// <summary>The collections of this service in MongoDB, and what must stand before it can work.</summary>
internal sealed class MongoDatabase
{
    /// <summary>
    /// Null stands in many invitations; only a text is unique. A query that is to use the index of occasions
    /// must say the same: from the
    /// equality alone the planner does not conclude the type.
    /// </summary>
    public static readonly FilterDefinition<BsonDocument> HasOccasion = Builders<BsonDocument>.Filter.Type(
        "occasion",
        BsonType.String
    );

    private static readonly TimeSpan OutcomesKept = TimeSpan.FromHours(48);

    private readonly IMongoDatabase _database;

    public MongoDatabase(string connectionString)
    {
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

    public IMongoCollection<BsonDocument> Invitations => Collection("invitations");

    public IMongoCollection<BsonDocument> Forms => Collection("forms");

    public IMongoCollection<BsonDocument> AuditTrail => Collection("audit_trail");

    public IMongoCollection<BsonDocument> Outcomes => Collection("command_outcomes");

    /// <summary>
    /// The same for whoever was refused: the refusal may rest on what a majority does not have yet, and a
    /// reading by majority would not
    /// find it. This reading sees it and waits for the majority. Not for transactions, and only by the key.
    /// </summary>
    public IMongoCollection<BsonDocument> LatestOutcomes => Outcomes.WithReadConcern(ReadConcern.Linearizable);

    public IMongoCollection<BsonDocument> Outbox => Collection("outbox_messages");

    public IMongoCollection<BsonDocument> Lanes => Collection("outbox_lanes");

    public IMongoCollection<BsonDocument> Counters => Collection("counters");

    public IMongoCollection<BsonDocument> Inbox => Collection("inbox_entries");

    private IMongoCollection<BsonDocument>[] All =>
        [Invitations, Forms, AuditTrail, Outcomes, Outbox, Lanes, Counters, Inbox];

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
                : "MongoDB at ConnectionStrings:Store is a single server; transactions need a replica set (start it with --replSet and run rs.initiate()).";
        }
        catch (TimeoutException)
        {
            // The driver's own message is a page long; what it saw of each server is in its log.
            return $"MongoDB at ConnectionStrings:Store ({string.Join(", ", Client.Settings.Servers)}) cannot be reached: no server answered within {Client.Settings.ServerSelectionTimeout.TotalSeconds} s.";
        }
        catch (MongoException fault)
        {
            return "MongoDB at ConnectionStrings:Store refuses: " + fault.Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>Whether the collections and the lanes are there.</summary>
    public async Task<bool> IsMigratedAsync(CancellationToken cancellationToken)
    {
        var names = await (await _database.ListCollectionNamesAsync(cancellationToken: cancellationToken)).ToListAsync(
            cancellationToken
        );
        return All.All(c => names.Contains(c.CollectionNamespace.CollectionName))
            && await Lanes.CountDocumentsAsync(
                FilterDefinition<BsonDocument>.Empty,
                cancellationToken: cancellationToken
            ) == OutboxLane.Count;
    }

    /// <summary>Makes collections, indexes and lanes; doing it again changes nothing. Nothing of it may happen
    /// inside a transaction.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var names = await (await _database.ListCollectionNamesAsync(cancellationToken: cancellationToken)).ToListAsync(
            cancellationToken
        );
        foreach (var name in All.Select(c => c.CollectionNamespace.CollectionName).Where(n => !names.Contains(n)))
        {
            await _database.CreateCollectionAsync(name, cancellationToken: cancellationToken);
        }

        var keys = Builders<BsonDocument>.IndexKeys;
        var unique = new CreateIndexOptions<BsonDocument> { Unique = true };
        var uniqueText = new CreateIndexOptions<BsonDocument> { Unique = true, PartialFilterExpression = HasOccasion };
        await Invitations.Indexes.CreateManyAsync(
            [
                new(keys.Ascending("tokenHash"), unique),
                new(keys.Ascending("occasion"), uniqueText),
                new(keys.Ascending("state").Ascending("expiresAt")),
                new(keys.Ascending("sentOn")),
                new(keys.Ascending("customerId").Descending(BsonDocuments.Key)),
            ],
            cancellationToken
        );
        await Forms.Indexes.CreateManyAsync(
            [
                new(keys.Ascending("invitationId"), unique),
                new(keys.Ascending("recoveredOn")),
                new(keys.Ascending("customerId").Descending(BsonDocuments.Key)),
            ],
            cancellationToken
        );
        await Outcomes.Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(
                keys.Ascending("expires"),
                new CreateIndexOptions { ExpireAfter = OutcomesKept }
            ),
            cancellationToken: cancellationToken
        );
        await Outbox.Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(keys.Ascending("lane").Ascending("position")),
            cancellationToken: cancellationToken
        );
        await Inbox.Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(keys.Ascending("consumedAt")),
            cancellationToken: cancellationToken
        );

        for (var lane = 0; lane < OutboxLane.Count; lane++)
        {
            await UpsertAsync(
                Lanes,
                lane,
                new BsonDocument { { "owner", "" }, { "until", DateTime.UnixEpoch } },
                cancellationToken
            );
            await UpsertAsync(Counters, lane, new BsonDocument("position", 0L), cancellationToken);
        }
    }

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
