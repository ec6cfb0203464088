using System.Text.Json.Serialization;
using CustomerService.Repairs.Products.Domain;

namespace CustomerService.Repairs.Products.Features;

/// <summary>Goods that were sold by quantity.</summary>
/// <param name="Id">The sale.</param>
/// <param name="Number">Number of the sales document, with its line.</param>
/// <param name="State">Always <c>registered</c>.</param>
/// <param name="Version">Its version.</param>
/// <param name="Actions">What the caller can do now.</param>
/// <param name="ModelId">Model.</param>
/// <param name="ModelCode">Its code.</param>
/// <param name="CustomerId">Customer.</param>
/// <param name="CustomerName">Its name.</param>
/// <param name="Quantity">How many were sold.</param>
/// <param name="Claimed">How many were asked back.</param>
/// <param name="Remaining">How many can still be asked back (C5.1.4).</param>
/// <param name="ExFactoryOn">Day on which they left the factory.</param>
/// <param name="PurchasedOn">Day of purchase.</param>
internal sealed record SaleListItem(
    Guid Id,
    string Number,
    string State,
    long Version,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions,
    Guid ModelId,
    string ModelCode,
    Guid CustomerId,
    string CustomerName,
    int Quantity,
    int Claimed,
    int Remaining,
    DateOnly ExFactoryOn,
    DateOnly PurchasedOn
)
{
    public static SaleListItem From(Sale sale) =>
        new(
            sale.Id,
            sale.Number,
            "registered",
            sale.Version,
            [],
            sale.ModelId,
            sale.ModelCode,
            sale.CustomerId,
            sale.CustomerName,
            sale.Quantity,
            sale.Claimed,
            sale.Remaining,
            sale.ExFactoryOn,
            sale.PurchasedOn
        );
}
