using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class ApproveRepairOrder
{
    internal sealed record Request(string Opinion);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Opinion).NotEmpty().MaximumLength(2000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/approve", Handle)
            .AsCommand()
            .WithSummary("The unit's leader approves the reviewed record")
            .WithDescription("Rule P3.2.1. The approver is not the reviewer. 409: approver-is-reviewer.")
            .Produces<RepairOrderView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb store,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var order = await store.FindVisibleAsync(id, caller, cancellationToken);
        return caller.Change(
            order,
            o => o.Approve(caller.Flow(o.PolicyVersion), body.Opinion),
            o => RepairOrderView.From(o, caller)
        );
    }
}
