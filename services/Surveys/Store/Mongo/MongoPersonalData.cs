using CustomerService.ServiceDefaults;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Driver;

namespace CustomerService.Surveys.Store.Mongo;

/// <summary>Looks through every document: MongoDB finds no text in whichever member it stands. Asked for seldom.</summary>
internal sealed class MongoPersonalData(MongoDatabase database) : IPersonalData
{
    private static readonly JsonWriterSettings Json = new() { OutputMode = JsonOutputMode.RelaxedExtendedJson };

    public async Task<IReadOnlyList<PersonalRow>> FindAsync(string text, int most, CancellationToken cancellation)
    {
        var found = new List<PersonalRow>();
        foreach (
            var (name, documents) in database
                .Types.Select(type => (type.Collection, database.Documents(type)))
                .Append(("audit_trail", database.AuditTrail))
                .Append(("accounts", database.Accounts))
                .Append(("work_items", database.Work))
        )
        {
            var before = found.Count;
            using var cursor = await documents.Find(FilterDefinition<BsonDocument>.Empty).ToCursorAsync(cancellation);
            while (found.Count - before < most && await cursor.MoveNextAsync(cancellation))
            {
                found.AddRange(
                    cursor
                        .Current.Select(document => PersonalRows.Of(name, document.ToJson(Json), text))
                        .OfType<PersonalRow>()
                        .Take(most - (found.Count - before))
                );
            }
        }

        return found;
    }
}
