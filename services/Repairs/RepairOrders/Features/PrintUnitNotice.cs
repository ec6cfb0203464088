using CustomerService.Forms;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>The letter to a unit that does not come; for staff.</summary>
internal sealed class UnitNoticeLetter(RepairsDb db, Caller caller) : IForm
{
    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        if (!caller.IsStaff || await db.OrderAsync(id, cancellation) is not { } order)
        {
            return FormResult.NotFound;
        }

        return NoticeOfUnit.Of(order) is [.., var last]
            ? UnitNoticeForm.Notice(order, last, texts)
            : Refusal.ByRule("notice-missing", "P3.1.1", ["written-notice"], Roles.EngineeringHead);
    }
}

/// <summary>What stands for a charge-back; for staff.</summary>
internal sealed class ChargeBackEvidence(RepairsDb db, OrderPhotos photos, Caller caller) : IForm
{
    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        if (!caller.IsStaff || await db.OrderAsync(id, cancellation) is not { } order)
        {
            return FormResult.NotFound;
        }

        var notices = NoticeOfUnit.Of(order);
        // Nobody was warned and nobody is charged: there is nothing that it could stand for.
        if (notices.Count == 0 && order.ChargedUnitId is null)
        {
            return Refusal.ByRule("nothing-to-prove", "P3.1.1", ["written-notice"], Roles.EngineeringHead);
        }

        var system = texts.Say("form.system");
        var timeline = await db.Set<AuditRow>()
            .AsNoTracking()
            .Where(row => row.AggregateId == id)
            .OrderBy(row => row.Sequence)
            .Select(row => new TimelineLine(
                row.At,
                row.Action,
                row.ActorId.StartsWith(Actor.SystemPrefix) ? system : row.ActorName,
                row.Why,
                row.Hash
            ))
            .ToListAsync(cancellation);
        var shown = await photos.OfAsync(order.Id, ["damage", "photo", "before", "after"], cancellation);
        return UnitNoticeForm.Evidence(order, notices, timeline, shown, texts);
    }
}

/// <summary>Finds what the letters are about.</summary>
internal static class PrintUnitNotice
{
    public static Task<RepairOrder?> OrderAsync(this RepairsDb db, Guid id, CancellationToken cancellation) =>
        db.RepairOrders.AsNoTracking().FirstOrDefaultAsync(order => order.Id == id, cancellation);
}
