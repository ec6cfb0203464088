using CustomerService.Forms;
using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas.Features;

internal static class PrintRmaLabels
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/rmas/{id:guid}/labels.pdf", Handle)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("Labels of 50 × 30 mm for the units of an RMA, as PDF")
            .WithDescription(
                "Rule C3.1.1. A QR code that opens the unit, its number, serial number, model and customer. 503 font-missing."
            )
            .ProducesFile("application/pdf")
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);

    private static async Task<QueryResult> Handle(
        Guid id,
        FormLanguage? language,
        RepairsDb db,
        Caller caller,
        FormFont font,
        RepairsSettings settings,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        if (
            await db.Rmas.AsNoTracking().VisibleTo(caller.Actor).FirstOrDefaultAsync(r => r.Id == id, cancellation)
            is not { } rma
        )
        {
            return QueryResult.NotFound;
        }

        var units = await db
            .RmaUnits.AsNoTracking()
            .Where(unit => unit.RmaId == id)
            .OrderBy(unit => unit.Number)
            .Take(ReceiveRma.MostItems)
            .Select(unit => new
            {
                unit.Number,
                unit.Serial,
                unit.ModelCode,
                unit.CustomerName,
                unit.Quantity,
            })
            .ToListAsync(cancellation);
        var labels = units
            .Select(unit => new SmallLabel(
                settings.ScanLink(unit.Number),
                [unit.Number, unit.Serial ?? $"× {unit.Quantity}", unit.ModelCode ?? "?", unit.CustomerName]
            ))
            .ToList();
        return QueryResult.File(
            Printing.Pdf(
                context,
                $"{rma.Number}-labels.pdf",
                () => SmallLabels.Print(labels, font, rma.Number, caller.Now, language)
            )
        );
    }
}
