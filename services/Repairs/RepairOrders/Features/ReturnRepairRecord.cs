using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class ReturnRepairRecord
{
    internal sealed record Request(string? Remark = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Remark).OptionalText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/return", Handle)
            .AsCommand()
            .WithSummary("The leader returns the repair record to engineering; the order is closed")
            .WithDescription(
                """
                Rules P3.2.3 and P3.3. By the repair unit, or by engineering when the paper comes in. An emergency
                must have been ratified and planned. 409: not-own-order, not-ratified, repair-not-planned.
                """
            )
            .WithExample(new Request("資料齊全"))
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
                if (order.Return(context, body.Remark) is { } refusal)
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
