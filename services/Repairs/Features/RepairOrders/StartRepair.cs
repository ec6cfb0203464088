using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class StartRepair
{
    internal sealed record Request;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/start", Handle)
            .AsCommand()
            .WithSummary("The repair unit begins work")
            .WithDescription(
                "Rule P3.2.2: only after the briefing is recorded, in an emergency too. Own orders only. 409: not-briefed, not-own-order."
            )
            .Produces<RepairOrderView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request? body,
        RepairsDb store,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var order = await store.FindVisibleAsync(id, caller, cancellationToken);
        return caller.Change(order, o => o.Start(caller.Flow(o.PolicyVersion)), o => RepairOrderView.From(o, caller));
    }
}
