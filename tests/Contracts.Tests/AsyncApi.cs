using System.Text.Json.Nodes;
using CustomerService.Messaging;

namespace CustomerService.Contracts.Tests;

/// <summary>The AsyncAPI 3 document of all events, from the contract types and their documentation.</summary>
internal static class AsyncApi
{
    private const string Binding = "0.3.0";

    public static string Document(IReadOnlyList<Type> events)
    {
        var channels = new JsonObject();
        var operations = new JsonObject();
        var messages = new JsonObject();
        var schemas = new JsonObject { ["headers"] = Headers() };
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
                ["payload"] = Reference("components/schemas/" + name),
                ["bindings"] = new JsonObject
                {
                    ["amqp"] = new JsonObject { ["messageType"] = name, ["bindingVersion"] = Binding },
                },
            };
            schemas[name] = Embedded(EventSchemas.Bare(type), "#/components/schemas/" + name);
        }

        channels[Topology.Stream] = Stream(events);
        operations[Topology.Stream] = new JsonObject
        {
            ["action"] = "send",
            ["channel"] = Reference("channels/" + Topology.Stream),
            ["summary"] = "The stream keeps every event for those who come later.",
        };

        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Customer service events",
                ["version"] = "1",
                ["description"] =
                    "What the services announce, one routing key an event, on one topic exchange: JSON without an "
                    + "envelope, CloudEvents 1.0 in binary mode. Additions do not change a version; a reader ignores "
                    + "members that it does not know. How to subscribe, and how to replay, stands in docs/messaging.md.",
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
                    ["description"] = "As docker-compose.yml names it; amqps where the broker has TLS.",
                    ["security"] = new JsonArray(Reference("components/securitySchemes/account")),
                },
            },
            ["channels"] = channels,
            ["operations"] = operations,
            ["components"] = new JsonObject
            {
                ["messages"] = messages,
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject
                {
                    ["account"] = new JsonObject
                    {
                        ["type"] = "userPassword",
                        ["description"] =
                            "An account of the broker. A department's reads its own queue and the stream, and writes "
                            + "nothing.",
                    },
                },
            },
        }.ToJsonString(EventSchemas.Indented);
    }

    private static JsonObject Stream(IReadOnlyList<Type> events) =>
        new()
        {
            ["address"] = Topology.Stream,
            ["description"] =
                "A RabbitMQ stream with every event of the last 30 days. Consume it with `x-stream-offset`; "
                + "the name of an event stands in its headers.",
            ["messages"] = new JsonObject([
                .. events
                    .Select(EventContracts.NameOf)
                    .Select(name => KeyValuePair.Create(name, (JsonNode?)Reference("components/messages/" + name))),
            ]),
            ["bindings"] = new JsonObject
            {
                ["amqp"] = new JsonObject
                {
                    ["is"] = "queue",
                    ["queue"] = new JsonObject
                    {
                        ["name"] = Topology.Stream,
                        ["durable"] = true,
                        ["exclusive"] = false,
                        ["autoDelete"] = false,
                    },
                    ["bindingVersion"] = Binding,
                },
            },
        };

    // The exporter points at what a type was described as before, from the root of its own document.
    private static JsonObject Embedded(JsonObject schema, string at)
    {
        Move(schema);
        return schema;

        void Move(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject map:
                    if (map["$ref"] is JsonValue reference)
                    {
                        map["$ref"] = at + reference.ToString()[1..];
                    }

                    map.ToList().ForEach(member => Move(member.Value));
                    break;
                case JsonArray list:
                    list.ToList().ForEach(Move);
                    break;
                default:
                    break;
            }
        }
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
