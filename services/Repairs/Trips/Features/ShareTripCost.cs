using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Trips.Features;

internal static class ShareTripCost
{
    internal sealed record Request
    {
        /// <summary>Default trip.</summary>
        public CostKind? Kind { get; init; }

        public required string Text { get; init; }

        /// <summary>Yuan, above 0, two decimals.</summary>
        public required decimal? Amount { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Text).RequiredText(TextLength.Line);
            RuleFor(r => r.Amount)
                .NotNull()
                .InclusiveBetween(0.01m, 99_999_999m)
                .PrecisionScale(10, 2, ignoreTrailingZeros: true);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/trips/{id:guid}/share-cost", Handle)
            .AsCommand()
            .WithSummary("A cost of the trip, split over its orders")
            .WithDescription(
                """
                Rule P3.1.1. By the unit that goes or engineering, until the trip is complete. In equal parts to the fen; what does not divide evenly
                goes one fen each to the first orders by number, so that the parts are the whole. Each order has its part
                among its own costs. All or none: an order that takes no more costs is named. 409: charged-back-already.
                """
            )
            .WithExample(new Request { Text = "往返車費", Amount = 100m })
            .Produces<TripView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Trips.VisibleTo(caller.Actor),
            id,
            async (trip, context) =>
            {
                if (trip.CheckRole(context, TripAction.ShareCost) is { } refusal)
                {
                    return refusal;
                }

                var (kind, amount) = (body.Kind ?? CostKind.Trip, body.Amount!.Value);
                var shares = CostSplit.Of(amount, trip.Orders);
                var orders = await db.OrdersOfAsync(trip, cancellation);
                foreach (var share in shares.Where(share => share.Amount > 0))
                {
                    var order = orders.First(one => one.Id == share.OrderId);
                    var text = $"{trip.Number} {body.Text}";
                    if (order.AddCost(caller.Context(order), kind, text, share.Amount, trip.Id) is { } refused)
                    {
                        return refused.With("order", order.Number);
                    }
                }

                return trip.ShareCost(
                    context,
                    new(Guid.CreateVersion7(context.Now), kind, body.Text, amount, shares, Stamp.Of(context))
                );
            },
            TripView.From,
            cancellation
        );
}
