using System.Diagnostics;
using CustomerService.Messaging;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Goals;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Responses;
using CustomerService.Surveys.Store.Mongo;
using Microsoft.EntityFrameworkCore;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Driver;
using Npgsql;

namespace CustomerService.Surveys.Tests;

/// <summary>Looks into the store and changes it past all rules, whatever it is made of.</summary>
public abstract class PastTheRules
{
    /// <summary>The invitation as it is stored.</summary>
    public abstract Task<string> BodyAsync(Guid id);

    /// <summary>Sets a text of the invitation.</summary>
    public abstract Task SetAsync(Guid id, string member, string value);

    /// <summary>Sets a text of a response.</summary>
    public abstract Task SetResponseAsync(Guid id, string member, string value);

    /// <summary>Makes a campaign ask another version of the questionnaire, one that is not in force.</summary>
    public abstract Task SetVersionAsync(Guid campaign, int version);

    /// <summary>Sets a text of an evaluation.</summary>
    public abstract Task SetEvaluationAsync(Guid id, string member, string value);

    public abstract Task DeleteAsync(Guid id);

    /// <summary>The whole store as somebody has it who took it along: lines by table, in the order in which they
    /// stand.</summary>
    public abstract Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> DumpAsync();

    /// <summary>Writes another name into every audit entry of the invitation.</summary>
    public abstract Task ForgeEntriesAsync(Guid id);

    /// <summary>Deletes its audit entries from this one on.</summary>
    public abstract Task DeleteEntriesAsync(Guid id, long from = 1);

    public abstract Task<bool> IsConsumedAsync(Guid messageId);
}

internal sealed class PastTheRulesOfPostgres(SurveysDb db) : PastTheRules
{
    public override async Task<string> BodyAsync(Guid id) =>
        await db.Rows(InvitationDocument.Type).Where(i => i.Id == id).Select(i => i.Body).SingleAsync();

    public override async Task SetAsync(Guid id, string member, string value) =>
        (
            await db.Database.ExecuteSqlAsync(
                $"UPDATE invitations SET body = jsonb_set(body, ARRAY[{member}], to_jsonb({value}::text)) WHERE id = {id}"
            )
        ).ShouldBe(1);

    public override async Task SetResponseAsync(Guid id, string member, string value) =>
        (
            await db.Database.ExecuteSqlAsync(
                $"UPDATE responses SET body = jsonb_set(body, ARRAY[{member}], to_jsonb({value}::text)) WHERE id = {id}"
            )
        ).ShouldBe(1);

    public override async Task SetVersionAsync(Guid campaign, int version) =>
        (
            await db.Database.ExecuteSqlAsync(
                $"UPDATE campaigns SET body = jsonb_set(body, '{{questionnaireVersion}}', to_jsonb({version})) WHERE id = {campaign}"
            )
        ).ShouldBe(1);

    public override async Task SetEvaluationAsync(Guid id, string member, string value) =>
        (
            await db.Database.ExecuteSqlAsync(
                $"UPDATE evaluations SET body = jsonb_set(body, ARRAY[{member}], to_jsonb({value}::text)) WHERE id = {id}"
            )
        ).ShouldBe(1);

    public override Task DeleteAsync(Guid id) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM invitations WHERE id = {id}");

    public override async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> DumpAsync()
    {
        var to = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString());
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetFiles("/usr/lib/postgresql", "pg_dump", SearchOption.AllDirectories).Order().LastOrDefault()
            : null;
        var start = new ProcessStartInfo(installed ?? "pg_dump")
        {
            RedirectStandardOutput = true,
            Environment = { ["PGPASSWORD"] = to.Password },
        };
        foreach (
            var word in new[] { "--data-only", "-h", to.Host!, "-p", $"{to.Port}", "-U", to.Username!, to.Database! }
        )
        {
            start.ArgumentList.Add(word);
        }

        using var dump = Process.Start(start)!;
        var text = await dump.StandardOutput.ReadToEndAsync();
        await dump.WaitForExitAsync();
        dump.ExitCode.ShouldBe(0);
        var tables = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var table in text.Split("\nCOPY public.").Skip(1))
        {
            var lines = table[..table.IndexOf("\n\\.", StringComparison.Ordinal)].Split('\n');
            tables[lines[0].Split(' ')[0]] = lines[1..];
        }

        return tables;
    }

    public override Task ForgeEntriesAsync(Guid id) =>
        db.Database.ExecuteSqlAsync($"UPDATE audit_trail SET actor_name = 'another' WHERE aggregate_id = {id}");

    public override Task DeleteEntriesAsync(Guid id, long from) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM audit_trail WHERE aggregate_id = {id} AND sequence >= {from}");

    public override Task<bool> IsConsumedAsync(Guid messageId) =>
        db.Set<InboxEntry>().AnyAsync(e => e.MessageId == messageId);
}

internal sealed class PastTheRulesOfMongo(MongoDatabase database) : PastTheRules
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    private IMongoCollection<BsonDocument> Invitations => database.Documents(InvitationDocument.Type);

    public override async Task<string> BodyAsync(Guid id) => (await Invitations.Find(Is(id)).SingleAsync()).ToJson();

    public override async Task SetAsync(Guid id, string member, string value) =>
        (
            await Invitations.UpdateOneAsync(Is(id), Builders<BsonDocument>.Update.Set(member, value))
        ).ModifiedCount.ShouldBe(1);

    public override async Task SetResponseAsync(Guid id, string member, string value) =>
        (
            await database
                .Documents(ResponseDocument.Type)
                .UpdateOneAsync(Is(id), Builders<BsonDocument>.Update.Set(member, value))
        ).ModifiedCount.ShouldBe(1);

    public override async Task SetVersionAsync(Guid campaign, int version) =>
        (
            await database
                .Documents(CampaignDocuments.Campaigns)
                .UpdateOneAsync(Is(campaign), Builders<BsonDocument>.Update.Set("questionnaireVersion", (long)version))
        ).ModifiedCount.ShouldBe(1);

    public override async Task SetEvaluationAsync(Guid id, string member, string value) =>
        (
            await database
                .Documents(EvaluationDocuments.Evaluations)
                .UpdateOneAsync(Is(id), Builders<BsonDocument>.Update.Set(member, value))
        ).ModifiedCount.ShouldBe(1);

    public override Task DeleteAsync(Guid id) => Invitations.DeleteOneAsync(Is(id));

    private static readonly JsonWriterSettings Relaxed = new() { OutputMode = JsonOutputMode.RelaxedExtendedJson };

    public override async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> DumpAsync()
    {
        var all = Invitations.Database;
        var tables = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var name in await (await all.ListCollectionNamesAsync()).ToListAsync())
        {
            var documents = await all.GetCollection<BsonDocument>(name)
                .Find(Builders<BsonDocument>.Filter.Empty)
                .ToListAsync();
            tables[name] = [.. documents.Select(document => document.ToJson(Relaxed))];
        }

        return tables;
    }

    public override Task ForgeEntriesAsync(Guid id) =>
        database.AuditTrail.UpdateManyAsync(Of(id), Builders<BsonDocument>.Update.Set("actorName", "another"));

    public override Task DeleteEntriesAsync(Guid id, long from) =>
        database.AuditTrail.DeleteManyAsync(Of(id) & Where.Gte("sequence", from));

    public override Task<bool> IsConsumedAsync(Guid messageId) =>
        database.Inbox.Find(Where.Regex(BsonDocuments.Key, $"^{messageId:D}:")).AnyAsync();

    private static FilterDefinition<BsonDocument> Is(Guid id) => Where.Eq(BsonDocuments.Key, BsonDocuments.KeyOf(id));

    private static FilterDefinition<BsonDocument> Of(Guid id) => Where.Eq("aggregateId", BsonDocuments.KeyOf(id));
}
