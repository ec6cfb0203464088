using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class StrikeRepairCost
{
    internal sealed record Request(Guid? CostId, string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.CostId).NotNull().NotEqual(Guid.Empty);
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/strike-cost", Handle)
            .AsCommand()
            .WithSummary("A cost does not count after all")
            .WithDescription(
                """
                Rule P3.1.1. It stays on record with the reason. 409: cost-unknown, charged-back-already.
                """
            )
            .WithExample(new Request(Guid.Parse("0198c0de-0000-7000-8000-000000000005"), "重複登記"))
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
            (order, context) => order.StrikeCost(context, body.CostId!.Value, body.Reason),
            RepairOrderView.From,
            cancellation
        );
}
