using System.Text.Json.Serialization;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Trips.Features;

/// <summary>A trip as the API shows it, to the company and to the unit alike.</summary>
internal sealed record TripView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required TripState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now; each is the last part of the route under which it is called.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid ProjectId { get; init; }

    public required string ProjectName { get; init; }

    public required Guid UnitId { get; init; }

    public required string UnitName { get; init; }

    public required DateOnly Day { get; init; }

    public required IReadOnlyList<TripOrderView> Orders { get; init; }

    /// <summary>The briefing, the same in each order.</summary>
    public TripBriefingView? Briefing { get; init; }

    public required IReadOnlyList<TripCostView> Costs { get; init; }

    /// <summary>Yuan.</summary>
    public required decimal CostTotal { get; init; }

    public DateOnly? MadeOn { get; init; }

    public required string PlannedBy { get; init; }

    public static TripView From(Trip trip, Caller caller) =>
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
            Orders = [.. trip.Orders.Select(order => new TripOrderView(order.Id, order.Number, order.Location))],
            Briefing = TripBriefingView.Of(trip.Briefing),
            Costs = [.. trip.Costs.Select(TripCostView.Of)],
            CostTotal = trip.CostTotal,
            MadeOn = trip.MadeOn,
            PlannedBy = trip.PlannedBy.Name,
        };
}

/// <summary>An order of a trip.</summary>
internal sealed record TripOrderView(Guid RepairOrderId, string Number, string Location);

/// <summary>The briefing of a trip.</summary>
internal sealed record TripBriefingView(
    DateOnly On,
    string Content,
    IReadOnlyList<TripCrewView> Participants,
    string By
)
{
    public static TripBriefingView? Of(Briefing? briefing) =>
        briefing is null
            ? null
            : new(
                briefing.On,
                briefing.Content,
                [.. briefing.Participants.Select(person => new TripCrewView(person.Name, person.Role))],
                briefing.By.Name
            );
}

/// <summary>A person at the briefing.</summary>
internal sealed record TripCrewView(string Name, BriefingRole Role);

/// <summary>A cost of a trip with the part of each order, yuan.</summary>
internal sealed record TripCostView(
    Guid Id,
    CostKind Kind,
    string Text,
    decimal Amount,
    IReadOnlyList<TripShareView> Shares,
    string By,
    DateTimeOffset At
)
{
    public static TripCostView Of(TripCost cost) =>
        new(
            cost.Id,
            cost.Kind,
            cost.Text,
            cost.Amount,
            [.. cost.Shares.Select(share => new TripShareView(share.OrderId, share.Number, share.Amount))],
            cost.By.Name,
            cost.By.At
        );
}

/// <summary>What of a cost one order bears, yuan.</summary>
internal sealed record TripShareView(Guid RepairOrderId, string Number, decimal Amount);
