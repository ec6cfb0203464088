using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class WithdrawRepairOrder
{
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Reason).NotEmpty().MaximumLength(2000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/withdraw", Handle)
            .AsCommand()
            .WithSummary("The order is withdrawn before work begins")
            .WithDescription(
                "Rule P3.2.1: it was no defect, or was opened twice. Once work has begun it cannot be withdrawn."
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
            o => o.Withdraw(caller.Flow(o.PolicyVersion), body.Reason),
            o => RepairOrderView.From(o, caller)
        );
    }
}
