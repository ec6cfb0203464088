using MongoDB.Bson;
using MongoDB.Driver;

namespace CustomerService.Surveys.Store.Mongo;

/// <summary>An index as it must stand in the server.</summary>
/// <param name="Keys">Its members with their directions.</param>
/// <param name="Unique">There is one document at most with these values.</param>
/// <param name="WhereText">Only documents in which this member is a text; null for all.</param>
/// <param name="ExpireAfter">The server deletes a document so long after the instant in the member.</param>
internal sealed record MongoIndex(
    BsonDocument Keys,
    bool Unique = false,
    string? WhereText = null,
    TimeSpan? ExpireAfter = null
)
{
    /// <summary>Its name, made of its keys as the server does it.</summary>
    public string Name => string.Join('_', Keys.Select(key => $"{key.Name}_{key.Value}"));

    public CreateIndexModel<BsonDocument> Model =>
        new(
            Keys,
            new CreateIndexOptions<BsonDocument>
            {
                Name = Name,
                Unique = Unique,
                PartialFilterExpression = WhereText is null
                    ? null
                    : Builders<BsonDocument>.Filter.Type(WhereText, BsonType.String),
                ExpireAfter = ExpireAfter,
            }
        );

    /// <summary>The index that every store makes.</summary>
    public static MongoIndex Of(DocumentIndex index)
    {
        var keys = new BsonDocument(index.Members.Select(member => new BsonElement(member.Name, 1)));
        if (index.Use == IndexUse.Search)
        {
            keys.Add(BsonDocuments.Key, -1);
        }

        return new(
            keys,
            index.Use != IndexUse.Search,
            index.Use == IndexUse.UniqueWhereSet ? index.Members[0].Name : null
        );
    }

    /// <summary>Whether what the server lists is this one, with all its options.</summary>
    public bool IsSameAs(BsonDocument listed) =>
        listed["name"] == Name
        && KeysOf(listed).SequenceEqual(KeysOf(new("key", Keys)))
        && listed.GetValue("unique", false).ToBoolean() == Unique
        && listed.Contains("partialFilterExpression") == WhereText is not null
        && (
            ExpireAfter is { } kept
                ? listed.TryGetValue("expireAfterSeconds", out var seconds)
                    && seconds.ToInt64() == (long)kept.TotalSeconds
                : !listed.Contains("expireAfterSeconds")
        );

    private static IEnumerable<(string Name, int Direction)> KeysOf(BsonDocument index) =>
        index["key"].AsBsonDocument.Select(key => (key.Name, key.Value.ToInt32()));
}
