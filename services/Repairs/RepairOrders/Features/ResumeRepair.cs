using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class ResumeRepair
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/resume", Handle)
            .AsCommand()
            .WithSummary("The clocks run on")
            .WithDescription(
                """
                Rule P3.2.2. Whoever begins, arrives or finishes resumes as well. 409: not-paused.
                """
            )
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            (order, context) => order.Resume(context),
            RepairOrderView.From,
            cancellation
        );
}
