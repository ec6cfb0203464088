using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class AddRepairCost
{
    internal sealed record Request
    {
        public required CostKind Kind { get; init; }

        public required string Text { get; init; }

        /// <summary>Yuan, above 0, two decimals.</summary>
        public required decimal Amount { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Text).RequiredText(TextLength.Line);
            RuleFor(r => r.Amount)
                .InclusiveBetween(0.01m, 99_999_999m)
                .PrecisionScale(10, 2, ignoreTrailingZeros: true);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/add-cost", Handle)
            .AsCommand()
            .WithSummary("What the repair cost")
            .WithDescription(
                """
                Rule P3.1.1. By the unit that repairs or engineering, from the issue until the record is returned, and
                until it is charged back. 409: charged-back-already, not-own-order.
                """
            )
            .WithExample(
                new Request
                {
                    Kind = CostKind.Labour,
                    Text = "防水工 3 工日",
                    Amount = 1200m,
                }
            )
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
            (order, context) => order.AddCost(context, body.Kind, body.Text, body.Amount),
            RepairOrderView.From,
            cancellation
        );
}
