using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerService.Contracts;
using CustomerService.Messaging;
using CustomerService.Testing;

namespace CustomerService.Contracts.Tests;

public sealed partial class EventContracts
{
    public static IReadOnlyList<Type> Events { get; } =
    [
        .. typeof(IIntegrationEvent)
            .Assembly.GetTypes()
            .Where(t => t is { IsInterface: false, IsAbstract: false } && t.IsAssignableTo(typeof(IIntegrationEvent)))
            .OrderBy(NameOf, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Names => [.. Events.Select(NameOf)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_keeps_its_published_schema(string name)
    {
        Snapshot.Matches(
            $"docs/events/{name}.schema.json",
            EventSchemas.Of(TypeOf(name)).ToJsonString(EventSchemas.Indented)
        );
    }

    [Fact]
    public void A_schema_belongs_to_an_event_that_there_is()
    {
        var orphans = Directory
            .GetFiles(Path.Combine(Snapshot.Root(), "docs/events"), "*.schema.json")
            .ExceptBy(Events.Select(NameOf), file => Path.GetFileName(file)[..^".schema.json".Length])
            .ToList();
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            orphans.ForEach(File.Delete);
            return;
        }

        orphans.ShouldBeEmpty("run once with UPDATE_SNAPSHOTS=1 and commit it");
    }

    [Fact]
    public void Names_are_unique_and_say_service_subject_happening_and_version() =>
        Events.ShouldSatisfyAllConditions(
            events => events.Select(NameOf).ShouldBeUnique(),
            events => events.ShouldAllBe(e => Name().IsMatch(NameOf(e)))
        );

    [Fact]
    public void An_event_stands_in_the_folder_of_its_service_and_version() =>
        Events
            .Select(e => (Folder: e.Namespace!, Parts: NameOf(e).Split('.')))
            .Where(e =>
                !e.Folder.Equals(
                    $"CustomerService.Contracts.{e.Parts[0]}.{e.Parts[^1]}",
                    StringComparison.OrdinalIgnoreCase
                )
            )
            .ShouldBeEmpty();

    [Fact]
    public void Contracts_are_immutable_records_without_packages()
    {
        Events.ShouldAllBe(e => e.IsSealed && e.GetMethod("<Clone>$") != null);
        typeof(IIntegrationEvent)
            .Assembly.GetReferencedAssemblies()
            .Select(a => a.Name!)
            .ShouldAllBe(name => name.StartsWith("System", StringComparison.Ordinal));
    }

    [Fact]
    public void The_event_table_of_the_documentation_lists_every_event() =>
        Snapshot.Matches("docs/events/README.md", EventTable.Markdown(Events));

    [Fact]
    public void The_readme_names_every_event()
    {
        var readme = File.ReadAllText(Path.Combine(Snapshot.Root(), "README.md")).ReplaceLineEndings("\n");
        var table = AtAGlance().Match(readme);
        table.Success.ShouldBeTrue("README.md has no table under 'Events at a glance'");
        Snapshot.Matches(
            "README.md",
            readme[..table.Index] + EventTable.AtAGlance(Events) + readme[(table.Index + table.Length)..]
        );
    }

    [Fact]
    public void The_AsyncAPI_document_describes_every_event() =>
        Snapshot.Matches("docs/events/asyncapi.json", AsyncApi.Document(Events));

    [Fact]
    public void Everything_that_the_AsyncAPI_document_refers_to_is_there()
    {
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(Snapshot.Root(), "docs/events/asyncapi.json")))!;
        document["channels"]!.AsObject().Select(c => c.Key).ShouldBe(Events.Select(NameOf).Append(Topology.Stream));
        document["operations"]!.AsObject().Select(c => c.Key).ShouldBe(Events.Select(NameOf).Append(Topology.Stream));
        var references = new List<string>();
        Collect(document);
        references.ShouldAllBe(reference => reference.StartsWith("#/"), "the document stands for itself");
        foreach (var reference in references)
        {
            reference[2..]
                .Split('/')
                .Aggregate((JsonNode?)document, (node, name) => node?[name])
                .ShouldNotBeNull(reference);
        }

        void Collect(JsonNode? node)
        {
            if (node is JsonObject map)
            {
                references.AddRange(map.Where(m => m.Key == "$ref").Select(m => m.Value!.ToString()));
                map.ToList().ForEach(m => Collect(m.Value));
            }
            else if (node is JsonArray list)
            {
                list.ToList().ForEach(Collect);
            }
        }
    }

    internal static string NameOf(Type type) =>
        type.GetCustomAttribute<EventNameAttribute>()?.Name
        ?? throw new InvalidOperationException($"{type} has no EventName.");

    internal static Type TypeOf(string name) => Events.Single(e => NameOf(e) == name);

    [GeneratedRegex(@"^(identity|projects|repairs|complaints|surveys|reporting)\.[a-z][a-z-]*\.[a-z][a-z-]*\.v\d+$")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<=\n## Events at a glance\n\n)(\|[^\n]*\n)+")]
    private static partial Regex AtAGlance();
}
