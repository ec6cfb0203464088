using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Domain;
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
            sale.Release(context, one.Goods.Quantity, one.Number);
        }

        return null;
    }

    /// <summary>They stay here: a machine is taken back, a unit of an RMA ends.</summary>
    public static async Task<Refusal?> KeepAsync(
        RepairsDb db,
        ReturnCase one,
        CommandContext context,
        CancellationToken cancellation
    )
    {
        if (
            one.Goods.UnitId is { } unitId
            && await db.RmaUnits.FirstOrDefaultAsync(u => u.Id == unitId, cancellation) is { } unit
            && unit.Exchange(context with { Actor = Actor.System("repairs") }, one.Number) is { } refusal
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
}
