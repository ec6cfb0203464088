using CustomerService.Messaging;
using CustomerService.Surveys.Data;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace CustomerService.Surveys.Tests;

/// <summary>What can be said of the store on MongoDB without a server. The rest is
/// <see cref="SurveyStoreContract"/>.</summary>
public sealed class MongoStoreTests
{
    private static readonly MongoDatabase Database = new("mongodb://127.0.0.1:1/surveys?replicaSet=rs0");

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_an_occasion_When_it_is_looked_for_Then_the_query_holds_the_condition_of_the_index_as_well()
    {
        var query = Rendered(MongoSurveyStore.OfOccasion("repair-order:1"));
        query["$and"]
            .AsBsonArray.ShouldBe([
                new BsonDocument("occasion", "repair-order:1"),
                Rendered(MongoDatabase.HasOccasion),
            ]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(300)]
    public void Given_a_wait_for_confirms_When_a_lane_is_leased_Then_for_longer_than_a_round_takes(
        double confirmSeconds
    )
    {
        var options = new MessagingOptions { ConfirmSeconds = confirmSeconds };
        new MongoOutboxStore(Database, Options.Create(options)).Lease.ShouldBeGreaterThan(
            TimeSpan.FromSeconds((2 * confirmSeconds) + 10)
        );
    }

    [Fact]
    public void Given_a_refused_command_When_its_twins_outcome_is_read_Then_linearizable_from_the_primary()
    {
        Database.LatestOutcomes.CollectionNamespace.ShouldBe(Database.Outcomes.CollectionNamespace);
        Database.LatestOutcomes.Settings.ReadConcern.ShouldBe(ReadConcern.Linearizable);
        Database.LatestOutcomes.Settings.ReadPreference.ShouldBe(ReadPreference.Primary);
        Database.Outcomes.Settings.ReadConcern.ShouldBe(
            ReadConcern.Majority,
            "every other command need not wait for a round to the majority"
        );
    }

    private static BsonDocument Rendered(FilterDefinition<BsonDocument> filter) =>
        filter.Render(
            new RenderArgs<BsonDocument>(
                BsonSerializer.LookupSerializer<BsonDocument>(),
                BsonSerializer.SerializerRegistry
            )
        );
}
