using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.ChargeBacks.Features;

internal static class WithdrawChargeBack
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
            .MapPost("/charge-backs/{id:guid}/withdraw", Handle)
            .AsCommand()
            .WithSummary("The charge-back is given up")
            .WithDescription(
                """
                Rule P3.1.1. Until it is accepted. While its record is not returned, costs can be recorded again, and
                another charge-back proposed.
                """
            )
            .WithExample(new Request("責任認定改為業主使用不當"))
            .Produces<ChargeBackView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.ChargeBacks.VisibleTo(caller.Actor),
            id,
            async (charge, context) =>
            {
                if (charge.Withdraw(context, body.Reason) is { } refusal)
                {
                    return refusal;
                }

                var order = await db.RepairOrders.SingleAsync(o => o.Id == charge.RepairOrderId, cancellation);
                order.DropChargeBack(caller.Context(order), charge.Id, body.Reason);
                return null;
            },
            ChargeBackView.From,
            cancellation
        );
}
