using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using CustomerService.Messaging;

namespace CustomerService.Contracts.Tests;

/// <summary>JSON Schema 2020-12 of an event, from its type, its documentation and its words.</summary>
internal static class EventSchemas
{
    public static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // A reader takes a number in quotes; no event has one.
    private static readonly JsonSerializerOptions Written = new(EventJson.Options)
    {
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>A schema that stands for itself.</summary>
    public static JsonObject Of(Type type)
    {
        var name = EventContracts.NameOf(type);
        var schema = Bare(type);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "$id", "urn:customer-service:event:" + name);
        return schema;
    }

    /// <summary>The same as a part of another document.</summary>
    public static JsonObject Bare(Type type)
    {
        var schema = Written
            .GetJsonSchemaAsNode(
                type,
                new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe }
            )
            .AsObject();
        schema.Insert(0, "title", EventContracts.NameOf(type));
        schema.Insert(1, "description", EventTable.SummaryOf(type));
        return schema;
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.PropertyInfo?.AttributeProvider is not PropertyInfo property || node is not JsonObject schema)
        {
            return node;
        }

        if (property.GetCustomAttribute<WordsAttribute>() is { } words)
        {
            var all = words.Words.Select(word => (JsonNode?)word);
            schema["enum"] = new JsonArray([.. context.PropertyInfo.IsGetNullable ? all.Append(null) : all]);
        }

        if (EventTable.ParameterOf(property) is { } description)
        {
            schema["description"] = description;
        }

        return schema;
    }
}
