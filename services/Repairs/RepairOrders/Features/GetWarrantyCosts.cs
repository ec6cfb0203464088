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
        var costs = await orders
            .GroupJoin(
                charges,
                order => order.Id,
                charge => charge.RepairOrderId,
                (order, found) => new { order, found }
            )
            .SelectMany(
                pair => pair.found.DefaultIfEmpty(),
                (pair, charge) =>
                    new
                    {
                        pair.order.ProjectId,
                        pair.order.ProjectName,
                        pair.order.PartCode,
                        pair.order.CauseCode,
                        UnitId = pair.order.ChargedUnitId ?? pair.order.RepairUnitId,
                        UnitName = pair.order.ChargedUnitName ?? pair.order.RepairUnitName,
                        Cost = pair.order.CostTotal,
                        Charged = charge == null ? 0m : charge.Amount,
                        Settled = charge != null && charge.State == ChargeBackState.Settled ? charge.Amount : 0m,
                    }
            )
            .ToListAsync(cancellation);
        var by = query.By?.Values[0] ?? CostsBy.Part;
        return QueryResult.Of(
            costs
                .GroupBy(cost =>
                    by switch
                    {
                        CostsBy.Project => cost.ProjectId.ToString(),
                        CostsBy.Subcontractor => cost.UnitId?.ToString() ?? "",
                        CostsBy.Cause => cost.CauseCode?.ToKebab() ?? "",
                        _ => cost.PartCode,
                    }
                )
                .Select(group =>
                {
                    var (cost, charged) = (group.Sum(c => c.Cost), group.Sum(c => c.Charged));
                    var name = by switch
                    {
                        CostsBy.Project => group.Last().ProjectName,
                        CostsBy.Subcontractor => group.Last().UnitName,
                        _ => null,
                    };
                    return new WarrantyCost(
                        group.Key,
                        name,
                        group.Count(),
                        cost,
                        -charged,
                        cost - charged,
                        group.Sum(c => c.Settled)
                    );
                })
                .OrderByDescending(line => line.Cost)
                .ToList()
        );
    }
}
