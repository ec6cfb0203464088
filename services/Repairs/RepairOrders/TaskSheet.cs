using CustomerService.Forms;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Projects;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Repairs.RepairOrders.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>The task sheet of an order, for staff and the unit that repairs.</summary>
internal sealed class TaskSheet(RepairsDb db, TaskSheets sheets, Caller caller) : IForm
{
    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var visible = db.RepairOrders.AsNoTracking().VisibleTo(caller.Actor);
        return await visible.FirstOrDefaultAsync(order => order.Id == id, cancellation) is { } order
            ? await sheets.OfAsync(order, caller.Actor, texts, cancellation)
            : FormResult.NotFound;
    }
}

/// <summary>Fills task sheets for those who may see the work.</summary>
internal sealed class TaskSheets(RepairsSettings settings, OrderPhotos photos, ProjectsClient projects)
{
    public async Task<FormResult> OfAsync(
        RepairOrder order,
        Actor reader,
        FormTexts texts,
        CancellationToken cancellation
    )
    {
        var release = RepairOrderRelease.To(reader, order);
        if (!release.SeesWork)
        {
            return FormResult.NotFound;
        }

        return order.DispatchRecord is null
            ? Refusal.ByRule("not-dispatched", "P3.2.3", ["dispatch"], Roles.Engineering, Roles.EngineeringHead)
            : TaskSheetForm.Fill(
                order,
                release,
                QrCode.Png(settings.AddressOf(order.Id)),
                await projects.PlanAsync(order, cancellation),
                await photos.OfAsync(order.Id, ["damage", "photo", "before"], cancellation),
                texts
            );
    }
}
