using System.Text.Json.Serialization;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>A shipment in the list.</summary>
internal sealed record ShipmentListItem(
    Guid Id,
    string Number,
    ShipmentState State,
    long Version,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions,
    Guid CustomerId,
    string CustomerName,
    int Quantity,
    string? TrackingNumber,
    DateOnly? ShippedOn
)
{
    public static ShipmentListItem From(Shipment shipment, Caller caller) =>
        new(
            shipment.Id,
            shipment.Number ?? "",
            shipment.State,
            shipment.Version,
            shipment.AllowedActions(caller.Context(shipment)),
            shipment.CustomerId,
            shipment.CustomerName,
            shipment.Quantity,
            shipment.TrackingNumber,
            shipment.ShippedOn
        );
}
