using System.Text.Json.Serialization;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Trips.Features;

/// <summary>A trip in a list.</summary>
internal sealed record TripListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required TripState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid ProjectId { get; init; }

    public required string ProjectName { get; init; }

    public required Guid UnitId { get; init; }

    public required string UnitName { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>How many orders share it.</summary>
    public required int Orders { get; init; }

    /// <summary>Yuan.</summary>
    public required decimal CostTotal { get; init; }

    public static TripListItem From(Trip trip, Caller caller) =>
        new()
        {
            Id = trip.Id,
            Number = trip.Number,
            State = trip.State,
            Version = trip.Version,
            Actions = trip.AllowedActions(caller.Context(trip)),
            ProjectId = trip.ProjectId,
            ProjectName = trip.ProjectName,
            UnitId = trip.UnitId,
            UnitName = trip.UnitName,
            Day = trip.Day,
            Orders = trip.Orders.Count,
            CostTotal = trip.CostTotal,
        };
}
