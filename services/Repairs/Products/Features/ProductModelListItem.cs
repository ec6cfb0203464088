using System.Text.Json.Serialization;
using CustomerService.Repairs.Products.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Products.Features;

/// <summary>A model in the list.</summary>
/// <param name="Id">The model.</param>
/// <param name="Number">Its code.</param>
/// <param name="State">Always <c>registered</c>.</param>
/// <param name="Version">Its version.</param>
/// <param name="Actions">What the caller can do now.</param>
/// <param name="Name">Its name.</param>
/// <param name="WarrantyMonths">Months of warranty.</param>
internal sealed record ProductModelListItem(
    Guid Id,
    string Number,
    string State,
    long Version,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions,
    string Name,
    int WarrantyMonths
)
{
    public static ProductModelListItem From(ProductModel model, Caller caller) =>
        new(
            model.Id,
            model.Code,
            "registered",
            model.Version,
            model.AllowedActions(caller.Context()),
            model.Name,
            model.WarrantyMonths
        );
}
