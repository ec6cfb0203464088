using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Projects;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class ReassignRepairOrder
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/reassign", Handle)
            .AsCommand()
            .WithSummary("Engineering gives the order to another unit")
            .WithDescription(
                """
                Rule P3.1.1. Where the unit objects, or is the contractor's own. The clocks begin again, the new crew is
                briefed. Otherwise as `dispatch`. 409: no-objection, and those of `dispatch`.
                """
            )
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(
        Guid id,
        DispatchRepairOrder.Request body,
        RepairsDb db,
        ProjectsClient projects,
        RegistryLookup registry,
        RepairsSettings settings,
        Texts texts,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            async (order, context) =>
                (
                    await DispatchRepairOrder.DecideAsync(
                        order,
                        context,
                        RepairOrderAction.Reassign,
                        body,
                        projects,
                        registry,
                        settings.OwnUnit,
                        cancellation
                    )
                ).Failed(out var refusal, out var input)
                    ? refusal
                    : DispatchRepairOrder.Explained(
                        order,
                        order.Reassign(context, input).Numbered(db, order, context),
                        texts
                    ),
            RepairOrderView.From,
            cancellation
        );
}
