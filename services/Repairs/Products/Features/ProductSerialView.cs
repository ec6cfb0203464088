using System.Text.Json.Serialization;
using CustomerService.Repairs.Products.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Products.Features;

/// <summary>A machine by its serial number.</summary>
internal sealed record ProductSerialView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required SerialState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid ModelId { get; init; }

    public required string ModelCode { get; init; }

    public required string ModelName { get; init; }

    public Guid? CustomerId { get; init; }

    public string? CustomerName { get; init; }

    public DateOnly? ExFactoryOn { get; init; }

    public DateOnly? PurchasedOn { get; init; }

    /// <summary>Last day of the warranty; null where it is not known.</summary>
    public DateOnly? WarrantyEndsOn { get; init; }

    /// <summary>Whether the warranty covers it today.</summary>
    public bool? Covered { get; init; }

    /// <summary>The machine given in its place (C5.1.5).</summary>
    public Guid? ReplacedById { get; init; }

    /// <summary>The machine in whose place it was given.</summary>
    public Guid? ReplacesId { get; init; }

    public static ProductSerialView From(ProductSerial serial, Caller caller) =>
        new()
        {
            Id = serial.Id,
            Number = serial.Number,
            State = serial.State,
            Version = serial.Version,
            Actions = serial.AllowedActions(caller.Context()),
            ModelId = serial.ModelId,
            ModelCode = serial.ModelCode,
            ModelName = serial.ModelName,
            CustomerId = serial.CustomerId,
            CustomerName = serial.CustomerName,
            ExFactoryOn = serial.ExFactoryOn,
            PurchasedOn = serial.PurchasedOn,
            WarrantyEndsOn = serial.WarrantyEndsOn,
            Covered = serial.IsCovered(caller.Today),
            ReplacedById = serial.ReplacedById,
            ReplacesId = serial.ReplacesId,
        };
}
