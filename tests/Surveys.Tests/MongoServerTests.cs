using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CustomerService.Messaging;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;
using CustomerService.Surveys.Store.Mongo;
using CustomerService.Surveys.Tests.Domain;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CustomerService.Surveys.Tests;

/// <summary>What only a server of MongoDB's protocol can show, beside <see cref="StoreContract"/>.</summary>
public sealed class MongoServerTests(MongoStore store) : IClassFixture<MongoStore>
{
    private static CancellationToken Ends => TestContext.Current.CancellationToken;

    private MongoDatabase Database => store.Services.GetRequiredService<MongoDatabase>();

    [Fact]
    public async Task Given_a_partition_When_its_holder_is_slower_than_the_lease_Then_it_keeps_it_until_it_lets_go()
    {
        Must();
        var outbox = new MongoOutboxStore(Database, TimeProvider.System) { Lease = TimeSpan.FromSeconds(1) };
        var claim = await outbox.ClaimAsync([3], 10, Ends);
        claim.Partitions.ShouldBe([(short)3]);

        await Task.Delay(TimeSpan.FromSeconds(3), Ends);
        await using (var other = await outbox.ClaimAsync([3], 10, Ends))
        {
            other.Partitions.ShouldBeEmpty("the lease was renewed");
        }

        await claim.DisposeAsync();
        await using var next = await outbox.ClaimAsync([3], 10, Ends);
        next.Partitions.ShouldBe([(short)3]);
    }

    [Fact]
    public async Task Given_a_holder_that_died_When_its_lease_is_over_Then_another_takes_the_partition()
    {
        Must();
        await Database.Partitions.UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq(BsonDocuments.Key, 5),
            Builders<BsonDocument>
                .Update.Set("owner", "died")
                .Set("until", TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(2)),
            cancellationToken: Ends
        );
        var outbox = new MongoOutboxStore(Database, TimeProvider.System);

        await using (var early = await outbox.ClaimAsync([5], 10, Ends))
        {
            early.Partitions.ShouldBeEmpty();
        }

        await Eventually.IsTrue(
            async () =>
            {
                await using var late = await outbox.ClaimAsync([5], 10, Ends);
                return late.Partitions is [5];
            },
            "the lease is over"
        );
        outbox.Lease.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Given_a_lock_that_went_to_another_meanwhile_When_its_first_holder_commits_Then_it_is_stale_and_leaves_nothing()
    {
        Must();
        var (name, invitation) = ("content/" + Guid.CreateVersion7().ToString("N"), A.Invitation().Fresh());
        await using var scope = store.Services.CreateAsyncScope();
        var slow = scope.ServiceProvider.GetRequiredService<IDocumentStore>();
        await slow.LockAsync(name, Ends);
        slow.Add(invitation);

        // Its lease was over, and another took it.
        await Database.Locks.UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq(BsonDocuments.Key, name),
            Builders<BsonDocument>.Update.Set("holder", "another"),
            cancellationToken: Ends
        );

        (
            await scope.ServiceProvider.GetRequiredService<ServiceDefaults.ICommandStore>().CommitAsync(null, Ends)
        ).ShouldBe(ServiceDefaults.Commit.Stale);
        await using var later = store.Services.CreateAsyncScope();
        var found = await later
            .ServiceProvider.GetRequiredService<IDocumentStore>()
            .FindAsync(DocumentQuery<Invitation>.All.Where(i => i.Id, invitation.Id), Ends);
        found.ShouldBeNull();
        var held = await Database
            .Locks.Find(Builders<BsonDocument>.Filter.Eq(BsonDocuments.Key, name))
            .SingleAsync(Ends);
        held["holder"].AsString.ShouldBe("another", "it was not let go for it");
    }

    [Fact]
    public async Task Given_an_index_that_is_missing_or_another_When_the_service_starts_Then_it_waits_for_the_migration()
    {
        Must();
        (await Database.MissingAsync(Ends)).ShouldBeNull();
        var invitations = Database.Documents(InvitationDocument.Type);

        await invitations.Indexes.DropOneAsync("tokenHash_1", Ends);
        (await Database.MissingAsync(Ends)).ShouldBe("Index tokenHash_1 of invitations is missing or another");
        await invitations.Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(new BsonDocument("tokenHash", 1)),
            cancellationToken: Ends
        );
        (await Database.MissingAsync(Ends)).ShouldBe("Index tokenHash_1 of invitations is missing or another");

        await Database.MigrateAsync(Ends);
        (await Database.MissingAsync(Ends)).ShouldBeNull();
    }

    [Fact]
    public async Task Given_documents_of_a_younger_version_When_one_is_changed_Then_nothing_of_it_is_lost()
    {
        Must();
        var invitation = A.Invitation().Fresh();
        await using (var scope = store.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<IDocumentStore>().Add(invitation);
            await CommitAsync(scope);
        }

        var invitations = Database.Documents(InvitationDocument.Type);
        var which = Builders<BsonDocument>.Filter.Eq(BsonDocuments.Key, BsonDocuments.KeyOf(invitation.Id));
        await invitations.UpdateOneAsync(
            which,
            Builders<BsonDocument>.Update.Set("younger", new BsonDocument("deep", 0.5)).Set("sentBy.younger", "kept"),
            cancellationToken: Ends
        );

        await using (var scope = store.Services.CreateAsyncScope())
        {
            var found = await scope
                .ServiceProvider.GetRequiredService<IDocumentStore>()
                .FindAsync(DocumentQuery<Invitation>.All.Where(i => i.Id, invitation.Id), Ends);
            found!.Open(A.Context(found.Holder)).ShouldBeNull();
            await CommitAsync(scope);
        }

        var written = await invitations.Find(which).SingleAsync(Ends);
        written["version"].ToInt64().ShouldBe(2);
        written["younger"]["deep"].ToDouble().ShouldBe(0.5);
        written["sentBy"]["younger"].AsString.ShouldBe("kept");
    }

    [Fact]
    public async Task Given_a_server_that_took_a_command_and_says_nothing_When_it_is_waited_for_Then_not_for_ever_and_it_is_away()
    {
        Must();
        var url = MongoUrl.Create((await NewUrlAsync()).ToString());
        await using var wire = new Wire(url.Server.Host, url.Server.Port);
        var through = new MongoUrlBuilder(url.ToString())
        {
            Server = new MongoServerAddress("127.0.0.1", wire.Port),
            // The server names its own address, which leads past the wire.
            DirectConnection = true,
            ReplicaSetName = null,
        };
        var database = new MongoDatabase(through.ToString(), SurveyDocuments.All);
        (await database.FaultAsync(Ends)).ShouldBeNull();

        wire.Freeze();
        var began = Stopwatch.GetTimestamp();
        var fault = await Should.ThrowAsync<Exception>(() =>
            database
                .Outbox.Find(Builders<BsonDocument>.Filter.Empty)
                .AnyAsync(Ends)
                .WaitAsync(TimeSpan.FromSeconds(60), Ends)
        );

        StoreRegistration.IsAway(fault).ShouldBeTrue(fault.ToString());
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(45));
    }

    private void Must() => Assert.SkipUnless(store.WhyNot is null, store.WhyNot ?? "");

    private async Task<MongoUrl> NewUrlAsync()
    {
        await using var mongo = new MongoFixture();
        return MongoUrl.Create((await MongoStore.NewAsync(mongo))["ConnectionStrings:Store"]);
    }

    private static async Task CommitAsync(AsyncServiceScope scope) =>
        (
            await scope.ServiceProvider.GetRequiredService<ServiceDefaults.ICommandStore>().CommitAsync(null, Ends)
        ).ShouldBe(ServiceDefaults.Commit.Done);

    /// <summary>Passes on what both sides say, until it freezes.</summary>
    private sealed class Wire : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _ended = new();
        private readonly Task _accepting;
        private volatile bool _frozen;

        public Wire(string host, int port)
        {
            _listener.Start();
            _accepting = AcceptAsync(host, port);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Freeze() => _frozen = true;

        public async ValueTask DisposeAsync()
        {
            await _ended.CancelAsync();
            _listener.Dispose();
            await _accepting;
            _ended.Dispose();
        }

        private async Task AcceptAsync(string host, int port)
        {
            List<Task> passing = [];
            try
            {
                while (true)
                {
                    var client = await _listener.AcceptTcpClientAsync(_ended.Token);
                    var server = new TcpClient();
                    await server.ConnectAsync(host, port, _ended.Token);
                    passing.Add(PassAsync(client, server));
                    passing.Add(PassAsync(server, client));
                }
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(passing);
            }
        }

        private async Task PassAsync(TcpClient from, TcpClient to)
        {
            var buffer = new byte[64 * 1024];
            try
            {
                while (await from.GetStream().ReadAsync(buffer, _ended.Token) is > 0 and var read)
                {
                    if (!_frozen)
                    {
                        await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _ended.Token);
                    }
                }
            }
            catch (Exception over) when (over is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // One side has gone.
            }
            finally
            {
                if (!_frozen || _ended.IsCancellationRequested)
                {
                    from.Dispose();
                    to.Dispose();
                }
            }
        }
    }
}
