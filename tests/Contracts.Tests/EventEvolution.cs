using System.Text.Json.Nodes;
using CustomerService.Testing;
using Json.Schema;

namespace CustomerService.Contracts.Tests;

/// <summary>
/// What was released holds: a reader with an older schema reads today's events, and today's schema reads the
/// events that the stream still keeps. At a release <c>RELEASE_EVENTS=1</c> writes docs/events/released once.
/// </summary>
public sealed class EventEvolution
{
    private const string Released = "docs/events/released";

    public static TheoryData<string> Names => EventContracts.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Given_an_event_When_it_is_written_Then_its_schema_takes_it(string name)
    {
        var type = EventContracts.TypeOf(name);
        EventExamples.Of(type).SelectMany(body => Faults(EventSchemas.Of(type), body)).ShouldBeEmpty();
    }

    [Fact]
    public void Given_what_was_released_When_events_are_written_today_Then_both_sides_read_each_other()
    {
        var folder = Path.Combine(Snapshot.Root(), Released);
        if (Environment.GetEnvironmentVariable("RELEASE_EVENTS") == "1")
        {
            Release(folder);
        }

        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [])
        {
            var released = JsonNode.Parse(File.ReadAllText(file))!;
            var name = Path.GetFileNameWithoutExtension(file);
            EventContracts
                .Events.Select(EventContracts.NameOf)
                .ShouldContain(name, "a released event is never dropped");
            var type = EventContracts.TypeOf(name);
            EventExamples
                .Of(type)
                .SelectMany(body => Faults(released["schema"]!.AsObject(), body))
                .ShouldBeEmpty($"today's {name} is not what readers of the released one expect");
            released["examples"]!
                .AsArray()
                .SelectMany(body => Faults(EventSchemas.Of(type), body!))
                .ShouldBeEmpty($"today's schema of {name} does not read what the stream still keeps");
        }
    }

    [EventName("surveys.sample.taken.v1")]
    private sealed record Before(Guid SampleId, long Version, string Grade, DateOnly TakenOn);

    [EventName("surveys.sample.taken.v1")]
    private sealed record Added(Guid SampleId, long Version, string Grade, DateOnly TakenOn, string? Note = null);

    [EventName("surveys.sample.taken.v1")]
    private sealed record Renamed(Guid SampleId, long Version, string Mark, DateOnly TakenOn);

    [EventName("surveys.sample.taken.v1")]
    private sealed record Retyped(Guid SampleId, long Version, int Grade, DateOnly TakenOn);

    [EventName("surveys.sample.taken.v1")]
    private sealed record Demanding(Guid SampleId, long Version, string Grade, DateOnly TakenOn, string Note);

    [Theory]
    [InlineData(typeof(Added), true, true)]
    [InlineData(typeof(Renamed), false, false)]
    [InlineData(typeof(Retyped), false, false)]
    [InlineData(typeof(Demanding), true, false)]
    public void Given_a_changed_event_When_it_is_compared_Then_only_an_addition_passes(
        Type after,
        bool olderReads,
        bool newerReads
    )
    {
        EventExamples.Of(after).All(body => !Faults(EventSchemas.Of(typeof(Before)), body).Any()).ShouldBe(olderReads);
        EventExamples.Of(typeof(Before)).All(body => !Faults(EventSchemas.Of(after), body).Any()).ShouldBe(newerReads);
    }

    private static IEnumerable<string> Faults(JsonObject schema, JsonNode body)
    {
        // Without its name: the library keeps the schemas of one name apart by refusing the second.
        var nameless = schema.DeepClone().AsObject();
        nameless.Remove("$id");
        var result = JsonSchema
            .FromText(nameless.ToJsonString())
            .Evaluate(
                System.Text.Json.JsonSerializer.SerializeToElement(body),
                new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true }
            );
        return result.IsValid
            ? []
            : (result.Details ?? [])
                .SelectMany(d =>
                    (d.Errors ?? new Dictionary<string, string>()).Select(e => $"{d.InstanceLocation}: {e.Value}")
                )
                .DefaultIfEmpty("not valid");
    }

    private static void Release(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var type in EventContracts.Events)
        {
            var file = Path.Combine(folder, EventContracts.NameOf(type) + ".json");
            if (!File.Exists(file))
            {
                var released = new JsonObject
                {
                    ["schema"] = EventSchemas.Of(type),
                    ["examples"] = new JsonArray([.. EventExamples.Of(type)]),
                };
                File.WriteAllText(file, released.ToJsonString(EventSchemas.Indented) + "\n");
            }
        }
    }
}
