using System.Globalization;
using CustomerService.Forms;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Trips.Features;

/// <summary>The task sheets of all orders of a trip, to be taken along.</summary>
internal static class PrintTaskSheets
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/trips/{id:guid}/task-sheets.pdf", Handle)
            .AsQuery()
            .WithSummary("The task sheets 維修任務書 of all orders of a trip, in one PDF")
            .WithDescription(
                "Rule P3.2.3. For staff and the unit that goes; each sheet numbers its own pages. 409: not-dispatched, with "
                    + "the orders that are not issued. 503 font-missing."
            )
            .ProducesFile("application/pdf")
            .ProducesProblems(StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);

    private static async Task<QueryResult> Handle(
        Guid id,
        FormLanguage? language,
        RepairsDb db,
        TaskSheet sheet,
        Texts texts,
        CompanyClock clock,
        Caller caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var visible = db.Trips.AsNoTracking().VisibleTo(caller.Actor);
        if (await visible.FirstOrDefaultAsync(one => one.Id == id, cancellation) is not { } trip)
        {
            return QueryResult.NotFound;
        }

        var words = new FormTexts(texts, CultureInfo.GetCultureInfo(language?.Tag ?? Texts.Languages[0]), clock.Zone);
        var documents = new List<FormDocument>();
        foreach (var order in trip.Orders)
        {
            var filled = await sheet.FillAsync(order.Id, words, cancellation);
            if (filled.Refusal is { } refusal)
            {
                return refusal.With("orders", order.Number);
            }

            if (filled.Document is { } document)
            {
                documents.Add(document);
            }
        }

        return documents.Count == 0
            ? QueryResult.NotFound
            : FormEndpoints.Pdf(
                documents,
                $"{documents[0].Title} {trip.Number}",
                $"{trip.Number}-task-sheets",
                context
            );
    }
}
