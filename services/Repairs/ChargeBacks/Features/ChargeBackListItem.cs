using System.Text.Json.Serialization;
using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.ChargeBacks.Features;

/// <summary>A charge-back in a list.</summary>
internal sealed record ChargeBackListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required ChargeBackState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid RepairOrderId { get; init; }

    public required string RepairOrderNumber { get; init; }

    public required string ProjectName { get; init; }

    public required string PartCode { get; init; }

    public required Guid UnitId { get; init; }

    public required string UnitName { get; init; }

    /// <summary>Yuan.</summary>
    public required decimal Amount { get; init; }

    public required DateOnly ProposedOn { get; init; }

    public static ChargeBackListItem From(ChargeBack charge, Caller caller) =>
        new()
        {
            Id = charge.Id,
            Number = charge.Number,
            State = charge.State,
            Version = charge.Version,
            Actions = charge.AllowedActions(caller.Context(charge)),
            RepairOrderId = charge.RepairOrderId,
            RepairOrderNumber = charge.RepairOrderNumber,
            ProjectName = charge.ProjectName,
            PartCode = charge.PartCode,
            UnitId = charge.UnitId,
            UnitName = charge.UnitName,
            Amount = charge.Amount,
            ProposedOn = charge.ProposedOn,
        };
}
