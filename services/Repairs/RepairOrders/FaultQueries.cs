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

    private static readonly RepairOrderState[] Ended =
    [
        RepairOrderState.Accepted,
        RepairOrderState.Closed,
        RepairOrderState.Withdrawn,
        RepairOrderState.Merged,
    ];

    /// <summary>Orders that the owner accepted on this day or since.</summary>
    public static IQueryable<RepairOrder> AcceptedSince(this RepairsDb db, Guid project, string part, DateOnly since)
    {
        // The last answer of an accepted order is the acceptance.
        var accepted = db.Database.SqlQuery<Guid>(
            $"""
            SELECT id AS "Value" FROM repair_orders
            WHERE project_id = {project} AND part_code = {part} AND (owner_responses -> -1 ->> 'on')::date >= {since}
            """
        );
        return db
            .RepairOrders.AsNoTracking()
            .Where(o => o.ProjectId == project && o.PartCode == part && accepted.Contains(o.Id))
            .Where(o => o.State == RepairOrderState.Accepted || o.State == RepairOrderState.Closed);
    }

    /// <summary>Orders of the same project and part that are open, or were accepted within the days of the policy, at the
    /// same place where one is given; the newest first.</summary>
    public static Task<List<RepairOrder>> SimilarAsync(
        this RepairsDb db,
        IQueryable<RepairOrder> orders,
        Guid project,
        string part,
        string? location,
        DateOnly since,
        CancellationToken cancellation
    )
    {
        var place = location is null ? "" : TextFolding.ForSearch(location);
        var accepted = db.AcceptedSince(project, part, since).Select(o => o.Id);
        return orders
            .AsNoTracking()
            .Where(o => o.ProjectId == project && o.PartCode == part)
            .Where(o => !Ended.Contains(o.State) || accepted.Contains(o.Id))
            .Where(o => place == "" || o.PlaceKey.Contains(place) || place.Contains(o.PlaceKey))
            .OrderByDescending(o => o.Id)
            .Take(MostSimilar)
            .ToListAsync(cancellation);
    }
}
