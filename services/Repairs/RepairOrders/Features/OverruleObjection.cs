using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class OverruleObjection
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
            .MapPost("/repair-orders/{id:guid}/overrule", Handle)
            .AsCommand()
            .WithSummary("Engineering holds the assignment up")
            .WithDescription(
                """
                Rule P3.1.1. The unit has another day to receive the order. 409: no-objection.
                """
            )
            .WithExample(new Request("合同範圍包括該部位"))
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
            (order, context) => order.Overrule(context, body.Reason),
            RepairOrderView.From,
            cancellation
        );
}
