using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class SendBackRepairOrder
{
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/send-back", Handle)
            .AsCommand()
            .WithSummary("Reviewer or approver sends the record back to its author")
            .WithDescription(
                """
                Rule P3.2.1. The reason goes with it; the record is then written and reviewed again. 409:
                reviewer-is-author, approver-is-reviewer, not-analysed.
                """
            )
            .WithExample(new Request("原因不清"))
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
            (order, context) => order.SendBack(context, body.Reason),
            RepairOrderView.From,
            cancellation
        );
}
