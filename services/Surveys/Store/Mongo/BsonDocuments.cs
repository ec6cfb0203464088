using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Rules;
using MongoDB.Bson;

namespace CustomerService.Surveys.Store.Mongo;

/// <summary>
/// Documents for MongoDB: the same JSON as everywhere (<see cref="DocumentJson"/>), member by member as BSON, with
/// <c>_id</c> in front. Texts stay texts and are never taken for extended JSON.
/// </summary>
internal static class BsonDocuments
{
    public const string Key = "_id";

    public static BsonDocument Write(Aggregate aggregate)
    {
        using var json = JsonDocument.Parse(DocumentJson.Write(aggregate));
        var document = (BsonDocument)FromJson(json.RootElement);
        document.InsertAt(0, new BsonElement(Key, KeyOf(aggregate.Id)));
        return document;
    }

    public static T Read<T>(BsonDocument document)
        where T : Aggregate
    {
        var json = new JsonObject(
            document.Where(e => e.Name != Key).Select(e => new KeyValuePair<string, JsonNode?>(e.Name, ToJson(e.Value)))
        );
        return DocumentJson.Read<T>(json.ToJsonString());
    }

    /// <summary>Identities are texts, as in the JSON; version 7 GUIDs keep their order in time as texts,
    /// too.</summary>
    public static string KeyOf(Guid id) => id.ToString("D");

    private static BsonValue FromJson(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => new BsonDocument(
                json.EnumerateObject().Select(p => new BsonElement(p.Name, FromJson(p.Value)))
            ),
            JsonValueKind.Array => new BsonArray(json.EnumerateArray().Select(FromJson)),
            JsonValueKind.String => new BsonString(json.GetString()!),
            JsonValueKind.Number => json.TryGetInt64(out var whole)
                ? new BsonInt64(whole)
                : new BsonDecimal128(json.GetDecimal()),
            JsonValueKind.True => BsonBoolean.True,
            JsonValueKind.False => BsonBoolean.False,
            _ => BsonNull.Value,
        };

    private static JsonNode? ToJson(BsonValue value) =>
        value.BsonType switch
        {
            BsonType.Document => new JsonObject(
                value.AsBsonDocument.Select(e => new KeyValuePair<string, JsonNode?>(e.Name, ToJson(e.Value)))
            ),
            BsonType.Array => new JsonArray([.. value.AsBsonArray.Select(ToJson)]),
            BsonType.String => JsonValue.Create(value.AsString),
            BsonType.Int64 => JsonValue.Create(value.AsInt64),
            BsonType.Int32 => JsonValue.Create(value.AsInt32),
            // Edited in a shell a number becomes one of these.
            BsonType.Double => JsonValue.Create((decimal)value.AsDouble),
            BsonType.Decimal128 => JsonValue.Create((decimal)value.AsDecimal128),
            BsonType.Boolean => JsonValue.Create(value.AsBoolean),
            BsonType.Null => null,
            _ => throw new InvalidDataException(
                $"A document holds a {value.BsonType}, which no document of this service does."
            ),
        };
}
