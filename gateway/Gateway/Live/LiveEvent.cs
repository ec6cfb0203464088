using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Gateway.Live;

/// <summary>An event as it came from the exchange, ready to be written to many streams.</summary>
internal sealed class LiveEvent
{
    // The members by which an event says whose record it is about.
    private static readonly string[] OrganisationMembers = ["ownerId", "customerId", "repairUnitId"];

    private readonly HashSet<Guid> _organisations = [];
    private readonly byte[] _forStaff;
    private readonly byte[] _forOutside;

    private LiveEvent(string id, string type, string? subject, string? time, JsonElement data)
    {
        Id = id;
        Type = type;
        foreach (var member in OrganisationMembers)
        {
            if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var organisation))
            {
                _organisations.Add(organisation);
            }
        }

        _forStaff = Frame(id, type, new { id, type, subject, time, data = WithoutLink(data) });
        // People outside learn that their record changed and read it through the API, which shows them their part of it.
        _forOutside = Frame(id, type, new { id, type, subject, time });
    }

    public string Id { get; }

    public string Type { get; }

    /// <summary>An event of the stream itself, which says that some may have been missed.</summary>
    public static byte[] Reset { get; } = "event: live.reset\ndata: {}\n\n"u8.ToArray();

    /// <summary>Null when the body is not JSON or the ids cannot stand in a stream: nothing of ours, and nothing to fail over.</summary>
    public static LiveEvent? Read(string id, string type, string? subject, string? time, ReadOnlyMemory<byte> body)
    {
        if (id.Length == 0 || type.Length == 0 || id.Concat(type).Any(char.IsControl))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return new LiveEvent(id, type, subject, time, document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What this person gets of it: the bytes to write, or null.</summary>
    public byte[]? For(Viewer viewer)
    {
        if (viewer.Types.Count > 0 && !viewer.Types.Any(prefix => Type.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return null;
        }

        if (viewer.IsStaff)
        {
            return _forStaff;
        }

        return viewer.OrganisationId is { } organisation && _organisations.Contains(organisation) ? _forOutside : null;
    }

    // The link of a survey is the customer's alone: who has it can answer in his place.
    private static object WithoutLink(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("link", out _))
        {
            return data;
        }

        var shown = JsonObject.Create(data)!;
        shown.Remove("link");
        return JsonSerializer.SerializeToElement(shown);
    }

    private static byte[] Frame(string id, string type, object data)
    {
        using var memory = new MemoryStream();
        memory.Write(System.Text.Encoding.UTF8.GetBytes($"id: {id}\nevent: {type}\ndata: "));
        JsonSerializer.Serialize(memory, data, Json.Options);
        memory.Write("\n\n"u8);
        return memory.ToArray();
    }
}

/// <summary>Who looks at a stream.</summary>
/// <param name="IsStaff">Sees everything.</param>
/// <param name="OrganisationId">Else only what concerns this organisation.</param>
/// <param name="Types">Beginnings of the types asked for; empty for all.</param>
internal sealed record Viewer(bool IsStaff, Guid? OrganisationId, IReadOnlyList<string> Types)
{
    /// <summary>Null for those who have no part in the live stream.</summary>
    public static Viewer? From(Actor actor, IReadOnlyList<string> types) =>
        actor.HasAny(Roles.Staff) ? new Viewer(true, null, types)
        : actor.HasAny([Roles.Customer, Roles.RepairUnit]) ? new Viewer(false, actor.OrganisationId, types)
        : null;
}
