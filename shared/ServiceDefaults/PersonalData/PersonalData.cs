using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.ServiceDefaults;

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

/// <summary>Where it is put down that somebody exported a person's data.</summary>
public interface IPersonalDataLog
{
    /// <summary>Adds it, unsaved.</summary>
    void Add(PersonalDataExport export);
}

internal sealed class EfPersonalDataLog<TDb>(TDb db) : IPersonalDataLog
    where TDb : DbContext
{
    public void Add(PersonalDataExport export) => db.Add(export);
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

    private static JsonObject? Written(string said)
    {
        try
        {
            return said.StartsWith('{') ? JsonNode.Parse(said) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
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
                // What was sent is kept as it was written: of a message only what is of the person is told.
                if (Written(said) is { } inside)
                {
                    Walk(path, inside, text, members);
                }
                else
                {
                    members.Add(new(path, said));
                }

                break;
            default:
                break;
        }
    }
}

/// <summary>In PostgreSQL: every table of the service but those that only carry messages or hold keys.</summary>
internal sealed class EfPersonalData<TDb>(TDb db) : IPersonalData
    where TDb : DbContext
{
    private static readonly string[] Carriers =
    [
        "outbox_",
        "inbox_",
        "idempotency_",
        "form_numbers",
        "record_numbers",
        "data_protection_keys",
        "issuer_keys",
    ];

    // Piece by piece whoever may export could find out what they are; none of them says who a person is.
    private static readonly string[] Secrets =
    [
        "password_hash",
        "security_stamp",
        "secret",
        "former_secret",
        "client_secret",
        "payload",
        "reference_id",
    ];

    // An archive of some years is read from one end to the other.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

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
        db.Database.SetCommandTimeout(Longest);
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
                .Database.SqlQueryRaw<string>(QueryOf(table), pattern, most, Secrets)
                .ToListAsync(cancellation);
            found.AddRange(rows.Select(row => PersonalRows.Of(table, row, text)).OfType<PersonalRow>());
        }

        return found;
    }

    // The name is the model's own.
    private static string QueryOf(string table) =>
        $$"""
            SELECT r.row::text AS "Value" FROM "{{table}}" t CROSS JOIN LATERAL (SELECT to_jsonb(t) - {2} AS row) r
            WHERE r.row::text ILIKE {0} LIMIT {1}
            """;
}
