using System.Text.Json.Serialization;
using CustomerService.Repairs.WorkLinks.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.WorkLinks.Features;

/// <summary>A link for the phone; without its secret, which is told once.</summary>
internal sealed record WorkLinkView
{
    public required Guid Id { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public Guid? RepairOrderId { get; init; }

    public DateOnly? Day { get; init; }

    public required Guid UnitId { get; init; }

    public required string UnitName { get; init; }

    public required string HolderName { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>The link, once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    /// <summary>QR code of the link as PNG, base64, once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? QrPng { get; init; }

    public static WorkLinkView From(WorkLink link, Caller caller) =>
        new()
        {
            Id = link.Id,
            Version = link.Version,
            Actions = link.AllowedActions(caller.Context()),
            RepairOrderId = link.RepairOrderId,
            Day = link.Day,
            UnitId = link.UnitId,
            UnitName = link.UnitName,
            HolderName = link.HolderName,
            ExpiresAt = link.ExpiresAt,
            RevokedAt = link.RevokedAt,
            CreatedBy = link.CreatedBy.Name,
        };
}
