using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class WithdrawRepairOrder
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
            .MapPost("/repair-orders/{id:guid}/withdraw", Handle)
            .AsCommand()
            .WithSummary("The order is withdrawn before work begins")
            .WithDescription(
                "Rule P3.2.1: it was no defect, or was opened twice. Once work has begun it cannot be withdrawn. Appointments to "
                    + "come are given up, and the owner is told by mail."
            )
            .WithExample(new Request("重複報修"))
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        OrderVisits visits,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            async (order, context) =>
            {
                if (order.Withdraw(context, body.Reason) is { } refusal)
                {
                    return refusal;
                }

                await visits.CancelAsync(order, cancellation);
                return null;
            },
            RepairOrderView.From,
            cancellation
        );
}
