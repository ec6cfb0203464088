using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Trips.Domain;

/// <summary>An order of a trip.</summary>
internal sealed record TripOrder(Guid Id, string Number, string Location);

/// <summary>An order in whose place another one goes along.</summary>
/// <param name="Was">The order that was merged.</param>
/// <param name="ById">The order that goes on for it.</param>
/// <param name="ByWasThere">That one was on the trip already.</param>
internal sealed record ReplacedOrder(TripOrder Was, Guid ById, bool ByWasThere);

/// <summary>An order that is to go along, as it stands now.</summary>
/// <param name="UnitId">Who repairs; null while it is not issued.</param>
/// <param name="IsToDo">Confirmed with the owner, and the work not done.</param>
/// <param name="OtherTrip">Number of the open trip that it is on already.</param>
internal sealed record OrderToTake(
    Guid Id,
    string Number,
    Guid ProjectId,
    string Location,
    Guid? UnitId,
    bool IsToDo,
    string? OtherTrip
)
{
    public TripOrder Kept => new(Id, Number, Location);
}

/// <summary>The project of a trip, as the registry has it.</summary>
internal sealed record TripProject(Guid Id, string Name);

/// <summary>The briefing with what became of it: orders that could not be briefed are named.</summary>
/// <param name="NotIssued">Numbers of orders that the unit has not got.</param>
internal sealed record TripBriefing(Briefing Briefing, IReadOnlyList<string> NotIssued);

/// <summary>A cost of the trip with the part of each order.</summary>
/// <param name="Amount">Yuan, above 0.</param>
/// <param name="Shares">Their sum is the amount, to the fen.</param>
internal sealed record TripCost(
    Guid Id,
    CostKind Kind,
    string Text,
    decimal Amount,
    IReadOnlyList<CostShare> Shares,
    Stamp By
);

/// <summary>What of a cost one order bears, yuan.</summary>
internal sealed record CostShare(Guid OrderId, string Number, decimal Amount);

/// <summary>The day on which the unit was there.</summary>
internal sealed record TripEnd(DateOnly On);
