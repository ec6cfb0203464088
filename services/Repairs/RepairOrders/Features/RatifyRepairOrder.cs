using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class RatifyRepairOrder
{
    internal sealed record Request(string Opinion);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Opinion).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/ratify", Handle)
            .AsCommand()
            .WithSummary("The unit's leader ratifies an emergency that was issued before approval")
            .WithDescription(
                """
                Rule P3.2.1. The record must have been written and reviewed by then; without ratification the order
                cannot be closed. 409: approved-already, not-analysed, not-reviewed, approver-is-reviewer.
                """
            )
            .WithExample(new Request("補批"))
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
            (order, context) => order.Ratify(context, body.Opinion),
            RepairOrderView.From,
            cancellation
        );
}
