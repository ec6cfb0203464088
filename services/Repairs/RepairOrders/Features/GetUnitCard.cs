using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>How a unit repairs, in figures.</summary>
internal static class GetUnitCard
{
    // Orders of a unit in a year or two.
    private const int Most = 20_000;

    internal sealed record Query
    {
        /// <summary>The unit; of a unit's own people it is theirs.</summary>
        public Guid? UnitId { get; init; }

        /// <summary>First day of opening.</summary>
        public Day? OpenedFrom { get; init; }

        /// <summary>Last day of opening.</summary>
        public Day? OpenedTo { get; init; }
    }

    /// <summary>Figures of a unit; a share is null where there is nothing to measure.</summary>
    internal sealed record UnitCard
    {
        public required Guid UnitId { get; init; }

        /// <summary>Orders issued to it, those that another took over among them.</summary>
        public required int Orders { get; init; }

        /// <summary>Orders that another unit took over because it did not come.</summary>
        public required int TakenOver { get; init; }

        /// <summary>Share received in time, percent.</summary>
        public decimal? ReceivedInTimePercent { get; init; }

        /// <summary>Share begun by the target, percent.</summary>
        public decimal? StartedInTimePercent { get; init; }

        /// <summary>Share that passed the first inspection, percent.</summary>
        public decimal? FirstTimePassPercent { get; init; }

        /// <summary>Share that the owner accepted without a refusal, percent.</summary>
        public decimal? AcceptedAtOncePercent { get; init; }

        /// <summary>What its repairs cost, yuan.</summary>
        public required decimal Cost { get; init; }

        /// <summary>What is charged back to it, yuan.</summary>
        public required decimal ChargedBack { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-orders/unit-card", Handle)
            .AsQuery()
            .ForRoles([Roles.RepairUnit, .. Roles.Staff])
            .WithSummary("The card of a unit that repairs")
            .WithDescription(
                """
                Rule P3.1.1: received in time, begun by the target (in an emergency: on site), passed at the first inspection,
                accepted at once, cost and charge-backs. What is paused is not late, what was withdrawn does not count. A
                unit sees its own card. 404: no unit is named.
                """
            )
            .Produces<UnitCard>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        var named = caller.IsStaff ? query.UnitId : caller.Actor.OrganisationId;
        if (await moves.StayedAsync(named, cancellation) is not { } unit)
        {
            return QueryResult.NotFound;
        }

        var replaced = db.OrdersBeforeOf(unit);
        var orders = await db
            .RepairOrders.AsNoTracking()
            .Where(order => order.RepairUnitId == unit || order.ChargedUnitId == unit || replaced.Contains(order.Id))
            .Where(order => order.State != RepairOrderState.Withdrawn)
            .Where(query.OpenedFrom, day => order => order.OpenedOn >= day)
            .Where(query.OpenedTo, day => order => order.OpenedOn <= day)
            .OrderByDescending(order => order.Id)
            .Take(Most)
            .ToListAsync(cancellation);
        var ids = orders.Select(order => order.Id).ToList();
        var charged = await db
            .ChargeBacks.AsNoTracking()
            .Where(c => c.UnitId == unit && c.State != ChargeBackState.Withdrawn && ids.Contains(c.RepairOrderId))
            .SumAsync(c => c.Amount, cancellation);
        return QueryResult.Of(Of(unit, orders, charged, caller.Today, caller.Now));
    }

    /// <summary>The card of a unit by the orders that it has or had; what was withdrawn counts nowhere.</summary>
    internal static UnitCard Of(
        Guid unit,
        IReadOnlyList<RepairOrder> orders,
        decimal charged,
        DateOnly today,
        DateTimeOffset now
    )
    {
        var counted = orders.Where(order => order.State != RepairOrderState.Withdrawn).ToList();
        var lost = counted
            .SelectMany(order => order.EarlierAssignments.Where(before => before.UnitId == unit && before.SteppedIn))
            .ToList();
        var own = counted.Where(order => order.RepairUnitId == unit).ToList();
        return new()
        {
            UnitId = unit,
            Orders = own.Count + lost.Count,
            TakenOver = lost.Count,
            ReceivedInTimePercent = Percent([
                .. own.Where(o => o.Receipt is not null || RepairOrderDeadlines.IsReceiptOverdue(o, today))
                    .Select(o => o.Receipt is { InTime: true }),
                .. lost.Select(before => before.Receipt is { InTime: true }),
            ]),
            StartedInTimePercent = Percent([
                .. own.Where(o => o.BegunInTime is not null || RepairOrderDeadlines.IsStartOverdue(o, now))
                    .Select(o => o.BegunInTime == true),
                .. lost.Select(_ => false),
            ]),
            FirstTimePassPercent = Percent([
                .. own.Where(o => o.Inspections.Count > 0).Select(o => o.Inspections[0].Passed),
            ]),
            AcceptedAtOncePercent = Percent([
                .. own.Where(o => o.OwnerResponses.Count > 0).Select(o => o.OwnerResponses[0].Accepted),
            ]),
            Cost = own.Sum(o => o.CostTotal),
            ChargedBack = charged,
        };
    }

    private static decimal? Percent(IReadOnlyList<bool> measured) =>
        measured.Count == 0
            ? null
            : Math.Round(100m * measured.Count(yes => yes) / measured.Count, 1, MidpointRounding.AwayFromZero);
}
