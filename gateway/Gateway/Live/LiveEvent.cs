using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Gateway.Live;

/// <summary>An event as it came from the exchange, ready to be written to many streams.</summary>
internal sealed class LiveEvent
{
    // The members by which an event says whose record it is about: the customer's, or the repair unit's.
    internal static readonly string[] CustomerMembers = ["ownerId", "customerId"];
    internal static readonly string[] UnitMembers = ["repairUnitId"];

    /// <summary>
    /// The events, without their version, of which those outside learn that they happened. What the company decides or
    /// reminds itself of is not among them: a customer is told who is liable with the answer to the complaint, not
    /// before.
    /// </summary>
    internal static IReadOnlySet<string> ToldOutside { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "complaints.affected-letter.reminded",
            "complaints.affected-letter.sent",
            "complaints.complaint.answered",
            "complaints.complaint.closed",
            "complaints.complaint.date-promised",
            "complaints.complaint.merged",
            "complaints.complaint.objected",
            "complaints.complaint.paused",
            "complaints.complaint.reclassified",
            "complaints.complaint.registered",
            "complaints.complaint.reopened",
            "complaints.complaint.responded",
            "complaints.complaint.resumed",
            "complaints.complaint.unmerged",
            "complaints.enquiry.answered",
            "complaints.enquiry.converted",
            "complaints.enquiry.registered",
            "projects.project.accepted",
            "projects.project.goodwill-granted",
            "projects.project.handed-over",
            "projects.project.registered",
            "projects.project.revised",
            "projects.project.site-cleared",
            "projects.project.warranty-changed",
            "projects.project.warranty-ended",
            "projects.project.withdrawn",
            "projects.revisit.cancelled",
            "projects.revisit.closed",
            "projects.revisit.finding-recorded",
            "projects.revisit.held",
            "projects.revisit.moved",
            "projects.revisit.planned",
            "repairs.appointment.agreed",
            "repairs.appointment.cancelled",
            "repairs.appointment.offered",
            "repairs.charge-back.answered",
            "repairs.charge-back.ended",
            "repairs.charge-back.proposed",
            "repairs.repair-order.approved",
            "repairs.repair-order.attempted",
            "repairs.repair-order.confirmed",
            "repairs.repair-order.dispatched",
            "repairs.repair-order.finished",
            "repairs.repair-order.inspected",
            "repairs.repair-order.merged",
            "repairs.repair-order.opened",
            "repairs.repair-order.owner-responded",
            "repairs.repair-order.received",
            "repairs.repair-order.returned",
            "repairs.repair-order.started",
            "repairs.repair-order.unmerged",
            "repairs.repair-order.withdrawn",
            "repairs.return-case.closed",
            "repairs.return-case.decided",
            "repairs.return-case.exchange-delivered",
            "repairs.return-case.exchange-shipped",
            "repairs.return-case.requested",
            "repairs.rma-unit.answered",
            "repairs.rma-unit.charged",
            "repairs.rma-unit.ended",
            "repairs.rma-unit.offer-lapsed",
            "repairs.rma-unit.offered",
            "repairs.rma.closed",
            "repairs.rma.count-confirmed",
            "repairs.rma.declared",
            "repairs.rma.received",
            "repairs.rma.withdrawn",
            "repairs.shipment.delivered",
            "repairs.shipment.dispatched",
            "repairs.trip.ended",
            "repairs.trip.planned",
            "surveys.invitation.reminded",
            "surveys.invitation.sent",
            "surveys.response.received",
        };

    private readonly HashSet<Guid> _customers;
    private readonly HashSet<Guid> _units;
    private readonly byte[] _forStaff;
    private readonly byte[] _forOutside;

    private LiveEvent(string id, string type, string? subject, string? time, JsonElement data)
    {
        Id = id;
        Type = type;
        var isTold = ToldOutside.Contains(type[..Math.Max(0, type.LastIndexOf('.'))]);
        _customers = isTold ? Organisations(data, CustomerMembers) : [];
        _units = isTold ? Organisations(data, UnitMembers) : [];
        _forStaff = Frame(
            id,
            type,
            new
            {
                id,
                type,
                subject,
                time,
                data = WithoutLink(data),
            }
        );
        // People outside learn that their record changed and read it through the API, which shows them their
        // part of it.
        _forOutside = Frame(
            id,
            type,
            new
            {
                id,
                type,
                subject,
                time,
            }
        );
    }

    public string Id { get; }

    public string Type { get; }

    /// <summary>An event of the stream itself, which says that some may have been missed.</summary>
    public static byte[] Reset { get; } = "event: live.reset\ndata: {}\n\n"u8.ToArray();

    /// <summary>Null when the body is not JSON or the ids cannot stand in a stream: nothing of ours, and
    /// nothing to fail over.</summary>
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

        var concerned =
            (viewer.CustomerId is { } customer && _customers.Contains(customer))
            || (viewer.UnitId is { } unit && _units.Contains(unit));
        return concerned ? _forOutside : null;
    }

    private static HashSet<Guid> Organisations(JsonElement data, string[] members)
    {
        var found = new HashSet<Guid>();
        foreach (var member in members)
        {
            if (
                data.ValueKind == JsonValueKind.Object
                && data.TryGetProperty(member, out var value)
                && value.ValueKind == JsonValueKind.String
                && value.TryGetGuid(out var organisation)
            )
            {
                found.Add(organisation);
            }
        }

        return found;
    }

    // The link of a survey is the customer's alone: who has it can answer in their place.
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
/// <param name="CustomerId">Else what concerns this organisation as owner or customer.</param>
/// <param name="UnitId">And what concerns this organisation as repair unit.</param>
/// <param name="Types">Beginnings of the types asked for; empty for all.</param>
internal sealed record Viewer(bool IsStaff, Guid? CustomerId, Guid? UnitId, IReadOnlyList<string> Types)
{
    /// <summary>Null for those who have no part in the live stream.</summary>
    public static Viewer? From(Actor actor, IReadOnlyList<string> types) =>
        actor.HasAny(Roles.Staff) ? new Viewer(true, null, null, types)
        : actor.HasAny([Roles.Customer, Roles.RepairUnit])
            ? new Viewer(
                false,
                actor.Has(Roles.Customer) ? actor.OrganisationId : null,
                actor.Has(Roles.RepairUnit) ? actor.OrganisationId : null,
                types
            )
        : null;
}
