using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace CustomerService.ServiceDefaults;

/// <summary>What every operation refers to: the problem, the answers that carry it, headers and
/// parameters.</summary>
internal static class SharedComponents
{
    public const string Bearer = "bearer";
    public const string KeyParameter = "IdempotencyKey";
    public const string IfMatchParameter = "IfMatch";
    public const string ETagHeader = "ETag";
    public const string LocationHeader = "Location";
    public const string ReplayedHeader = "IdempotencyReplayed";
    public const string RetryAfterHeader = "RetryAfter";

    private static readonly Dictionary<int, (string Name, string Description)> Refusals = new()
    {
        [400] = ("Malformed", "The request is malformed; `errors` says which members are wrong."),
        [401] = ("Unauthenticated", "There is no token, or it is not valid."),
        [403] = ("Forbidden", "The caller lacks a role; `suppliedBy` names the roles that may."),
        [404] = ("NotFound", "There is no such record, or the caller may not see it."),
        [409] = ("Refused", "A rule refuses it: `code`, `rule`, `missing`, `suppliedBy`."),
        [410] = ("Gone", "It was there and has ended."),
        [412] = ("Stale", "The record has changed since the version that `If-Match` names."),
        [413] = ("TooLarge", "The body is larger than `maximumBytes`."),
        [415] = ("WrongMediaType", "The body has a media type that is not taken here."),
        [428] = ("VersionRequired", "A change needs `If-Match`."),
        [429] = ("TooManyRequests", "The caller has used up its budget; `Retry-After` says for how long."),
        [500] = ("Failed", "The service failed; `traceId` finds the cause in its log."),
        [502] = ("Unreachable", "The service broke off or could not be reached."),
        [503] = ("Unavailable", "The service, or something that it needs, is away."),
        [504] = ("TimedOut", "The service was silent for too long."),
    };

    /// <summary>Name of the response of a status; null where there is none.</summary>
    public static string? ResponseOf(int status) => Refusals.TryGetValue(status, out var known) ? known.Name : null;

    /// <summary>The components as they stand in a document.</summary>
    public static JsonObject AsJson()
    {
        var document = new OpenApiDocument
        {
            Info = new OpenApiInfo { Title = "", Version = "" },
            Paths = [],
        };
        AddTo(document);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        document.SerializeAsV31(new OpenApiJsonWriter(text));
        return JsonNode.Parse(text.ToString())!["components"]!.DeepClone().AsObject();
    }

    public static void AddTo(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        var components = document.Components;
        components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "A token of the issuer, `Authorization: Bearer …`.",
        };
        components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        components.Schemas[nameof(Problem)] = SchemaOf(typeof(Problem), document);
        components.Schemas[nameof(FieldError)] = SchemaOf(typeof(FieldError), document);
        components.Headers = new Dictionary<string, IOpenApiHeader>
        {
            [ETagHeader] = Header("Version of the record in quotes, for `If-Match`.", JsonSchemaType.String),
            [LocationHeader] = Header("Address of the new record.", JsonSchemaType.String, "uri-reference"),
            [ReplayedHeader] = Header(
                "`true` where this is the first outcome under the same `Idempotency-Key` again.",
                JsonSchemaType.String
            ),
            [RetryAfterHeader] = Header("Seconds to wait before the next try.", JsonSchemaType.Integer),
        };
        components.Parameters = new Dictionary<string, IOpenApiParameter>
        {
            [KeyParameter] = new OpenApiParameter
            {
                Name = CommandPipeline.KeyHeader,
                In = ParameterLocation.Header,
                Description =
                    "A key of the caller's choice. The same request with the same key gets the first outcome; "
                    + "another request with it is refused with 409.",
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    MinLength = 1,
                    MaxLength = 200,
                },
            },
            [IfMatchParameter] = new OpenApiParameter
            {
                Name = "If-Match",
                In = ParameterLocation.Header,
                Description = "ETag of the version that the change is based on. Without it 428, with a stale one 412.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        };
        components.Responses = new Dictionary<string, IOpenApiResponse>();
        foreach (var (status, (name, description)) in Refusals)
        {
            components.Responses[name] = new OpenApiResponse
            {
                Description = description,
                Headers = status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
                    ? new Dictionary<string, IOpenApiHeader>
                    {
                        ["Retry-After"] = new OpenApiHeaderReference(RetryAfterHeader, document),
                    }
                    : null,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Problems.ContentType] = new() { Schema = new OpenApiSchemaReference(nameof(Problem), document) },
                },
            };
        }
    }

    // Of the few types that a problem is made of. More members may stand beside those that are named.
    private static OpenApiSchema SchemaOf(Type type, OpenApiDocument document) =>
        new()
        {
            Type = JsonSchemaType.Object,
            Description = XmlComments.Of(type),
            Required = type.GetProperties()
                .Where(p => new NullabilityInfoContext().Create(p).ReadState == NullabilityState.NotNull)
                .Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))
                .ToHashSet(),
            Properties = type.GetProperties()
                .ToDictionary(
                    p => JsonNamingPolicy.CamelCase.ConvertName(p.Name),
                    p => MemberOf(p.PropertyType, XmlComments.Of(p), document)
                ),
        };

    private static IOpenApiSchema MemberOf(Type type, string? description, OpenApiDocument document)
    {
        if (type == typeof(FieldError))
        {
            return new OpenApiSchemaReference(nameof(FieldError), document);
        }

        var schema = new OpenApiSchema { Description = description };
        if (type == typeof(string))
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (type == typeof(int))
        {
            (schema.Type, schema.Format) = (JsonSchemaType.Integer, "int32");
        }
        else if (type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            schema.Type = JsonSchemaType.Object;
            schema.AdditionalProperties = MemberOf(type.GetGenericArguments()[1], null, document);
        }
        else
        {
            schema.Type = JsonSchemaType.Array;
            schema.Items = MemberOf(type.GetGenericArguments()[0], null, document);
        }

        return schema;
    }

    private static OpenApiHeader Header(string description, JsonSchemaType type, string? format = null) =>
        new()
        {
            Description = description,
            Schema = new OpenApiSchema { Type = type, Format = format },
        };
}
