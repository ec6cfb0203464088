using System.Text.Json.Serialization;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>A unit in the list.</summary>
internal sealed record RmaUnitListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required RmaUnitState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid RmaId { get; init; }

    public required Guid CustomerId { get; init; }

    public required string CustomerName { get; init; }

    public string? ModelCode { get; init; }

    public string? Serial { get; init; }

    public required int Quantity { get; init; }

    public string? Fault { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public Place? Place { get; init; }

    /// <summary>Who has it. For staff.</summary>
    public string? Holder { get; init; }

    public DateTimeOffset? HeldSince { get; init; }

    public static RmaUnitListItem From(RmaUnit unit, Caller caller) =>
        new()
        {
            Id = unit.Id,
            Number = unit.Number,
            State = unit.State,
            Version = unit.Version,
            Actions = unit.AllowedActions(caller.Context(unit)),
            RmaId = unit.RmaId,
            CustomerId = unit.CustomerId,
            CustomerName = unit.CustomerName,
            ModelCode = unit.ModelCode,
            Serial = unit.Serial,
            Quantity = unit.Quantity,
            Fault = unit.Fault?.Words,
            ReceivedOn = unit.ReceivedOn,
            Place = unit.Place,
            Holder = caller.IsStaff ? unit.HolderName : null,
            HeldSince = unit.HeldSince,
        };
}
