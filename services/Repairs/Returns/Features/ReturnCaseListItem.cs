using System.Text.Json.Serialization;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Returns.Features;

/// <summary>A return or exchange in the list.</summary>
internal sealed record ReturnCaseListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required ReturnCaseState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required ReturnKind Kind { get; init; }

    public required Guid CustomerId { get; init; }

    public required string CustomerName { get; init; }

    public string? ModelCode { get; init; }

    public string? Serial { get; init; }

    public required int Quantity { get; init; }

    public required Severity Severity { get; init; }

    public required DateOnly RequestedOn { get; init; }

    /// <summary>Since when the goods are where they are. For staff.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>Who has the red copy. For staff.</summary>
    public string? SlipHolder { get; init; }

    /// <summary>For staff.</summary>
    public DateTimeOffset? SlipHeldSince { get; init; }

    public static ReturnCaseListItem From(ReturnCase one, Caller caller) =>
        new()
        {
            Id = one.Id,
            Number = one.Number,
            State = one.State,
            Version = one.Version,
            Actions = one.AllowedActions(caller.Context(one)),
            Kind = one.ReturnKind,
            CustomerId = one.CustomerId,
            CustomerName = one.CustomerName,
            ModelCode = one.Goods.ModelCode,
            Serial = one.Goods.Serial,
            Quantity = one.Goods.Quantity,
            Severity = one.Severity,
            RequestedOn = one.RequestedOn,
            HeldSince = caller.IsStaff ? one.HeldSince : null,
            SlipHolder = caller.IsStaff ? one.SlipHolder : null,
            SlipHeldSince = caller.IsStaff ? one.SlipHeldSince : null,
        };
}
