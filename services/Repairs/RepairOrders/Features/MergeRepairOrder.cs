using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>Two orders of the same defect become one, and two again.</summary>
internal static class MergeRepairOrder
{
    /// <param name="IntoId">The order that goes on for both.</param>
    internal sealed record Request(Guid? IntoId);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.IntoId).NotNull().NotEqual(Guid.Empty);
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/repair-orders/{id:guid}/merge", Merge)
            .AsCommand()
            .WithSummary("The same defect as another order's, which goes on for both")
            .WithDescription(
                """
                Rule S4. Before the record is written. Numbers and histories of both stay; the other one names this order
                among `mergedOrders`. Appointments to come and open trips go over to it. 400: order-unknown. 409: not-the-same-defect, merge-into-closed.
                """
            )
            .WithExample(new Request(Guid.Parse("0198c0de-0000-7000-8000-000000000003")))
            .Produces<RepairOrderView>();
        routes
            .MapPost("/repair-orders/{id:guid}/unmerge", Unmerge)
            .AsCommand()
            .WithSummary("A merge is undone: the order is to be confirmed on its own")
            .WithDescription("Rule S4. Appointments to come and open trips that came over with it go back.")
            .Produces<RepairOrderView>();
    }

    private static Task<CommandResult> Merge(
        Guid id,
        Request body,
        RepairsDb db,
        CommandContexts contexts,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            async (order, context) =>
            {
                if (order.CheckRole(context, RepairOrderAction.Merge) is { } refusal)
                {
                    return refusal;
                }

                if (await db.RepairOrders.FirstOrDefaultAsync(o => o.Id == body.IntoId, cancellation) is not { } into)
                {
                    return Refusal.Invalid("order-unknown", "S4", "into-id");
                }

                var open = into.WaitsFor is not null;
                if (order.Merge(context, new(into.Id, into.Number, into.ProjectId, open)) is { } refused)
                {
                    return refused;
                }

                into.Absorb(context, order);
                await db.MoveVisitsAsync(order, into, contexts, cancellation);
                return null;
            },
            RepairOrderView.From,
            cancellation
        );

    private static Task<CommandResult> Unmerge(
        Guid id,
        RepairsDb db,
        CommandContexts contexts,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            async (order, context) =>
            {
                var into = order.MergedIntoId;
                if (order.Unmerge(context) is { } refusal)
                {
                    return refusal;
                }

                var other = await db.RepairOrders.FirstOrDefaultAsync(o => o.Id == into, cancellation);
                other?.Release(context, order);
                await db.BringVisitsBackAsync(order, into!.Value, contexts, cancellation);
                return null;
            },
            RepairOrderView.From,
            cancellation
        );
}
