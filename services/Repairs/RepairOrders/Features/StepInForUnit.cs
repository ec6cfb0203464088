using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Projects;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class StepInForUnit
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/step-in", Handle)
            .AsCommand()
            .WithSummary("Another unit repairs at the cost of the one that did not come")
            .WithDescription(
                """
                Rule P3.1.1, worked case 9. After a written notice; `repairUnitId` names the other unit. What it costs is
                charged back to the first one. The clocks begin again, the new crew is briefed. Otherwise as
                `dispatch`. 409: unit-not-late, notice-missing, same-unit, no-repair-unit,
                leader-departure-without-reason.
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
                        RepairOrderAction.StepIn,
                        body,
                        projects,
                        registry,
                        settings.OwnUnit,
                        cancellation
                    )
                ).Failed(out var refusal, out var input)
                    ? refusal
                    : order.StepIn(context, input).Numbered(db, order, context),
            RepairOrderView.From,
            cancellation
        );
}
