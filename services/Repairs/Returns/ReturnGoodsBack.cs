using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Returns;

/// <summary>What a case does to the goods that it is about.</summary>
internal static class ReturnGoodsBack
{
    /// <summary>The customer keeps them: of a sale they can be asked back again.</summary>
    public static async Task<Refusal?> ReleaseAsync(
        RepairsDb db,
        ReturnCase one,
        CommandContext context,
        CancellationToken cancellation
    )
    {
        if (one.Goods.SaleId is { } saleId)
        {
            var sale = await db.Sales.FirstAsync(s => s.Id == saleId, cancellation);
            sale.Release(context, one.DueQuantity, one.Number);
        }

        if (await UnitAsync(db, one, cancellation) is { } unit && unit.ReturnCaseId == one.Id)
        {
            unit.LetGo(context);
        }

        return null;
    }

    /// <summary>Of a sale only what failed is taken: the rest can be asked back again (C5.1.4).</summary>
    public static async Task<Refusal?> ReleaseRestAsync(
        RepairsDb db,
        ReturnCase one,
        CommandContext context,
        CancellationToken cancellation
    )
    {
        var rest = one.Goods.Quantity - one.DueQuantity;
        if (rest > 0 && one.Goods.SaleId is { } saleId)
        {
            var sale = await db.Sales.FirstAsync(s => s.Id == saleId, cancellation);
            sale.Release(context, rest, one.Number);
        }

        return null;
    }

    /// <summary>Whether the goods stand here as a unit of an RMA.</summary>
    public static async Task<bool> AreUnitAsync(RepairsDb db, ReturnCase one, CancellationToken cancellation) =>
        await UnitAsync(db, one, cancellation) is { } unit && RmaUnitFlow.HereStates.Contains(unit.State);

    /// <summary>They stay here: a machine is taken back, a unit of an RMA ends.</summary>
    public static async Task<Refusal?> KeepAsync(
        RepairsDb db,
        ReturnCase one,
        CommandContext context,
        CancellationToken cancellation
    )
    {
        // A unit that has left or ended meanwhile has nothing more to do with what came now.
        if (
            await UnitAsync(db, one, cancellation) is { } unit
            && RmaUnitFlow.HereStates.Contains(unit.State)
            && Keep(unit, one, context) is { } refusal
        )
        {
            return refusal;
        }

        return
            one.ReturnKind == ReturnKind.Return
            && one.Goods.SerialId is { } serialId
            && await db.ProductSerials.FirstOrDefaultAsync(s => s.Id == serialId, cancellation) is { } serial
            ? serial.TakeBack(context, one.Number)
            : null;
    }

    private static Refusal? Keep(RmaUnit unit, ReturnCase one, CommandContext context)
    {
        var system = context with { Actor = Actor.System("repairs") };
        return one.ReturnKind == ReturnKind.Exchange
            ? unit.Exchange(system, context.Actor, one.Number)
            : unit.TakeBack(system, context.Actor, one.Number);
    }

    private static async Task<RmaUnit?> UnitAsync(RepairsDb db, ReturnCase one, CancellationToken cancellation) =>
        one.Goods.UnitId is { } id ? await db.RmaUnits.FirstOrDefaultAsync(u => u.Id == id, cancellation) : null;
}
