using CustomerService.Messaging;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;
using CustomerService.Surveys.Store.Mongo;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

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

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(300)]
    public void Given_a_wait_for_confirms_When_a_partition_is_leased_Then_for_longer_than_a_round_takes(
        double confirmSeconds
    )
    {
        var options = Options.Create(new MessagingOptions { ConfirmTimeout = TimeSpan.FromSeconds(confirmSeconds) });

        new MongoOutboxStore(Database, options).Lease.ShouldBeGreaterThan(
            TimeSpan.FromSeconds((2 * confirmSeconds) + 10)
        );
    }

    [Fact]
    public void Given_a_failed_command_When_the_outcome_of_its_duplicate_is_read_Then_linearizable_from_the_primary()
    {
        Database.LatestOutcomes.CollectionNamespace.ShouldBe(Database.Outcomes.CollectionNamespace);
        Database.LatestOutcomes.Settings.ReadConcern.ShouldBe(ReadConcern.Linearizable);
        Database.LatestOutcomes.Settings.ReadPreference.ShouldBe(ReadPreference.Primary);
    }

    [Fact]
    public void Given_a_server_that_cannot_be_reached_When_the_fault_is_looked_at_Then_it_is_away()
    {
        StoreRegistration.IsAway(new TimeoutException()).ShouldBeTrue();
        StoreRegistration.IsAway(new InvalidOperationException("", new MongoWaitQueueFullException(""))).ShouldBeTrue();
        StoreRegistration.IsAway(new InvalidOperationException()).ShouldBeFalse();
    }

    private static BsonDocument Rendered(FilterDefinition<BsonDocument> filter) =>
        filter.Render(
            new RenderArgs<BsonDocument>(
                BsonSerializer.LookupSerializer<BsonDocument>(),
                BsonSerializer.SerializerRegistry
            )
        );
}
