using CustomerService.Forms;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.MonthlyReports.Forms;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.MonthlyReports.Features;

/// <summary>The monthly report on paper.</summary>
internal sealed class MonthlyReportPrint(RepairsDb db, Caller caller, RepairsSettings settings) : IForm
{
    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation) =>
        await db
            .MonthlyReports.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(report => report.Id == id, cancellation)
            is { } report
            ? MonthlyReportForm.Fill(report, texts, settings.ScanLink(report.Number))
            : FormResult.NotFound;
}
