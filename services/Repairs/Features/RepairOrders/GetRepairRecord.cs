using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class GetRepairRecord
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-orders/{id:guid}/record", Handle)
            .WithSummary("The repair record (form 3.3.2) row by row")
            .WithDescription(
                "Rules P3.3 and Form 3.3.2. Labels are in the caller's language, Traditional Chinese where none is asked for; a cell that is not filled in yet is null. Dates are of the company's time zone."
            )
            .Produces<RepairRecordForm>();

    private static async Task<IResult> Handle(
        Guid id,
        RepairsDb store,
        Texts texts,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        await store
            .RepairOrders.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(o => o.Id == id, cancellationToken)
            is { } order
            ? ETags.Representation(context, RepairRecordForm.Of(order, texts), order.Version)
            : Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
}
