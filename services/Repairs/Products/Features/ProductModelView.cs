using System.Text.Json.Serialization;
using CustomerService.Repairs.Products.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Products.Features;

/// <summary>A product model.</summary>
internal sealed record ProductModelView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }

    public string? Series { get; init; }

    /// <summary>Months of warranty.</summary>
    public required int WarrantyMonths { get; init; }

    public required WarrantyStart WarrantyStart { get; init; }

    /// <summary>Its main components (C5.1.1.1).</summary>
    public required IReadOnlyList<MainComponent> Components { get; init; }

    public static ProductModelView From(ProductModel model, Caller caller) =>
        new()
        {
            Id = model.Id,
            Number = model.Code,
            Version = model.Version,
            Actions = model.AllowedActions(caller.Context()),
            Code = model.Code,
            Name = model.Name,
            Series = model.Series,
            WarrantyMonths = model.WarrantyMonths,
            WarrantyStart = model.WarrantyStart,
            Components = model.Components,
        };
}
