using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Messaging;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.Records.Keeping;

/// <summary>A member of a row that has the text.</summary>
/// <param name="Path">Where, for example <c>opinion.by</c>.</param>
/// <param name="Value">What it says.</param>
public sealed record PersonalMember(string Path, string Value);

/// <summary>A row that has the text.</summary>
/// <param name="Kind">Table or collection.</param>
/// <param name="Id">Its identity; null where it has none of its own.</param>
/// <param name="Number">Its number, where it has one.</param>
/// <param name="Members">Where in it.</param>
public sealed record PersonalRow(string Kind, string? Id, string? Number, IReadOnlyList<PersonalMember> Members);

/// <summary>Finds what a service keeps of a person: by name, phone, mail address or account.</summary>
public interface IPersonalData
{
    /// <summary>The rows that have the text anywhere, whatever its capitals; at most so many of each kind.</summary>
    Task<IReadOnlyList<PersonalRow>> FindAsync(string text, int most, CancellationToken cancellation);
}

/// <summary>Reads rows as JSON.</summary>
public static class PersonalRows
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A text as it stands inside JSON.</summary>
    public static string Spelled(string text) => JsonSerializer.Serialize(text, Plain)[1..^1];

    /// <summary>The row; null where no text of it has what is looked for.</summary>
    public static PersonalRow? Of(string kind, string json, string text)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        var members = new List<PersonalMember>();
        Walk("", root, text, members);
        return members.Count == 0
            ? null
            : new(kind, Text(root, "id") ?? Text(root, "_id"), Text(root, "number"), members);
    }

    private static string? Text(JsonObject row, string name) => row[name]?.ToString();

    private static void Walk(string path, JsonNode? node, string text, List<PersonalMember> members)
    {
        switch (node)
        {
            case JsonObject row:
                foreach (var (name, value) in row)
                {
                    Walk(path.Length == 0 ? name : $"{path}.{name}", value, text, members);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Walk(path, item, text, members);
                }

                break;
            case JsonValue value
                when value.TryGetValue<string>(out var said) && said.Contains(text, StringComparison.OrdinalIgnoreCase):
                members.Add(new(path, said));
                break;
            default:
                break;
        }
    }
}

/// <summary>In PostgreSQL: every table of the service but those that only carry messages.</summary>
internal sealed class EfPersonalData<TDb>(TDb db) : IPersonalData
    where TDb : ServiceDbContext
{
    private static readonly string[] Carriers = ["outbox_", "inbox_", "idempotency_", "form_numbers", "record_numbers"];

    public async Task<IReadOnlyList<PersonalRow>> FindAsync(string text, int most, CancellationToken cancellation)
    {
        var found = new List<PersonalRow>();
        var pattern =
            "%"
            + PersonalRows
                .Spelled(text)
                .Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("%", "\\%", StringComparison.Ordinal)
                .Replace("_", "\\_", StringComparison.Ordinal)
            + "%";
        using var quote = new NpgsqlCommandBuilder();
        foreach (
            var table in db
                .Model.GetEntityTypes()
                .Select(type => type.GetTableName())
                .OfType<string>()
                .Where(name => !Carriers.Any(carrier => name.StartsWith(carrier, StringComparison.Ordinal)))
                .Distinct()
                .Order(StringComparer.Ordinal)
        )
        {
            var rows = await db
                .Database.SqlQueryRaw<string>(QueryOf(quote.QuoteIdentifier(table)), pattern, most)
                .ToListAsync(cancellation);
            found.AddRange(rows.Select(row => PersonalRows.Of(table, row, text)).OfType<PersonalRow>());
        }

        return found;
    }

    // The name is the model's own.
    private static string QueryOf(string table) =>
        $$"""SELECT to_jsonb(t)::text AS "Value" FROM {{table}} t WHERE to_jsonb(t)::text ILIKE {0} LIMIT {1}""";
}
