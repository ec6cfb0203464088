using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CustomerService.Messaging;

namespace CustomerService.Contracts.Tests;

/// <summary>The AsyncAPI 3 document of all events, from the contract types and their documentation.</summary>
internal static class AsyncApi
{
    private const string Binding = "0.3.0";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static string Document(IReadOnlyList<Type> events)
    {
        var channels = new JsonObject();
        var operations = new JsonObject();
        var messages = new JsonObject();
        foreach (var type in events)
        {
            var name = EventContracts.NameOf(type);
            channels[name] = new JsonObject
            {
                ["address"] = name,
                ["messages"] = new JsonObject { ["event"] = Reference("components/messages/" + name) },
                ["bindings"] = new JsonObject
                {
                    ["amqp"] = new JsonObject
                    {
                        ["is"] = "routingKey",
                        ["exchange"] = new JsonObject
                        {
                            ["name"] = Topology.Exchange,
                            ["type"] = "topic",
                            ["durable"] = true,
                            ["autoDelete"] = false,
                        },
                        ["bindingVersion"] = Binding,
                    },
                },
            };
            operations[name] = new JsonObject
            {
                ["action"] = "send",
                ["channel"] = Reference("channels/" + name),
                ["messages"] = new JsonArray(Reference($"channels/{name}/messages/event")),
                ["tags"] = new JsonArray(new JsonObject { ["name"] = name.Split('.')[0] }),
                ["bindings"] = new JsonObject
                {
                    ["amqp"] = new JsonObject
                    {
                        ["deliveryMode"] = 2,
                        ["mandatory"] = false,
                        ["timestamp"] = true,
                        ["bindingVersion"] = Binding,
                    },
                },
            };
            messages[name] = new JsonObject
            {
                ["name"] = name,
                ["title"] = type.Name,
                ["summary"] = EventTable.SummaryOf(type),
                ["contentType"] = "application/json",
                ["headers"] = Reference("components/schemas/headers"),
                ["payload"] = new JsonObject
                {
                    ["schemaFormat"] = "application/schema+json;version=draft-04",
                    ["schema"] = new JsonObject { ["$ref"] = $"./{name}.schema.json" },
                },
                ["bindings"] = new JsonObject
                {
                    ["amqp"] = new JsonObject { ["messageType"] = name, ["bindingVersion"] = Binding },
                },
            };
        }

        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Customer service events",
                ["version"] = "1",
                ["description"] =
                    "What the services announce, one routing key an event, on one topic exchange: JSON without an envelope, CloudEvents 1.0 in binary mode. "
                    + "Additions do not change a version; whoever reads ignores what he does not know. How to subscribe, and how to replay, stands in docs/messaging.md.",
            },
            ["defaultContentType"] = "application/json",
            ["servers"] = new JsonObject
            {
                ["broker"] = new JsonObject
                {
                    ["host"] = "rabbitmq:5672",
                    ["pathname"] = "/customer-service",
                    ["protocol"] = "amqp",
                    ["protocolVersion"] = "0.9.1",
                    ["description"] = "As docker-compose.yml names it.",
                },
            },
            ["channels"] = channels,
            ["operations"] = operations,
            ["components"] = new JsonObject
            {
                ["messages"] = messages,
                ["schemas"] = new JsonObject { ["headers"] = Headers() },
            },
        }.ToJsonString(Options);
    }

    private static JsonObject Headers()
    {
        static JsonObject Text(string description, string? format = null)
        {
            var text = new JsonObject { ["type"] = "string", ["description"] = description };
            if (format is not null)
            {
                text["format"] = format;
            }

            return text;
        }

        var properties = new JsonObject
        {
            [MessageHeaderNames.CloudEventsPrefix + "specversion"] = new JsonObject
            {
                ["type"] = "string",
                ["const"] = "1.0",
            },
            [MessageHeaderNames.CloudEventsPrefix + "id"] = Text(
                "Identity of the event; by it a second delivery is recognised.",
                "uuid"
            ),
            [MessageHeaderNames.CloudEventsPrefix + "source"] = Text("/customer-service/{service}", "uri-reference"),
            [MessageHeaderNames.CloudEventsPrefix + "type"] = Text("Name of the event, the same as the routing key."),
            [MessageHeaderNames.CloudEventsPrefix + "subject"] = Text(
                "Identity of the record that it is about.",
                "uuid"
            ),
            [MessageHeaderNames.CloudEventsPrefix + "time"] = Text("When it happened, UTC.", "date-time"),
        };
        var required = new JsonArray([.. properties.Select(p => (JsonNode)p.Key)]);
        properties[MessageHeaderNames.CloudEventsPrefix + "traceparent"] = Text(
            "W3C trace context of the work that caused it."
        );
        properties[MessageHeaderNames.TraceParent] = Text("The same.");
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = required,
        };
    }

    private static JsonObject Reference(string pointer) => new() { ["$ref"] = "#/" + pointer };
}
