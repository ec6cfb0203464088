using CustomerService.Repairs.Data;
using CustomerService.Repairs.Projects;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class AskWarranty
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/ask-warranty", Handle)
            .AsCommand()
            .WithSummary("Projects is asked again about warranty and responsible unit")
            .WithDescription(
                """
                Rules P3.1.1 and P3.1.2, for the day of notice. When Projects does not answer within two seconds the
                order keeps the answer that it has, or `unknown`, and `warranty.problem` says why.
                """
            )
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(
        Guid id,
        RepairsDb db,
        ProjectsClient projects,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            async (order, context) =>
                order.CheckRole(context, RepairOrderAction.AskWarranty)
                ?? order.RecordWarranty(
                    context,
                    await projects.AskWarrantyAsync(order.ProjectId, order.PartCode, order.NotifiedOn, cancellation)
                ),
            RepairOrderView.From,
            cancellation
        );
}
