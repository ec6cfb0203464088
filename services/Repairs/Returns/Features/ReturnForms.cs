using CustomerService.Forms;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Returns.Features;

/// <summary>The slip of a case; it goes from hand to hand inside the company.</summary>
internal sealed class ReturnSlip(RepairsDb db, Caller caller, RepairsSettings settings) : IForm
{
    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var visible = db.ReturnCases.AsNoTracking().VisibleTo(caller.Actor);
        if (!caller.IsStaff || await visible.FirstOrDefaultAsync(one => one.Id == id, cancellation) is not { } one)
        {
            return FormResult.NotFound;
        }

        return one.Slip is not null
            ? ReturnSlipForm.Fill(one, texts, settings.ScanLink(one.Number))
            : Refusal.ByRule("slip-not-made-out", "C5.1.5", ["collected-slip"], Roles.CustomerService);
    }
}

/// <summary>The inspection report of a case that the caller may see.</summary>
internal sealed class ReturnInspectionReport(RepairsDb db, Caller caller, RepairsSettings settings) : IForm
{
    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var visible = db.ReturnCases.AsNoTracking().VisibleTo(caller.Actor);
        if (await visible.FirstOrDefaultAsync(one => one.Id == id, cancellation) is not { } one)
        {
            return FormResult.NotFound;
        }

        return one.Report is not null
            ? InspectionReportForm.Fill(one, texts, settings.ScanLink(one.Number))
            : Refusal.ByRule("not-inspected-yet", "C5.1.4", ["inspection-report"], Roles.Qc);
    }
}
