using CustomerService.Rules;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CustomerService.Surveys.Store.Mongo;

/// <summary>Translates queries for MongoDB.</summary>
internal static class MongoQueries
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filters = Builders<BsonDocument>.Filter;

    /// <summary>The filter that means the same.</summary>
    public static FilterDefinition<BsonDocument> Filter<T>(DocumentType type, DocumentQuery<T> query)
        where T : Aggregate =>
        query.Conditions.Count == 0
            ? Filters.Empty
            : Filters.And(query.Conditions.SelectMany(condition => Translate(type, condition)));

    private static IEnumerable<FilterDefinition<BsonDocument>> Translate(DocumentType type, Condition condition)
    {
        if (condition.Member == DocumentQuery.Id)
        {
            return condition switch
            {
                Condition.EqualTo { Value: string id } => [Filters.Eq(BsonDocuments.Key, id)],
                Condition.OneOf one => [Filters.In(BsonDocuments.Key, one.Values.Cast<string>())],
                _ => throw new NotSupportedException("Documents are not found by a range of identities."),
            };
        }

        var member = type.Member(condition.Member);
        return condition switch
        {
            Condition.EqualTo equal when IsUniqueWhereSet(type, member) =>
            [
                Filters.Eq(member.Name, BsonValue.Create(equal.Value)),
                MongoDatabase.IsSet(member),
            ],
            Condition.EqualTo equal => [Filters.Eq(member.Name, BsonValue.Create(equal.Value))],
            Condition.OtherThan other => [Filters.Ne(member.Name, other.Value)],
            Condition.OneOf one => [Filters.In(member.Name, one.Values.Select(BsonValue.Create))],
            Condition.Within within => Ends(member.Name, within),
            _ => throw new NotSupportedException($"{condition}"),
        };
    }

    private static IEnumerable<FilterDefinition<BsonDocument>> Ends(string name, Condition.Within within)
    {
        if (within.From is { } from)
        {
            yield return Filters.Gte(name, BsonValue.Create(from));
        }

        if (within.To is { } to)
        {
            yield return Filters.Lte(name, BsonValue.Create(to));
        }
    }

    private static bool IsUniqueWhereSet(DocumentType type, DocumentMember member) =>
        type.Indexes.Any(index => index.Use == IndexUse.UniqueWhereSet && index.Members[0] == member);
}
