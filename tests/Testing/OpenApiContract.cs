using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace CustomerService.Testing;

/// <summary>Holds a service's description against the service. A service's test project calls
/// <see cref="CheckAsync"/> once.</summary>
public static class OpenApiContract
{
    /// <summary>Arguments under which any service is built without its servers: nothing is asked of
    /// them.</summary>
    public static IReadOnlyList<string> Settings { get; } =
    [
        "--ConnectionStrings:Store=Host=127.0.0.1;Port=1;Database=none;Username=none;Password=none",
        "--ConnectionStrings:RabbitMq=amqp://guest:guest@127.0.0.1:1/",
        "--Auth:Issuer=http://localhost:5080",
        "--ServiceAccount:ClientId=none",
        "--ServiceAccount:ClientSecret=none",
        "--Logging:LogLevel:Default=Warning",
    ];

    /// <summary>The description of a service that is built; it need not run.</summary>
    public static async Task<JsonObject> DocumentAsync(
        WebApplication app,
        CancellationToken cancellationToken = default
    )
    {
        // The endpoints are handed over when the pipeline is built, which else the start does.
        ((IApplicationBuilder)app).UseEndpoints(_ => { });
        var document = await app
            .Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1")
            .GetOpenApiDocumentAsync(cancellationToken);
        var text = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken);
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>
    /// Every operation has a name and says what it answers; the schema of every body is the JSON of its type, member
    /// by member; every action that a person can take has its route.
    /// </summary>
    /// <param name="app">The service, built with <see cref="Settings"/> or running.</param>
    /// <param name="flows">Flow tables and the collections of their records, for example
    /// <c>(RepairOrderFlow.Table, "repair-orders")</c>.</param>
    /// <exception cref="OpenApiContractException">All faults, one a line.</exception>
    public static async Task CheckAsync(WebApplication app, params IReadOnlyList<(IFlow Flow, string Collection)> flows)
    {
        var document = await DocumentAsync(app);
        var faults = new List<string>();
        var bodies = new Bodies(
            document,
            app.Services.GetRequiredService<SchemaIds>(),
            app.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions,
            faults
        );
        foreach (
            var description in app
                .Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>()
                .ApiDescriptionGroups.Items.SelectMany(group => group.Items)
        )
        {
            CheckOperation(description, document, bodies, faults);
        }

        CheckNames(document, faults);
        CheckActions(document, flows, faults);
        if (faults.Count > 0)
        {
            throw new OpenApiContractException(string.Join('\n', faults.Distinct()));
        }
    }

    private static void CheckOperation(
        ApiDescription description,
        JsonObject document,
        Bodies bodies,
        List<string> faults
    )
    {
        var route = $"{description.HttpMethod} /{description.RelativePath}";
        var path = "/" + PathOf(description.RelativePath);
        if (document["paths"]![path]?[description.HttpMethod!.ToLowerInvariant()] is not JsonObject operation)
        {
            faults.Add($"{route}: is not in the description");
            return;
        }

        if (operation["operationId"] is null)
        {
            faults.Add($"{route}: has no operationId; handle it by a method of its feature or give it WithName");
        }

        var metadata = description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAcceptsMetadata>().FirstOrDefault()?.RequestType is { } sent && IsJson(metadata))
        {
            bodies.Compare($"{route} takes", sent, SchemaIn(operation["requestBody"]));
        }

        var answers = operation["responses"]!.AsObject().Where(r => r.Key[0] is '2' or '3').ToList();
        if (answers.Count == 0 || answers.Exists(a => a.Key == "200" && a.Value!["content"] is null))
        {
            faults.Add($"{route}: does not say what it answers; add Produces<T>() or ProducesFile(…)");
        }

        foreach (var answer in description.SupportedResponseTypes.Where(a => a.StatusCode is >= 200 and < 300))
        {
            if (answer.Type is { } type && type != typeof(void) && !IsFile(answer))
            {
                bodies.Compare(
                    $"{route} answers {answer.StatusCode}",
                    type,
                    SchemaIn(operation["responses"]![$"{answer.StatusCode}"])
                );
            }
        }
    }

    private static void CheckNames(JsonObject document, List<string> faults) =>
        faults.AddRange(
            document["paths"]!
                .AsObject()
                .SelectMany(path =>
                    path.Value!.AsObject()
                        .Where(o => o.Value is JsonObject)
                        .Select(o =>
                            (Id: o.Value!["operationId"]?.ToString(), Route: $"{o.Key.ToUpperInvariant()} {path.Key}")
                        )
                )
                .Where(operation => operation.Id is not null)
                .GroupBy(operation => operation.Id, operation => operation.Route)
                .Where(group => group.Count() > 1)
                .Select(group => $"{string.Join(", ", group)}: are all called {group.Key}; give them WithName")
        );

    private static void CheckActions(
        JsonObject document,
        IReadOnlyList<(IFlow Flow, string Collection)> flows,
        List<string> faults
    )
    {
        var commands = document["paths"]!
            .AsObject()
            .Where(path => path.Value!["post"] is not null)
            .Select(path => path.Key)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (flow, collection) in flows)
        {
            var actions = flow
                .Lines.Where(line => line.From.Count > 0 && line.Roles.Any(role => role != Roles.System))
                .Select(line => line.Action)
                .Distinct();
            faults.AddRange(
                actions
                    .Select(action => $"/v1/{collection}/{{id}}/{action}")
                    .Where(route => !commands.Contains(route))
                    .Select(route => $"{flow.Name}: an action that people can take has no route POST {route}")
            );
        }
    }

    // A constraint stands in the route and not in the description: {id:guid} is {id}.
    private static string PathOf(string? route) =>
        string.Join(
            '/',
            (route ?? "")
                .Split('/')
                .Select(part =>
                    part.Split(':') is [var name, ..] && part.StartsWith('{') && part.Contains(':') ? name + "}" : part
                )
        );

    private static bool IsJson(IEnumerable<object> metadata) =>
        metadata
            .OfType<IAcceptsMetadata>()
            .Any(a => a.ContentTypes.Any(t => t.Contains("json", StringComparison.OrdinalIgnoreCase)));

    private static bool IsFile(ApiResponseType answer) =>
        answer.ApiResponseFormats.Count > 0
        && !answer.ApiResponseFormats.Any(f => f.MediaType.Contains("json", StringComparison.OrdinalIgnoreCase));

    private static JsonNode? SchemaIn(JsonNode? body) =>
        body
            ?["content"]?.AsObject()
            .Where(c => c.Key.Contains("json", StringComparison.Ordinal))
            .Select(c => c.Value?["schema"])
            .FirstOrDefault();

    /// <summary>Compares schemas with types, each pair once.</summary>
    private sealed class Bodies(JsonObject document, SchemaIds ids, JsonSerializerOptions json, List<string> faults)
    {
        private readonly HashSet<Type> _seen = [];

        public void Compare(string where, Type type, JsonNode? schema)
        {
            var info = json.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
            if (schema is null)
            {
                faults.Add($"{where} {Short(type)}: has no schema");
                return;
            }

            switch (info.Kind)
            {
                case JsonTypeInfoKind.Enumerable when info.ElementType is { } element:
                    Compare(where + " a list of", element, Resolved(schema)["items"]);
                    break;
                case JsonTypeInfoKind.Dictionary when info.ElementType is { } value:
                    Compare(where + " a map of", value, Resolved(schema)["additionalProperties"]);
                    break;
                case JsonTypeInfoKind.Object:
                    CompareObject(where, info, schema);
                    break;
                default:
                    break;
            }
        }

        private void CompareObject(string where, JsonTypeInfo info, JsonNode schema)
        {
            if (ids.IdOf(info) is { } id && NameIn(schema) is { } named && named != id)
            {
                faults.Add($"{where} {Short(info.Type)}: its schema is {named}, not {id}");
                return;
            }

            if (!_seen.Add(info.Type))
            {
                return;
            }

            var members = info
                .Properties.Where(p => !p.IsExtensionData && (p.Get ?? (object?)p.Set) is not null)
                .ToList();
            var described = Resolved(schema)["properties"] as JsonObject ?? [];
            var expected = members.Select(m => m.Name).Order(StringComparer.Ordinal).ToList();
            var found = described.Select(m => m.Key).Order(StringComparer.Ordinal).ToList();
            if (!expected.SequenceEqual(found))
            {
                faults.Add(
                    $"{where} {Short(info.Type)}: its JSON has [{string.Join(", ", expected)}], its schema [{string.Join(", ", found)}]"
                );
                return;
            }

            foreach (var member in members)
            {
                Compare($"{where} {Short(info.Type)}.{member.Name},", member.PropertyType, described[member.Name]);
            }
        }

        private static string Short(Type type) => type.ToString().Split('.')[^1];

        private static string? NameIn(JsonNode schema) => Reference(schema)?["$ref"]!.ToString().Split('/')[^1];

        // A nullable member refers to its schema from one of two ways.
        private static JsonNode? Reference(JsonNode schema) =>
            schema["$ref"] is not null
                ? schema
                : (schema["oneOf"] ?? schema["anyOf"] ?? schema["allOf"])
                    ?.AsArray()
                    .FirstOrDefault(way => way?["$ref"] is not null);

        private JsonNode Resolved(JsonNode schema) =>
            NameIn(schema) is { } name ? document["components"]!["schemas"]![name] ?? schema : schema;
    }
}

/// <summary>The description and the service differ.</summary>
public sealed class OpenApiContractException(string message) : Exception(message);
