using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class ReceiveRepairOrder
{
    /// <param name="DoneAt">When it was received, where it is told later.</param>
    internal sealed record Request(DateTimeOffset? DoneAt = null);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/receive", Handle)
            .AsCommand()
            .WithSummary("The unit has received the order")
            .WithDescription(
                """
                Rule P3.1.1. Own orders only; due the day after the issue. An objection of the unit is dropped by it.
                `doneAt` says when it was, where it is told later; both times are kept. 409: received-already,
                done-at-impossible.
                """
            )
            .WithExample(new Request())
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            (order, context) => order.Receive(context, body.DoneAt),
            RepairOrderView.From,
            cancellation
        );
}
