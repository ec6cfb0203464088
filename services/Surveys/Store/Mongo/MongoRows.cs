using System.Globalization;
using CustomerService.Messaging;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CustomerService.Surveys.Store.Mongo;

/// <summary>What is kept beside the documents, as BSON and back.</summary>
internal static class MongoRows
{
    /// <summary>Key of an audit entry: the document, then the sequence in fixed width.</summary>
    public static string AuditKey(Guid id, long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{id:D}:{sequence:D10}");

    public static string OutcomeKey(string actorId, string key) => $"{actorId}\n{key}";

    public static string InboxKey(InboxKey key) => $"{key.MessageId:D}:{key.Consumer}";

    public static BsonDocument From(AuditEntry entry) =>
        new()
        {
            { BsonDocuments.Key, AuditKey(entry.AggregateId, entry.Sequence) },
            { "aggregateType", entry.AggregateType },
            { "aggregateId", entry.AggregateId.ToString("D") },
            { "sequence", entry.Sequence },
            { "action", entry.Action },
            { "from", OrNull(entry.From) },
            { "to", entry.To },
            { "actorId", entry.ActorId },
            { "actorName", entry.ActorName },
            { "at", (string)DocumentJson.Spell(entry.At) },
            { "why", OrNull(entry.Why) },
            { "policyVersion", entry.PolicyVersion },
            { "previousHash", entry.PreviousHash },
            { "hash", entry.Hash },
        };

    public static AuditEntry ToEntry(BsonDocument row) =>
        new(
            row["aggregateType"].AsString,
            Guid.Parse(row["aggregateId"].AsString),
            row["sequence"].ToInt64(),
            row["action"].AsString,
            TextOrNull(row["from"]),
            row["to"].AsString,
            row["actorId"].AsString,
            row["actorName"].AsString,
            DateTimeOffset.Parse(row["at"].AsString, CultureInfo.InvariantCulture),
            TextOrNull(row["why"]),
            row["policyVersion"].ToInt32(),
            row["previousHash"].AsString,
            row["hash"].AsString
        );

    /// <summary>What comes behind an entry in the order of a timeline.</summary>
    public static FilterDefinition<BsonDocument> Behind(TimelineCursor last)
    {
        var filters = Builders<BsonDocument>.Filter;
        var (at, id) = ((string)DocumentJson.Spell(last.At), last.Id.ToString("D"));
        return filters.Lt("at", at)
            | (filters.Eq("at", at) & filters.Gt("aggregateType", last.Kind))
            | (filters.Eq("at", at) & filters.Eq("aggregateType", last.Kind) & filters.Lt("aggregateId", id))
            | (
                filters.Eq("at", at)
                & filters.Eq("aggregateType", last.Kind)
                & filters.Eq("aggregateId", id)
                & filters.Lt("sequence", last.Sequence)
            );
    }

    public static BsonDocument From(IdempotencyRecord outcome) =>
        new()
        {
            { BsonDocuments.Key, OutcomeKey(outcome.ActorId, outcome.Key) },
            { "requestHash", outcome.RequestHash },
            { "status", outcome.Status },
            { "body", outcome.Body },
            { "etag", OrNull(outcome.ETag) },
            { "location", OrNull(outcome.Location) },
            { "at", outcome.At.ToString("O", CultureInfo.InvariantCulture) },
            { "expires", new BsonDateTime(outcome.At.UtcDateTime) },
        };

    public static IdempotencyRecord ToOutcome(BsonDocument row, string actorId, string key) =>
        new(
            actorId,
            key,
            row["requestHash"].AsString,
            row["status"].ToInt32(),
            row["body"].AsString,
            TextOrNull(row["etag"]),
            TextOrNull(row["location"]),
            DateTimeOffset.Parse(row["at"].AsString, CultureInfo.InvariantCulture)
        );

    public static BsonDocument From(OutboxMessage message, long position) =>
        new()
        {
            { BsonDocuments.Key, message.Id.ToString("D") },
            { "partition", (int)message.Partition },
            { "position", position },
            { "eventName", message.EventName },
            { "subjectId", message.SubjectId.ToString("D") },
            { "body", message.Body },
            { "traceParent", OrNull(message.TraceParent) },
            { "occurredAt", new BsonDateTime(message.OccurredAt.UtcDateTime) },
        };

    public static BsonDocument From(InboxKey key, DateTimeOffset at) =>
        new() { { BsonDocuments.Key, InboxKey(key) }, { "consumedAt", new BsonDateTime(at.UtcDateTime) } };

    public static string? TextOrNull(BsonValue value) => value.IsBsonNull ? null : value.AsString;

    public static BsonValue OrNull(string? text) => text is null ? BsonNull.Value : new BsonString(text);
}
