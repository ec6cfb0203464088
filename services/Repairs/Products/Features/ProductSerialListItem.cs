using System.Text.Json.Serialization;
using CustomerService.Repairs.Products.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Products.Features;

/// <summary>A machine in the list.</summary>
internal sealed record ProductSerialListItem(
    Guid Id,
    string Number,
    SerialState State,
    long Version,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions,
    Guid ModelId,
    string ModelCode,
    Guid? CustomerId,
    string? CustomerName,
    DateOnly? WarrantyEndsOn
)
{
    public static ProductSerialListItem From(ProductSerial serial, Caller caller) =>
        new(
            serial.Id,
            serial.Number,
            serial.State,
            serial.Version,
            serial.AllowedActions(caller.Context()),
            serial.ModelId,
            serial.ModelCode,
            serial.CustomerId,
            serial.CustomerName,
            serial.WarrantyEndsOn
        );
}
