using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class RatifyRepairOrder
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
            .MapPost("/repair-orders/{id:guid}/ratify", Handle)
            .AsCommand()
            .WithSummary("The unit's leader ratifies an emergency that was issued before approval")
            .WithDescription(
                "Rule P3.2.1. The record must have been written and reviewed by then; without ratification the order cannot be closed. 409: approved-already, not-analysed, not-reviewed, approver-is-reviewer."
            )
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
            o => o.Ratify(caller.Flow(o.PolicyVersion), body.Opinion),
            o => RepairOrderView.From(o, caller)
        );
    }
}
