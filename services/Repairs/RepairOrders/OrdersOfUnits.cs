using System.Text.Json;
using CustomerService.Repairs.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>Finds orders by a unit that stands inside a column: earlier assignments and warranty.</summary>
internal static class OrdersOfUnits
{
    /// <summary>The orders that this unit had before another one.</summary>
    public static IQueryable<Guid> OrdersBeforeOf(this RepairsDb db, Guid unit)
    {
        var before = JsonSerializer.Serialize(new[] { new { unitId = unit } });
        return db.Database.SqlQuery<Guid>(
            $"""SELECT id AS "Value" FROM repair_orders WHERE earlier_assignments @> {before}::jsonb"""
        );
    }

    /// <summary>The orders of a part that this subcontractor did, so that it may be asked to repair it (P3.1.1).</summary>
    public static Task<List<Guid>> OrdersOfPartsOfAsync(this RepairsDb db, Guid unit, CancellationToken cancellation)
    {
        var units = JsonSerializer.Serialize(new { units = new[] { new { id = unit } } });
        var first = JsonSerializer.Serialize(new { responsibleUnitId = unit });
        return db
            .Database.SqlQuery<Guid>(
                $"""
                SELECT id AS "Value" FROM repair_orders
                WHERE warranty @> {units}::jsonb OR warranty @> {first}::jsonb
                """
            )
            .ToListAsync(cancellation);
    }
}
