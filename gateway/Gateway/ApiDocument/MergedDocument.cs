using System.Globalization;
using System.Text.Json.Nodes;
using CustomerService.Gateway.Work;
using CustomerService.ServiceDefaults;

namespace CustomerService.Gateway.ApiDocument;

/// <summary>
/// Makes one OpenAPI document out of those of the services. Addresses get the prefix under which the gateway shows
/// the service. Components keep their names; where two services mean different things by one name, each gets its
/// service's name in front.
/// </summary>
internal static class MergedDocument
{
    private const string Root = "#/components/";

    // Of every document; the security schemes are the gateway's own.
    private static readonly string[] Sections = ["schemas", "responses", "headers", "parameters"];

    // What the gateway answers for a service, or instead of one.
    private static readonly int[] OwnAnswers = [429, 502, 503, 504];

    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    private static readonly Dictionary<string, string> About = new()
    {
        ["projects"] = "Projects, their warranty, revisits after handover, organisations and people.",
        ["repairs"] = "Repair orders, from the notice to the returned repair record.",
        ["complaints"] = "Complaints and corrective actions (CAPA).",
        ["surveys"] = "Satisfaction surveys: invitations, forms and their answers.",
        ["reporting"] = "Reports over all services, from their events.",
        ["identity"] = "Accounts of people and programs, and their roles.",
        [LiveTag] = "What happens now, for front ends.",
        [WorkTag] = "Whose move it is, over all services.",
    };

    private const string LiveTag = "live";
    private const string WorkTag = "work";

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
        var components = SharedComponents.AsJson();
        var tags = new JsonArray();
        foreach (var (service, document) in documents)
        {
            tags.Add(Tag(service));
            foreach (var (key, component) in Components(document))
            {
                var (section, name) = Split(ambiguous.Contains(key) ? Prefixed(service, key) : key);
                var target = (JsonObject)(components[section] ??= new JsonObject());
                target[name] ??= Rewritten(component, service, ambiguous);
            }

            foreach (var (path, item) in document["paths"] as JsonObject ?? [])
            {
                // Only what the gateway lets through.
                if (path.StartsWith("/v1/", StringComparison.Ordinal) && item is JsonObject)
                {
                    paths[$"/api/{service}{path}"] = Operations(
                        (JsonObject)Rewritten(item, service, ambiguous),
                        service,
                        signIn is not null
                    );
                }
            }
        }

        paths["/api/live"] = Live(signIn is not null);
        tags.Add(Tag(LiveTag));
        if (AddWorkLists(paths, components))
        {
            tags.Add(Tag(WorkTag));
        }

        components["securitySchemes"] = SecuritySchemes(signIn);
        var merged = new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Customer service",
                ["version"] = "v1",
                ["description"] = Description(missing),
                ["contact"] = new JsonObject { ["name"] = "Customer service department" },
                ["license"] = new JsonObject { ["name"] = "Proprietary", ["url"] = "/docs/" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = Security(signIn is not null),
            ["paths"] = paths,
            ["components"] = components,
            ["tags"] = tags,
        };
        RemoveUnused(merged);
        return merged;
    }

    private static JsonObject Tag(string name)
    {
        var tag = new JsonObject { ["name"] = name };
        if (About.TryGetValue(name, out var description))
        {
            tag["description"] = description;
        }

        return tag;
    }

    private static JsonArray Security(bool people)
    {
        var ways = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() });
        if (people)
        {
            ways.Add(new JsonObject { ["oauth"] = new JsonArray("api") });
        }

        return ways;
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
        const string Whole =
            "The API of all services behind the gateway. Errors are RFC 9457 problem details with a stable `code`.";
        return missing.Count == 0
            ? Whole
            : $"{Whole}\n\n**Not reachable at the moment, and therefore left out: {string.Join(", ", missing)}.**";
    }

    // Names that mean different things, and names whose meaning hangs on such a name. A name is
    // section/name, as it stands in a reference.
    private static HashSet<string> Ambiguous(IReadOnlyDictionary<string, JsonObject> documents)
    {
        var shared = documents
            .Values.SelectMany(Components)
            .GroupBy(component => component.Key, component => component.Value)
            .Where(group => group.Count() > 1)
            .ToList();
        var ambiguous = shared
            .Where(group => group.Skip(1).Any(other => !JsonNode.DeepEquals(group.First(), other)))
            .Select(group => group.Key)
            .ToHashSet();
        for (var before = -1; before != ambiguous.Count; )
        {
            before = ambiguous.Count;
            ambiguous.UnionWith(
                shared.Where(group => References(group.First()).Any(ambiguous.Contains)).Select(group => group.Key)
            );
        }

        return ambiguous;
    }

    private static void RemoveUnused(JsonObject merged)
    {
        var components = merged["components"]!.AsObject();
        for (var removed = -1; removed != 0; )
        {
            var used = References(merged).ToHashSet();
            var unused = Components(merged).Select(c => c.Key).Where(key => !used.Contains(key)).ToList();
            foreach (var (section, name) in unused.Select(Split))
            {
                components[section]!.AsObject().Remove(name);
            }

            removed = unused.Count;
        }
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
        && reference.StartsWith(Root, StringComparison.Ordinal)
            ? reference[Root.Length..]
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
                            map[key] = Root + Prefixed(service, target);
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

    private static JsonObject Operations(JsonObject item, string service, bool people)
    {
        foreach (var operation in Methods.Select(method => item[method]).OfType<JsonObject>())
        {
            operation["tags"] = new JsonArray(service);
            if (operation["operationId"] is JsonValue id)
            {
                operation["operationId"] = $"{service}.{id}";
            }

            // Said where nothing is, so that none of them is taken for guarded or open by mistake.
            operation["security"] = operation["security"] is JsonArray { Count: > 0 }
                ? Security(people)
                : new JsonArray();
            AddOwnAnswers(operation);
        }

        return item;
    }

    private static void AddOwnAnswers(JsonObject operation)
    {
        var answers = (JsonObject)(operation["responses"] ??= new JsonObject());
        foreach (var status in OwnAnswers)
        {
            answers[status.ToString(CultureInfo.InvariantCulture)] ??= new JsonObject
            {
                ["$ref"] = $"{Root}responses/{SharedComponents.ResponseOf(status)}",
            };
        }
    }

    private static IEnumerable<KeyValuePair<string, JsonNode>> Components(JsonObject document) =>
        Sections.SelectMany(section =>
            (document["components"]?[section] as JsonObject ?? []).Select(component =>
                KeyValuePair.Create($"{section}/{component.Key}", component.Value!)
            )
        );

    private static (string Section, string Name) Split(string key)
    {
        var at = key.IndexOf('/', StringComparison.Ordinal);
        return (key[..at], key[(at + 1)..]);
    }

    private static string Prefixed(string service, string key)
    {
        var (section, name) = Split(key);
        return $"{section}/{char.ToUpperInvariant(service[0])}{service[1..]}{name}";
    }

    /// <summary>The lists over all services, in the words of a service that has one.</summary>
    private static bool AddWorkLists(JsonObject paths, JsonObject components)
    {
        JsonObject? Of(string path) =>
            WorkLists
                .Services.Select(service => paths[$"/api/{service}/v1/{path}"]?["get"] as JsonObject)
                .FirstOrDefault(operation => operation is not null);
        if (
            Of(WorkLists.List) is not { } list
            || Of(WorkLists.Counts) is not { } counts
            || components["schemas"] is not JsonObject schemas
            || SchemaOf(schemas, list) is not { } page
            || SchemaOf(schemas, counts) is not { } tally
            || Resolved(schemas, page["properties"]?["items"]?["items"]) is not { } step
        )
        {
            return false;
        }

        const string stepName = "ServiceWorkItemView";
        const string pageName = "AllWorkItems";
        const string countsName = "AllWorkCounts";
        schemas[stepName] = With(
            step,
            WorkLists.Service,
            new JsonObject
            {
                ["type"] = "string",
                ["description"] = "Whose record it is: the part of the path behind `/api/`.",
            }
        );
        var whole = With(page, WorkLists.Unavailable, Away());
        whole["properties"]!["items"]!["items"] = new JsonObject { ["$ref"] = $"{Root}schemas/{stepName}" };
        schemas[pageName] = whole;
        schemas[countsName] = With(tally, WorkLists.Unavailable, Away());
        paths["/api/" + WorkLists.List] = Whole(
            list,
            "listWorkItems",
            pageName,
            "Over all services. One that is away is named in `unavailable`; its steps are missing, also from the pages that "
                + "follow."
        );
        paths["/api/" + WorkLists.Counts] = Whole(
            counts,
            "countWorkItems",
            countsName,
            "Sums over all services; one that is away is named in `unavailable`."
        );
        return true;

        static JsonObject Away() =>
            new()
            {
                ["type"] = "array",
                ["items"] = new JsonObject { ["type"] = "string" },
                ["description"] = "Services that could not be asked.",
            };

        static JsonObject With(JsonObject schema, string name, JsonObject member)
        {
            var made = schema.DeepClone().AsObject();
            made["properties"]![name] = member;
            ((JsonArray)(made["required"] ??= new JsonArray())).Add(name);
            return made;
        }

        static JsonObject Whole(JsonObject operation, string id, string schema, string more)
        {
            var get = operation.DeepClone().AsObject();
            get["tags"] = new JsonArray(WorkTag);
            get["operationId"] = $"{WorkTag}.{id}";
            get["description"] = $"{get["description"]} {more}".Trim();
            var ok = get["responses"]!["200"]!.AsObject();
            ok.Remove("headers");
            ok["content"]!["application/json"]!["schema"] = new JsonObject { ["$ref"] = $"{Root}schemas/{schema}" };
            return new JsonObject { ["get"] = get };
        }
    }

    private static JsonObject? SchemaOf(JsonObject schemas, JsonObject operation) =>
        Resolved(schemas, operation["responses"]?["200"]?["content"]?["application/json"]?["schema"]);

    private static JsonObject? Resolved(JsonObject schemas, JsonNode? reference) =>
        reference?["$ref"]?.ToString() is { } text && text.StartsWith(Root + "schemas/", StringComparison.Ordinal)
            ? schemas[text[(Root + "schemas/").Length..]] as JsonObject
            : null;

    private static JsonObject Live(bool people)
    {
        var get = new JsonObject
        {
            ["tags"] = new JsonArray(LiveTag),
            ["operationId"] = "live.stream",
            ["summary"] = "What happens now, as server-sent events",
            ["description"] =
                "Each event: `id`, `event` (its type), `data` (JSON with id, type, subject, time and, for staff, the "
                + "event's data). `live.reset` says that events may have been missed: read the records again. The "
                + "stream ends when the token does.",
            ["security"] = Security(people),
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
                        ["text/event-stream"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } },
                    },
                },
            },
        };
        foreach (var status in (int[])[400, 401, 403])
        {
            get["responses"]![status.ToString(CultureInfo.InvariantCulture)] = new JsonObject
            {
                ["$ref"] = $"{Root}responses/{SharedComponents.ResponseOf(status)}",
            };
        }

        AddOwnAnswers(get);
        return new JsonObject { ["get"] = get };
    }
}
