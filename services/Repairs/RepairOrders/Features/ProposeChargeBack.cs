using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class ProposeChargeBack
{
    internal sealed record Request(string? Reason = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).OptionalText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/charge-back", Handle)
            .AsCommand()
            .WithSummary("What the repair cost is charged back to a subcontractor")
            .WithDescription(
                """
                Rule P3.1.1, worked case 9. To the unit that did not come, or the one that the dispatch charges; once the
                owner has accepted the work. The record is not returned without it where there are costs. Opens a charge-back for the
                whole sum. 409: nobody-to-charge, no-costs, charged-back-already.
                """
            )
            .WithExample(new Request("逾期未簽收，由他方代修"))
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        RecordNumbers numbers,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            async (order, context) =>
            {
                if (order.CheckRole(context, RepairOrderAction.ChargeBack) is { } refusal)
                {
                    return refusal;
                }

                if (order.ChargedUnitId is not { } unit)
                {
                    return order.ChargeBack(context, Guid.Empty, body.Reason);
                }

                var charged = new ChargedOrder
                {
                    Id = order.Id,
                    Number = order.Number,
                    ProjectId = order.ProjectId,
                    ProjectName = order.ProjectName,
                    PartCode = order.PartCode,
                    UnitId = unit,
                    UnitName = order.ChargedUnitName ?? "",
                    CostTotal = order.CostTotal,
                };
                var number = await numbers.NextAsync(ChargeBack.NumberKind, context.Today.Year, cancellation);
                if (ChargeBack.Propose(context, number, charged, body.Reason).Failed(out var unable, out var charge))
                {
                    return unable;
                }

                if (order.ChargeBack(context, charge.Id, body.Reason) is { } refused)
                {
                    return refused;
                }

                db.Add(charge);
                return null;
            },
            RepairOrderView.From,
            cancellation
        );
}
