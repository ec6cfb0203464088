using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class ArriveOnSite
{
    /// <param name="DoneAt">When it was, where it is told later.</param>
    internal sealed record Request(DateTimeOffset? DoneAt = null);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/arrive", Handle)
            .AsCommand()
            .WithSummary("Somebody of the unit is on site")
            .WithDescription(
                """
                Rule P3.2.2: what counts for the target of an emergency, four hours from the issue. `doneAt` says when it
                was, where it is told later. 409: arrived-already, done-at-impossible.
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
            (order, context) => order.Arrive(context, body.DoneAt),
            RepairOrderView.From,
            cancellation
        );
}
