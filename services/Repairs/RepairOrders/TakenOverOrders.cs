using System.Text.Json;
using CustomerService.Repairs.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>Finds orders by their earlier assignments, which are one column.</summary>
internal static class TakenOverOrders
{
    /// <summary>The orders that this unit had before another one.</summary>
    public static IQueryable<Guid> OrdersBeforeOf(this RepairsDb db, Guid unit)
    {
        var before = JsonSerializer.Serialize(new[] { new { unitId = unit } });
        return db.Database.SqlQuery<Guid>(
            $"""SELECT id AS "Value" FROM repair_orders WHERE earlier_assignments @> {before}::jsonb"""
        );
    }
}
