using System.Text.Json.Serialization;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>That the customer has the goods.</summary>
internal sealed record ReceiptView(
    ReceiptProof Proof,
    DateOnly On,
    string Person,
    string? Reference,
    DateTimeOffset At
);

/// <summary>A shipment with its FM003.</summary>
internal sealed record ShipmentView
{
    public required Guid Id { get; init; }

    /// <summary>Number of FM003.</summary>
    public required string Number { get; init; }

    public required ShipmentState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now; each is the last part of the route under which it is called.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid CustomerId { get; init; }

    public required string CustomerName { get; init; }

    public required IReadOnlyList<ShippedUnit> Units { get; init; }

    public required int Quantity { get; init; }

    /// <summary>When it is shipped.</summary>
    public required DateTimeOffset ShipAt { get; init; }

    public required ShippingMethod Method { get; init; }

    public string? Address { get; init; }

    public string? Carrier { get; init; }

    public string? TrackingNumber { get; init; }

    public DateOnly? ShippedOn { get; init; }

    public ReceiptView? Receipt { get; init; }

    /// <summary>For staff.</summary>
    public IReadOnlyList<string> Chases { get; init; } = [];

    /// <summary>For staff.</summary>
    public string? CancelReason { get; init; }

    public required int PolicyVersion { get; init; }

    public static ShipmentView From(Shipment shipment, Caller caller)
    {
        var staff = caller.IsStaff;
        return new()
        {
            Id = shipment.Id,
            Number = shipment.Number ?? "",
            State = shipment.State,
            Version = shipment.Version,
            Actions = shipment.AllowedActions(caller.Context(shipment)),
            CustomerId = shipment.CustomerId,
            CustomerName = shipment.CustomerName,
            Units = shipment.Units,
            Quantity = shipment.Quantity,
            ShipAt = shipment.ShipAt,
            Method = shipment.Method,
            Address = shipment.Address,
            Carrier = shipment.Carrier,
            TrackingNumber = shipment.TrackingNumber,
            ShippedOn = shipment.ShippedOn,
            Receipt = shipment.Receipt is { } receipt
                ? new(receipt.Proof, receipt.On, receipt.Person, receipt.Reference, receipt.By.At)
                : null,
            Chases = staff ? [.. shipment.Chases.Select(chase => chase.Note)] : [],
            CancelReason = staff ? shipment.CancelReason : null,
            PolicyVersion = shipment.PolicyVersion,
        };
    }
}
