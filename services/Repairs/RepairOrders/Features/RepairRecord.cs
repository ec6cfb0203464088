using CustomerService.Forms;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>Form 3.3.2 of an order that the caller may see.</summary>
internal sealed class RepairRecord(RepairsDb db, OrderPhotos photos, Caller caller) : IForm
{
    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var visible = db.RepairOrders.AsNoTracking().VisibleTo(caller.Actor);
        return await visible.FirstOrDefaultAsync(order => order.Id == id, cancellation) is { } order
            ? RepairRecordForm.Fill(
                order,
                RepairOrderRelease.To(caller.Actor, order),
                await photos.OfAsync(
                    order.Id,
                    [.. order.OwnerResponses.SelectMany(response => response.Photos)],
                    cancellation
                ),
                texts
            )
            : FormResult.NotFound;
    }
}
