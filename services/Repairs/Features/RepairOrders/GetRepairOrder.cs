using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class GetRepairOrder
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-orders/{id:guid}", Handle)
            .WithSummary("A repair order with its whole history")
            .WithDescription(
                "Rule P3.3. `_actions` lists what the caller can do now. Reasons in the history, and what is between contractor and subcontractor, are for staff. 404 where the caller may not see it."
            )
            .Produces<RepairOrderView>();

    private static async Task<IResult> Handle(
        Guid id,
        RepairsDb store,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
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

        var staff = caller.Actor.HasAny(Roles.Staff);
        var history = await store
            .Set<AuditRow>()
            .AsNoTracking()
            .Where(r => r.AggregateId == id)
            .OrderBy(r => r.Sequence)
            .Select(r => new HistoryEntry(
                r.Sequence,
                r.Action,
                r.FromState,
                r.ToState,
                r.ActorName,
                r.At,
                staff ? r.Why : null
            ))
            .ToListAsync(cancellationToken);
        return ETags.Representation(
            context,
            RepairOrderView.From(order, caller) with
            {
                History = history,
            },
            order.Version
        );
    }
}
