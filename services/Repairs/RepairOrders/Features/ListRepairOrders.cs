using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class ListRepairOrders
{
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<RepairOrderState>? State { get; init; }

        /// <summary>Severities, joined by commas.</summary>
        public EnumFilter<DefectSeverity>? Severity { get; init; }

        /// <summary>The project.</summary>
        public Guid? ProjectId { get; init; }

        /// <summary>The owner.</summary>
        public Guid? OwnerId { get; init; }

        /// <summary>The unit that repairs.</summary>
        public Guid? RepairUnitId { get; init; }

        /// <summary>Rule P3.2.1: not confirmed with the owner and past the due day.</summary>
        public bool? Overdue { get; init; }

        /// <summary>Rule P3.1.1: not received by the unit, and past the due day.</summary>
        public bool? ReceiptOverdue { get; init; }

        /// <summary>Rule P3.2.2: not begun, and past the target.</summary>
        public bool? StartOverdue { get; init; }

        /// <summary>Rule P3.2.2: not finished, and past the target.</summary>
        public bool? FinishOverdue { get; init; }

        /// <summary>Whether the clocks stand still.</summary>
        public bool? Paused { get; init; }

        /// <summary>Part of Table 3.1.</summary>
        public TextFilter? PartCode { get; init; }

        /// <summary>Causes, joined by commas.</summary>
        public EnumFilter<FaultCause>? CauseCode { get; init; }

        /// <summary>First day of opening.</summary>
        public Day? OpenedFrom { get; init; }

        /// <summary>Last day of opening.</summary>
        public Day? OpenedTo { get; init; }

        /// <summary>The number.</summary>
        public TextFilter? Number { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-orders", Handle)
            .AsQuery()
            .WithSummary("The repair orders that the caller may see, the newest first")
            .WithDescription("Rule P3.3. Days are of the company's time zone. 400: bad-filter, bad-cursor.")
            .Produces<Page<RepairOrderListItem>>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        var ownerId = await moves.StayedAsync(query.OwnerId, cancellation);
        var repairUnitId = await moves.StayedAsync(query.RepairUnitId, cancellation);
        return await db
            .RepairOrders.VisibleTo(caller.Actor)
            .Where(query.State, states => order => states.Contains(order.State))
            .Where(query.Severity, severities => order => severities.Contains(order.Severity))
            .Where(query.ProjectId, id => order => order.ProjectId == id)
            .Where(ownerId, id => order => order.OwnerId == id)
            .Where(repairUnitId, id => order => order.RepairUnitId == id)
            .Where(query.Overdue, overdue => RepairOrderDeadlines.ConfirmationOverdue(overdue, caller.Today))
            .Where(query.ReceiptOverdue, overdue => RepairOrderDeadlines.ReceiptOverdue(overdue, caller.Today))
            .Where(query.StartOverdue, overdue => RepairOrderDeadlines.StartOverdue(overdue, caller.Now))
            .Where(query.FinishOverdue, overdue => RepairOrderDeadlines.FinishOverdue(overdue, caller.Now))
            .Where(query.Paused, paused => order => (order.PausedSince != null) == paused)
            .Where(query.PartCode, part => order => order.PartCode == part)
            .Where(
                query.CauseCode,
                causes => order => order.CauseCode != null && causes.Contains(order.CauseCode.Value)
            )
            .Where(query.OpenedFrom, day => order => order.OpenedOn >= day)
            .Where(query.OpenedTo, day => order => order.OpenedOn <= day)
            .Where(query.Number, number => order => order.Number == number)
            .ToPageAsync(query, order => RepairOrderListItem.From(order, caller), cancellation);
    }
}
