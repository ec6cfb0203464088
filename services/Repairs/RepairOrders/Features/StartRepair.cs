using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class StartRepair
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/start", Handle)
            .AsCommand()
            .WithSummary("The repair unit begins work")
            .WithDescription(
                """
                Rule P3.2.2: only after the briefing is recorded, in an emergency too. Own orders only. 409:
                not-briefed, not-own-order, objection-open.
                """
            )
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            (order, context) => order.Start(context),
            RepairOrderView.From,
            cancellation
        );
}
