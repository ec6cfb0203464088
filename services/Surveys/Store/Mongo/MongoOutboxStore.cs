using CustomerService.Messaging;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CustomerService.Surveys.Store.Mongo;

/// <summary>
/// The outbox on MongoDB. A partition is held by a lease in its document, which the holder renews: the server's clock
/// decides, so the clocks of the replicas need not agree. The partitions of a replica that dies are free when the lease
/// is over.
/// </summary>
internal sealed class MongoOutboxStore(MongoDatabase database, TimeProvider time) : IOutboxStore
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    /// <summary>How long a partition stays held without a sign of its holder; three renewals must fail before another
    /// takes it.</summary>
    internal TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    public async Task<IOutboxClaim> ClaimAsync(
        IReadOnlyList<short> partitions,
        int perPartition,
        CancellationToken cancellationToken
    )
    {
        var claim = new Claim(this, Guid.CreateVersion7().ToString("D"));
        try
        {
            foreach (var partition in partitions)
            {
                var free = new BsonDocument
                {
                    { BsonDocuments.Key, (int)partition },
                    { "$expr", new BsonDocument("$lt", new BsonArray { "$until", "$$NOW" }) },
                };
                var take = new BsonDocument(
                    "$set",
                    new BsonDocument { { "owner", claim.Owner }, { "until", LeaseEnd } }
                );
                var taken = await database.Partitions.UpdateOneAsync(
                    free,
                    Builders<BsonDocument>.Update.Pipeline(PipelineDefinition<BsonDocument, BsonDocument>.Create(take)),
                    null,
                    cancellationToken
                );
                if (taken.ModifiedCount == 0)
                {
                    continue;
                }

                claim.Held.Add(partition);
                var waiting = await database
                    .Outbox.Find(Where.Eq("partition", (int)partition))
                    .Sort(Builders<BsonDocument>.Sort.Ascending("position"))
                    .Limit(perPartition)
                    .ToListAsync(cancellationToken);
                claim.Read.AddRange(waiting.Select(ToRecord));
            }

            claim.KeepHeld();
            return claim;
        }
        catch
        {
            await claim.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<short>> WaitingPartitionsAsync(CancellationToken cancellationToken)
    {
        var partitions = await (
            await database.Outbox.DistinctAsync<int>("partition", Where.Empty, cancellationToken: cancellationToken)
        ).ToListAsync(cancellationToken);
        return [.. partitions.Select(partition => (short)partition)];
    }

    public async Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken)
    {
        // From the collection's own count and an index: when the outbox is long is not the time to walk through it.
        var count = await database.Outbox.EstimatedDocumentCountAsync(cancellationToken: cancellationToken);
        var oldest = await database
            .Outbox.Find(Where.Empty)
            .Sort(Builders<BsonDocument>.Sort.Ascending("occurredAt"))
            .FirstOrDefaultAsync(cancellationToken);
        return new(count, oldest is null ? null : At(oldest));
    }

    private MongoDatabase Database => database;

    private TimeProvider Time => time;

    private BsonDocument LeaseEnd => new("$add", new BsonArray { "$$NOW", (long)Lease.TotalMilliseconds });

    private static OutboxRecord ToRecord(BsonDocument message) =>
        new(
            (short)message["partition"].ToInt32(),
            message["position"].ToInt64(),
            Guid.Parse(message[BsonDocuments.Key].AsString),
            message["eventName"].AsString,
            Guid.Parse(message["subjectId"].AsString),
            System.Text.Encoding.UTF8.GetBytes(message["body"].AsString),
            message["traceParent"].IsBsonNull ? null : message["traceParent"].AsString,
            At(message)
        );

    private static DateTimeOffset At(BsonDocument message) =>
        new(message["occurredAt"].ToUniversalTime(), TimeSpan.Zero);

    private sealed class Claim(MongoOutboxStore store, string owner) : IOutboxClaim
    {
        private readonly CancellationTokenSource _ended = new();
        private Task _renewing = Task.CompletedTask;

        public string Owner => owner;

        public List<short> Held { get; } = [];

        public List<OutboxRecord> Read { get; } = [];

        public IReadOnlyList<short> Partitions => Held;

        public IReadOnlyList<OutboxRecord> Messages => Read;

        /// <summary>Renews the lease until the claim ends.</summary>
        public void KeepHeld()
        {
            if (Held.Count > 0)
            {
                _renewing = RenewAsync([.. Held.Select(partition => (int)partition)]);
            }
        }

        public async Task CompleteAsync(IReadOnlyDictionary<short, long> through, CancellationToken cancellationToken)
        {
            // By identity and not by range: a lower position may have been committed after our read.
            var confirmed = Read.Where(m => through.TryGetValue(m.Partition, out var last) && m.Position <= last)
                .Select(m => m.Id.ToString("D"))
                .ToList();
            if (confirmed.Count > 0)
            {
                await store.Database.Outbox.DeleteManyAsync(Where.In(BsonDocuments.Key, confirmed), cancellationToken);
            }

            await ReleaseAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await _ended.CancelAsync();
            await _renewing;
            _ended.Dispose();
            try
            {
                await ReleaseAsync(CancellationToken.None);
            }
            catch (Exception away) when (away is MongoException or TimeoutException)
            {
                // The lease ends by itself.
            }
        }

        private async Task RenewAsync(IReadOnlyList<int> partitions)
        {
            var renewal = new BsonDocument("$set", new BsonDocument("until", store.LeaseEnd));
            using var timer = new PeriodicTimer(store.Lease / 3, store.Time);
            try
            {
                while (await timer.WaitForNextTickAsync(_ended.Token))
                {
                    try
                    {
                        // Only what is still ours.
                        await store.Database.Partitions.UpdateManyAsync(
                            Where.In(BsonDocuments.Key, partitions) & Where.Eq("owner", owner),
                            Builders<BsonDocument>.Update.Pipeline(
                                PipelineDefinition<BsonDocument, BsonDocument>.Create(renewal)
                            ),
                            null,
                            _ended.Token
                        );
                    }
                    catch (Exception away) when (away is MongoException or TimeoutException)
                    {
                        // The next one may come through; if none does, the lease ends by itself.
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // The claim has ended.
            }
        }

        private async Task ReleaseAsync(CancellationToken cancellationToken)
        {
            if (Held.Count == 0)
            {
                return;
            }

            // Only what is still ours: after the end of the lease it may be another's.
            await store.Database.Partitions.UpdateManyAsync(
                Where.In(BsonDocuments.Key, Held.Select(partition => (int)partition)) & Where.Eq("owner", owner),
                Builders<BsonDocument>.Update.Set("owner", "").Set("until", DateTime.UnixEpoch),
                cancellationToken: cancellationToken
            );
            Held.Clear();
        }
    }
}
