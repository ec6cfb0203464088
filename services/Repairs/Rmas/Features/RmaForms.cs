using CustomerService.Forms;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Repairs.Rmas.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>FM001 of a unit that the caller may see; the version in force, for customers once it is sent.</summary>
internal sealed class Fm001(RepairsDb db, Caller caller, RepairsSettings settings) : IForm
{
    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var visible = db.RmaUnits.AsNoTracking().VisibleTo(caller.Actor);
        if (await visible.FirstOrDefaultAsync(unit => unit.Id == id, cancellation) is not { } unit)
        {
            return FormResult.NotFound;
        }

        return unit.Offers.LastOrDefault(offer => caller.IsStaff || offer.SentBy is not null) is { } offer
            ? Fm001Form.Fill(unit, offer, texts, settings.ScanLink(unit.Number))
            : Refusal.ByRule("offer-not-made-out", "C5.1.1.1", ["fm001"], Roles.RepairGroup);
    }
}

/// <summary>FM002 of a unit that the caller may see.</summary>
internal sealed class Fm002(RepairsDb db, Caller caller, RepairsSettings settings) : IForm
{
    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var visible = db.RmaUnits.AsNoTracking().VisibleTo(caller.Actor);
        if (await visible.FirstOrDefaultAsync(unit => unit.Id == id, cancellation) is not { } unit)
        {
            return FormResult.NotFound;
        }

        return unit.Charge is not null
            ? Fm002Form.Fill(unit, texts, settings.ScanLink(unit.Number))
            : Refusal.ByRule("charge-not-made-out", "C5.1.1.1", ["fm002"], Roles.RepairGroup);
    }
}

/// <summary>FM003 of a shipment that the caller may see.</summary>
internal sealed class Fm003(RepairsDb db, Caller caller, RepairsSettings settings) : IForm
{
    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var visible = db.Shipments.AsNoTracking().VisibleTo(caller.Actor);
        return await visible.FirstOrDefaultAsync(shipment => shipment.Id == id, cancellation) is { } shipment
            ? Fm003Form.Fill(shipment, texts, settings.ScanLink(shipment.Number ?? ""))
            : FormResult.NotFound;
    }
}
