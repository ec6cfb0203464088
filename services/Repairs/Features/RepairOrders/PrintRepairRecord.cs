using System.Globalization;
using CustomerService.Forms;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Printing;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class PrintRepairRecord
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-orders/{id:guid}/record.pdf", Handle)
            .WithSummary("The repair record (form 3.3.2) for printing")
            .WithDescription(
                "Rules P3.3 and Form 3.3.2. A4, in Traditional Chinese like the paper form; `language` = zh-Hans or en for another. 503 font-missing: the server has no font with Chinese characters; the detail says what to install."
            )
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf");

    private static async Task<IResult> Handle(
        Guid id,
        string? language,
        RepairsDb store,
        Texts texts,
        FormFont font,
        Caller caller,
        CompanyClock clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var spoken = string.IsNullOrEmpty(language) ? Texts.Languages[0] : language;
        if (!Texts.Languages.Contains(spoken))
        {
            return Problems.Result(
                context,
                Refusal.Invalid("bad-filter", "API", "language").With("filter", "language")
            );
        }

        if (
            await store
                .RepairOrders.AsNoTracking()
                .VisibleTo(caller.Actor)
                .FirstOrDefaultAsync(o => o.Id == id, cancellationToken)
            is not { } order
        )
        {
            return Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
        }

        var culture = CultureInfo.GetCultureInfo(spoken);
        return Forms.Printing.Pdf(
            context,
            $"{order.Number}.pdf",
            () =>
                RepairRecordSheet.Print(
                    RepairRecordForm.Of(order, texts, culture),
                    font.Typeface(spoken),
                    FormWords.In(texts, culture),
                    clock.Now
                )
        );
    }
}
