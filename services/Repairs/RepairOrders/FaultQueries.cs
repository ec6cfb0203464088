using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>Finds orders of the same defect, and counts faults by part and cause; what follows from it is decided in the
/// domain.</summary>
internal static class FaultQueries
{
    private const int MostSimilar = 20;

    /// <summary>How often other orders failed by this cause in the same part (P2.2.3).</summary>
    public static async Task<FaultCounts> CountFaultsAsync(
        this RepairsDb db,
        RepairOrder order,
        FaultCause cause,
        CommandContext context,
        CancellationToken cancellation
    )
    {
        var (id, project, part) = (order.Id, order.ProjectId, order.PartCode);
        var from = CalendarMonths.Add(context.Today, -context.Policy.Revisits.Recurrence.WithinMonths);
        var others = db
            .RepairOrders.AsNoTracking()
            .Where(o => o.Id != id && o.PartCode == part && o.CauseCode == cause)
            .Where(o => o.State != RepairOrderState.Withdrawn && o.State != RepairOrderState.Merged);
        return new(
            await others.CountAsync(o => o.ProjectId == project, cancellation),
            await others
                .Where(o => o.ProjectId != project && o.NotifiedOn > from)
                .Select(o => o.ProjectId)
                .Distinct()
                .CountAsync(cancellation)
        );
    }

    /// <summary>Orders of the same project and part within the days of the policy, at the same place where one is
    /// given; the newest first.</summary>
    public static Task<List<RepairOrder>> SimilarAsync(
        this IQueryable<RepairOrder> orders,
        Guid project,
        string part,
        string? location,
        DateOnly since,
        CancellationToken cancellation
    )
    {
        var place = location is null ? "" : TextFolding.ForSearch(location);
        return orders
            .AsNoTracking()
            .Where(o => o.ProjectId == project && o.PartCode == part && o.OpenedOn >= since)
            .Where(o => o.State != RepairOrderState.Withdrawn && o.State != RepairOrderState.Merged)
            .Where(o => place == "" || o.PlaceKey.Contains(place) || place.Contains(o.PlaceKey))
            .OrderByDescending(o => o.Id)
            .Take(MostSimilar)
            .ToListAsync(cancellation);
    }
}
