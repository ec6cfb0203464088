using System.Diagnostics;
using System.Net;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;
using CustomerService.Surveys.Store.Mongo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Core.Servers;
using OpenTelemetry.Trace;

namespace CustomerService.Surveys.Tests;

/// <summary>What can be said of the store on MongoDB without a server. The rest is
/// <see cref="StoreContract"/>.</summary>
public sealed class MongoTests
{
    private static readonly MongoDatabase Database = new(
        "mongodb://127.0.0.1:1/surveys?replicaSet=rs0",
        SurveyDocuments.All
    );

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_an_occasion_When_it_is_looked_for_Then_the_query_holds_the_condition_of_the_index_as_well()
    {
        var query = DocumentQuery<Invitation>.All.Where(i => i.Occasion, "repair-order:1");

        Rendered(MongoQueries.Filter(InvitationDocument.Type, query))["$and"]
            .AsBsonArray.ShouldBe([
                new BsonDocument("occasion", "repair-order:1"),
                new BsonDocument("occasion", new BsonDocument("$type", 2)),
            ]);
    }

    [Fact]
    public void Given_a_failed_command_When_the_outcome_of_its_duplicate_is_read_Then_linearizable_from_the_primary()
    {
        Database.LatestOutcomes.CollectionNamespace.ShouldBe(Database.Outcomes.CollectionNamespace);
        Database.LatestOutcomes.Settings.ReadConcern.ShouldBe(ReadConcern.Linearizable);
        Database.LatestOutcomes.Settings.ReadPreference.ShouldBe(ReadPreference.Primary);
    }

    public static TheoryData<Exception, bool> Faults =>
        new()
        {
            {
                new TimeoutException { Source = "MongoDB.Driver" },
                true
            },
            { new TimeoutException("a consumer's own"), false },
            { new InvalidOperationException("", new MongoWaitQueueFullException("")), true },
            { Refused(6), true },
            { Refused(7), true },
            { Refused(89), true },
            { Refused(133), true },
            { Refused(134), true },
            { Refused(262), true },
            { Refused(9001), true },
            { Refused(112), false },
            { Refused(11000), false },
            { new MongoWriteConcernException(Connection, "", new WriteConcernResult([])), true },
            { new UnavailableException("unavailable", new InvalidOperationException()), true },
            { new InvalidOperationException(), false },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Given_a_fault_When_it_is_looked_at_Then_an_absent_server_is_told_from_a_refusal(
        Exception fault,
        bool isAway
    ) => StoreRegistration.IsAway(fault).ShouldBe(isAway, fault.ToString());

    [Fact]
    public async Task Given_the_store_on_MongoDB_When_the_service_is_built_Then_it_watches_the_calendars_and_has_spans()
    {
        await using var app = SurveysService.Build([
            "--Store:Kind=mongo",
            "--ConnectionStrings:Store=mongodb://127.0.0.1:1/surveys?replicaSet=rs0",
            $"--Telemetry:TraceFolder={Path.GetTempPath()}",
            "--ServiceAccount:ClientId=svc-test",
            "--ServiceAccount:ClientSecret=secret",
        ]);

        app.Services.GetServices<IHostedService>().Select(job => job.GetType().Name).ShouldContain("CalendarWatch");
        app.Services.GetRequiredService<TracerProvider>();
        new ActivitySource("MongoDB.Driver").HasListeners().ShouldBeTrue();
    }

    [Fact]
    public void Given_an_index_When_the_server_lists_another_under_its_name_Then_it_is_not_the_same()
    {
        var index = new MongoIndex(new("expires", 1), ExpireAfter: TimeSpan.FromHours(48));
        var listed = new BsonDocument
        {
            { "name", "expires_1" },
            { "key", new BsonDocument("expires", 1.0) },
            { "expireAfterSeconds", 172_800.0 },
        };

        index.IsSameAs(listed).ShouldBeTrue();
        index.IsSameAs(With("expireAfterSeconds", 3_600)).ShouldBeFalse();
        index.IsSameAs(With("unique", true)).ShouldBeFalse();
        index.IsSameAs(With("key", new BsonDocument("expires", -1))).ShouldBeFalse();
        index.IsSameAs(With("partialFilterExpression", new BsonDocument())).ShouldBeFalse();
        (index with { ExpireAfter = null }).IsSameAs(listed).ShouldBeFalse();

        BsonDocument With(string name, BsonValue value) => new(listed.ToDictionary()) { [name] = value };
    }

    private static ConnectionId Connection { get; } =
        new(new ServerId(new ClusterId(), new DnsEndPoint("127.0.0.1", 1)));

    private static MongoCommandException Refused(int code) =>
        new(Connection, "refused", new BsonDocument(), new BsonDocument("code", code));

    private static BsonDocument Rendered(FilterDefinition<BsonDocument> filter) =>
        filter.Render(
            new RenderArgs<BsonDocument>(
                BsonSerializer.LookupSerializer<BsonDocument>(),
                BsonSerializer.SerializerRegistry
            )
        );
}
