using System.Linq.Expressions;
using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>What warranty costs, and what of it subcontractors bear.</summary>
internal static class GetWarrantyCosts
{
    /// <summary>By what costs are summed.</summary>
    internal enum CostsBy
    {
        Project,
        Part,

        /// <summary>The unit at whose cost it was repaired, else the one that repaired.</summary>
        Subcontractor,
        Cause,
    }

    internal sealed record Query
    {
        /// <summary>By what; default part.</summary>
        public EnumFilter<CostsBy>? By { get; init; }

        /// <summary>The project.</summary>
        public Guid? ProjectId { get; init; }

        /// <summary>First day of opening.</summary>
        public Day? OpenedFrom { get; init; }

        /// <summary>Last day of opening.</summary>
        public Day? OpenedTo { get; init; }
    }

    /// <param name="Key">Project, part, unit or cause; empty where it is not known yet.</param>
    /// <param name="Name">Its name, of projects and units.</param>
    /// <param name="Orders">Orders with costs.</param>
    /// <param name="Cost">What the repairs cost, yuan.</param>
    /// <param name="ChargedBack">What of it is charged back, yuan, not above 0.</param>
    /// <param name="Net">What remains, yuan.</param>
    /// <param name="Settled">What of the charge-backs is settled, yuan.</param>
    internal sealed record WarrantyCost(
        string Key,
        string? Name,
        int Orders,
        decimal Cost,
        decimal ChargedBack,
        decimal Net,
        decimal Settled
    );

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-orders/costs", Handle)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("The cost of warranty by project, part, subcontractor or cause")
            .WithDescription(
                """
                Rule P3.1.1, worked case 9: what the repairs cost, what of it is charged back (a charge-back that was given
                up does not count), and what remains.
                """
            )
            .Produces<IReadOnlyList<WarrantyCost>>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        CancellationToken cancellation
    )
    {
        var orders = db
            .RepairOrders.AsNoTracking()
            .Where(order => order.CostTotal > 0)
            .Where(query.ProjectId, id => order => order.ProjectId == id)
            .Where(query.OpenedFrom, day => order => order.OpenedOn >= day)
            .Where(query.OpenedTo, day => order => order.OpenedOn <= day);
        var charges = db.ChargeBacks.AsNoTracking().Where(charge => charge.State != ChargeBackState.Withdrawn);
        // One charge-back an order at most: nothing is counted twice.
        var costs = orders
            .GroupJoin(
                charges,
                order => order.Id,
                charge => charge.RepairOrderId,
                (order, found) => new { order, found }
            )
            .SelectMany(
                pair => pair.found.DefaultIfEmpty(),
                (pair, charge) =>
                    new Cost
                    {
                        ProjectId = pair.order.ProjectId,
                        ProjectName = pair.order.ProjectName,
                        PartCode = pair.order.PartCode,
                        CauseCode = pair.order.CauseCode,
                        UnitId = pair.order.ChargedUnitId ?? pair.order.RepairUnitId,
                        UnitName = pair.order.ChargedUnitName ?? pair.order.RepairUnitName,
                        Spent = pair.order.CostTotal,
                        Charged = charge == null ? 0m : charge.Amount,
                        Settled = charge != null && charge.State == ChargeBackState.Settled ? charge.Amount : 0m,
                    }
            );
        return QueryResult.Of(
            (query.By?.Values[0] ?? CostsBy.Part) switch
            {
                CostsBy.Project => await SumAsync(costs, cost => cost.ProjectId, key => key.ToString(), cancellation),
                CostsBy.Subcontractor => await SumAsync(
                    costs,
                    cost => cost.UnitId,
                    key => key?.ToString() ?? "",
                    cancellation
                ),
                CostsBy.Cause => await SumAsync(
                    costs,
                    cost => cost.CauseCode,
                    key => key?.ToKebab() ?? "",
                    cancellation
                ),
                _ => await SumAsync(costs, cost => cost.PartCode, key => key, cancellation),
            }
        );
    }

    // The store adds up: what comes back is a line a group, however many orders there are.
    private static async Task<IReadOnlyList<WarrantyCost>> SumAsync<TKey>(
        IQueryable<Cost> costs,
        Expression<Func<Cost, TKey>> keyOf,
        Func<TKey, string> spell,
        CancellationToken cancellation
    )
    {
        var groups = await costs
            .GroupBy(keyOf)
            .Select(group => new
            {
                group.Key,
                Project = group.Max(cost => cost.ProjectName),
                Unit = group.Max(cost => cost.UnitName),
                Orders = group.Count(),
                Spent = group.Sum(cost => cost.Spent),
                Charged = group.Sum(cost => cost.Charged),
                Settled = group.Sum(cost => cost.Settled),
            })
            .OrderByDescending(group => group.Spent)
            .ToListAsync(cancellation);
        return
        [
            .. groups.Select(group => new WarrantyCost(
                spell(group.Key),
                typeof(TKey) == typeof(Guid) ? group.Project
                    : typeof(TKey) == typeof(Guid?) ? group.Unit
                    : null,
                group.Orders,
                group.Spent,
                -group.Charged,
                group.Spent - group.Charged,
                group.Settled
            )),
        ];
    }

    private sealed class Cost
    {
        public required Guid ProjectId { get; init; }

        public required string ProjectName { get; init; }

        public required string PartCode { get; init; }

        public FaultCause? CauseCode { get; init; }

        public Guid? UnitId { get; init; }

        public string? UnitName { get; init; }

        public required decimal Spent { get; init; }

        public required decimal Charged { get; init; }

        public required decimal Settled { get; init; }
    }
}
