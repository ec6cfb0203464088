using System.Globalization;
using CustomerService.Forms;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.WorkLinks.Features;

internal static class PrintLinkedTaskSheet
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-links/{token}/orders/{orderId:guid}/task-sheet.pdf", Handle)
            .ForLinkHolders()
            .AsQuery()
            .WithName("PrintLinkedTaskSheet")
            .WithSummary("The task sheet (維修任務書) of an order, for the holder of a link, as PDF")
            .WithDescription(
                """
                Rule P3.2.3. As the form `task-sheet` of the order. 404: no such link, or an order that it does not lead to.
                410: link-expired, link-revoked. 503 font-missing.
                """
            )
            .ProducesFile("application/pdf")
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);

    private static async Task<QueryResult> Handle(
        string token,
        Guid orderId,
        FormLanguage? language,
        HttpContext http,
        RepairsDb db,
        TaskSheets sheets,
        Texts texts,
        CompanyClock clock,
        CancellationToken cancellation
    )
    {
        if (await db.HeldOrderAsync(token, orderId, clock.Now, cancellation) is not { } found)
        {
            return QueryResult.NotFound;
        }

        if (found.Failed(out var closed, out var held))
        {
            return closed;
        }

        var words = CultureInfo.GetCultureInfo(language?.Tag ?? Texts.Languages[0]);
        var filled = await sheets.OfAsync(
            held.Order,
            held.Link.Holder,
            new FormTexts(texts, words, clock.Zone),
            cancellation
        );
        return filled.Refusal is { } refusal ? refusal
            : filled.Document is { } document ? FormEndpoints.Pdf(document, http)
            : QueryResult.NotFound;
    }
}
