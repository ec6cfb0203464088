using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas;

/// <summary>Repairs and returns of one machine know of each other (C5.1.3).</summary>
internal static class AskedBack
{
    /// <summary>Machines that an open return or exchange asks back have come for repair: the case has its unit, and the unit
    /// waits for the decision.</summary>
    public static async Task LinkAsync(
        RepairsDb db,
        IReadOnlyList<RmaUnit> units,
        CommandContext context,
        CancellationToken cancellation
    )
    {
        var keys = units.Select(unit => unit.OpenSerialKey).OfType<string>().ToList();
        if (keys.Count == 0)
        {
            return;
        }

        var cases = await db.ReturnCases.Where(one => keys.Contains(one.OpenSerialKey!)).ToListAsync(cancellation);
        foreach (var one in cases)
        {
            var unit = units.First(u => u.OpenSerialKey == one.OpenSerialKey);
            if (unit.CustomerId == one.CustomerId && !one.IsComplete)
            {
                unit.HoldFor(context, one.Id, one.Number);
                one.LinkUnit(context, unit.Id, unit.Number);
            }
        }
    }
}
