using CustomerService.Repairs.Data;
using CustomerService.Repairs.Questions;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class AskWarranty
{
    internal sealed record Request;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/ask-warranty", Handle)
            .AsCommand()
            .WithSummary("Projects is asked again about warranty and responsible unit")
            .WithDescription(
                "Rules P3.1.1 and P3.1.2, for the day of notice. When nobody answers within two seconds the order keeps the answer that it has, or `unknown`, and `warranty.problem` says why."
            )
            .Produces<RepairOrderView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request? body,
        RepairsDb store,
        ProjectsQuestions projects,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var order = await store.FindVisibleAsync(id, caller, cancellationToken);
        if (caller.Precondition(order) is { } failed)
        {
            return failed;
        }

        var answer = await projects.AskWarrantyAsync(
            order!.ProjectId,
            order.PartCode,
            order.NotifiedOn,
            cancellationToken
        );
        return caller.Change(
            order,
            o => o.KeepWarranty(caller.Flow(o.PolicyVersion), answer),
            o => RepairOrderView.From(o, caller)
        );
    }
}
