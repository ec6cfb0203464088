using System.Text.Json.Nodes;

namespace CustomerService.Gateway.ApiDocument;

/// <summary>
/// Makes one OpenAPI document out of those of the services. Addresses get the prefix under which the gateway
/// shows the
/// service. Components keep their names; where two services mean different things by one name, each gets its
/// service's name in front.
/// </summary>
internal static class MergedDocument
{
    private const string Schemas = "#/components/schemas/";

    /// <param name="documents">The services' own documents by service name.</param>
    /// <param name="missing">Services that gave none.</param>
    /// <param name="signIn">Where people sign in; null where the issuer could not be asked, or offers no
    /// sign-in for people.</param>
    public static JsonObject Merge(
        IReadOnlyDictionary<string, JsonObject> documents,
        IReadOnlyList<string> missing,
        SignIn? signIn
    )
    {
        var ambiguous = Ambiguous(documents);
        var paths = new JsonObject();
        var schemas = new JsonObject();
        var tags = new JsonArray();
        foreach (var (service, document) in documents)
        {
            tags.Add(new JsonObject { ["name"] = service });
            foreach (var (name, schema) in Components(document))
            {
                var renamed = ambiguous.Contains(name) ? Prefixed(service, name) : name;
                schemas[renamed] ??= Rewritten(schema!, service, ambiguous);
            }

            foreach (var (path, item) in document["paths"] as JsonObject ?? [])
            {
                // Only what the gateway lets through.
                if (path.StartsWith("/v1/", StringComparison.Ordinal) && item is JsonObject)
                {
                    paths[$"/api/{service}{path}"] = Operations(
                        (JsonObject)Rewritten(item, service, ambiguous),
                        service
                    );
                }
            }
        }

        paths["/api/live"] = Live();
        tags.Add(new JsonObject { ["name"] = "live" });
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Customer service",
                ["version"] = "v1",
                ["description"] = Description(missing),
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas, ["securitySchemes"] = SecuritySchemes(signIn) },
            ["tags"] = tags,
        };
    }

    private static JsonObject SecuritySchemes(SignIn? signIn)
    {
        var schemes = new JsonObject
        {
            ["bearer"] = new JsonObject
            {
                ["type"] = "http",
                ["scheme"] = "bearer",
                ["bearerFormat"] = "JWT",
            },
        };
        if (signIn is not null)
        {
            schemes["oauth"] = new JsonObject
            {
                ["type"] = "oauth2",
                ["flows"] = new JsonObject
                {
                    ["authorizationCode"] = new JsonObject
                    {
                        ["authorizationUrl"] = signIn.Authorize.AbsoluteUri,
                        ["tokenUrl"] = signIn.Token.AbsoluteUri,
                        ["scopes"] = new JsonObject
                        {
                            ["openid"] = "Who you are",
                            ["profile"] = "Your name",
                            ["roles"] = "Your roles",
                            ["api"] = "The API",
                        },
                    },
                },
            };
        }

        return schemes;
    }

    private static string Description(IReadOnlyList<string> missing)
    {
        const string About =
            "The API of all services behind the gateway. Errors are RFC 9457 problem details with a stable `code`.";
        return missing.Count == 0
            ? About
            : $"{About}\n\n**Not reachable at the moment, and therefore left out: {string.Join(", ", missing)}.**";
    }

    // Names that mean different things, and names whose meaning hangs on such a name.
    private static HashSet<string> Ambiguous(IReadOnlyDictionary<string, JsonObject> documents)
    {
        var shared = documents
            .Values.SelectMany(Components)
            .GroupBy(component => component.Key)
            .Where(group => group.Count() > 1)
            .ToList();
        var ambiguous = shared
            .Where(group => group.Skip(1).Any(other => !JsonNode.DeepEquals(group.First().Value, other.Value)))
            .Select(group => group.Key)
            .ToHashSet();
        for (var before = -1; before != ambiguous.Count; )
        {
            before = ambiguous.Count;
            ambiguous.UnionWith(
                shared
                    .Where(group => References(group.First().Value!).Any(ambiguous.Contains))
                    .Select(group => group.Key)
            );
        }

        return ambiguous;
    }

    private static IEnumerable<string> References(JsonNode node) =>
        node switch
        {
            JsonObject map => map.SelectMany(member =>
                member.Key == "$ref" && Target(member.Value) is { } target ? [target]
                : member.Value is null ? []
                : References(member.Value)
            ),
            JsonArray list => list.OfType<JsonNode>().SelectMany(References),
            _ => [],
        };

    private static string? Target(JsonNode? value) =>
        value is JsonValue text
        && text.TryGetValue<string>(out var reference)
        && reference.StartsWith(Schemas, StringComparison.Ordinal)
            ? reference[Schemas.Length..]
            : null;

    private static JsonNode Rewritten(JsonNode node, string service, HashSet<string> ambiguous)
    {
        var copy = node.DeepClone();
        Rewrite(copy);
        return copy;

        void Rewrite(JsonNode? part)
        {
            switch (part)
            {
                case JsonObject map:
                    foreach (var key in map.Select(member => member.Key).ToList())
                    {
                        if (key == "$ref" && Target(map[key]) is { } target && ambiguous.Contains(target))
                        {
                            map[key] = Schemas + Prefixed(service, target);
                        }
                        else
                        {
                            Rewrite(map[key]);
                        }
                    }

                    break;
                case JsonArray list:
                    foreach (var item in list)
                    {
                        Rewrite(item);
                    }

                    break;
            }
        }
    }

    private static JsonObject Operations(JsonObject item, string service)
    {
        foreach (var operation in item.Select(member => member.Value).OfType<JsonObject>())
        {
            operation["tags"] = new JsonArray(service);
            if (operation["operationId"] is JsonValue id)
            {
                operation["operationId"] = $"{service}.{id}";
            }
        }

        return item;
    }

    private static JsonObject Components(JsonObject document) => document["components"]?["schemas"] as JsonObject ?? [];

    private static string Prefixed(string service, string name) =>
        char.ToUpperInvariant(service[0]) + service[1..] + name;

    private static JsonObject Live() =>
        new()
        {
            ["get"] = new JsonObject
            {
                ["tags"] = new JsonArray("live"),
                ["operationId"] = "live.stream",
                ["summary"] = "What happens now, as server-sent events",
                ["description"] =
                    "Each event: `id`, `event` (its type), `data` (JSON with id, type, subject, time and, for staff, the event's data). "
                    + "`live.reset` says that events may have been missed: read anew. The stream ends when the token does.",
                ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
                ["parameters"] = new JsonArray(
                    new JsonObject
                    {
                        ["name"] = "types",
                        ["in"] = "query",
                        ["description"] =
                            "Beginnings of event types, separated by commas, for example `repairs.,complaints.complaint.`.",
                        ["schema"] = new JsonObject { ["type"] = "string" },
                    },
                    new JsonObject
                    {
                        ["name"] = "Last-Event-ID",
                        ["in"] = "header",
                        ["description"] = "The last event seen; what came after it is sent first.",
                        ["schema"] = new JsonObject { ["type"] = "string" },
                    }
                ),
                ["responses"] = new JsonObject
                {
                    ["200"] = new JsonObject
                    {
                        ["description"] = "OK",
                        ["content"] = new JsonObject
                        {
                            ["text/event-stream"] = new JsonObject
                            {
                                ["schema"] = new JsonObject { ["type"] = "string" },
                            },
                        },
                    },
                },
            },
        };
}
