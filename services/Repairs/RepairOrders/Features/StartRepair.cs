using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class StartRepair
{
    /// <param name="DoneAt">When work began, where it is told later.</param>
    internal sealed record Request(DateTimeOffset? DoneAt = null);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/start", Handle)
            .AsCommand()
            .WithSummary("The repair unit begins work")
            .WithDescription(
                """
                Rule P3.2.2: only after the briefing is recorded, in an emergency too. Own orders only. 409:
                not-briefed, not-own-order, objection-open, done-at-impossible. `doneAt` says when it was, where it is told
                later; both times are kept. The body may be left out.
                """
            )
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request? body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            (order, context) => order.Start(context, body?.DoneAt),
            RepairOrderView.From,
            cancellation
        );
}
