using System.Text.Json.Nodes;

namespace CustomerService.Servers;

/// <summary>What the account of a program may do at the broker: patterns of names, as RabbitMQ takes them.</summary>
/// <param name="Configure">What it may declare and delete.</param>
/// <param name="Write">What it may publish to and bind.</param>
/// <param name="Read">What it may consume, and bind to.</param>
/// <param name="Events">The names of events that it may publish; null for all that it may publish to.</param>
public sealed record BrokerAccount(string Configure, string Write, string Read, string? Events = null)
{
    /// <summary>All of them.</summary>
    public static BrokerAccount Unlimited { get; } = new(".*", ".*", ".*");
}

/// <summary>
/// The broker's side of the system, from <c>deploy/rabbitmq/definitions.json</c>: accounts of the programs, limits of
/// the queues, exchange and stream. The same file is imported by Docker Compose and by an operator of a cluster.
/// </summary>
public static class BrokerDefinitions
{
    /// <summary>The exchange to which every event goes.</summary>
    public const string Exchange = "customer-service.events";

    private static readonly JsonNode Root = Read();

    /// <summary>Names of the programs that have an account.</summary>
    public static IReadOnlyList<string> Programs { get; } =
    [.. Of("permissions").Select(entry => (string)entry["user"]!)];

    /// <summary>How often a message of a consumer may be delivered without an answer.</summary>
    public static int DeliveryLimit { get; } =
        (int)Of("policies").Single(p => (string)p["name"]! == "consumers")["definition"]!["delivery-limit"]!;

    /// <summary>What a program's account may do.</summary>
    /// <exception cref="InvalidOperationException">The program has none.</exception>
    public static BrokerAccount AccountOf(string program)
    {
        var permission = Of("permissions").Single(entry => (string)entry["user"]! == program);
        var topics = Of("topic_permissions").SingleOrDefault(entry => (string)entry["user"]! == program);
        return new(
            (string)permission["configure"]!,
            (string)permission["write"]!,
            (string)permission["read"]!,
            (string?)topics?["write"]
        );
    }

    /// <summary>The limits alone, for a virtual host whose programs declare the rest.</summary>
    internal static JsonObject Limits => Part("policies");

    /// <summary>Limits, exchange and stream.</summary>
    internal static JsonObject Topology => Part("policies", "exchanges", "queues", "bindings");

    private static IEnumerable<JsonNode> Of(string part) => Root[part]!.AsArray().Select(entry => entry!);

    private static JsonObject Part(params string[] names)
    {
        var part = new JsonObject();
        foreach (var name in names)
        {
            part[name] = new JsonArray([
                .. Of(name)
                    .Select(entry =>
                    {
                        // Imported into one virtual host, whatever its name.
                        var copy = entry.DeepClone().AsObject();
                        copy.Remove("vhost");
                        return copy;
                    }),
            ]);
        }

        return part;
    }

    private static JsonNode Read()
    {
        using var file = typeof(BrokerDefinitions).Assembly.GetManifestResourceStream("broker-definitions.json")!;
        return JsonNode.Parse(file)!;
    }
}

/// <summary>A queue as the broker has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Policy">Name of the policy that holds for it.</param>
/// <param name="Arguments">Names of the arguments that were declared.</param>
/// <param name="Limits">Names of what the policy sets.</param>
public sealed record BrokerQueue(
    string Name,
    string? Policy,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Limits
);
