using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class PlanRepairDays
{
    internal sealed record Request
    {
        /// <summary>First day of the repair, company time zone.</summary>
        public required DateOnly From { get; init; }

        /// <summary>Last day.</summary>
        public required DateOnly To { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.From).NotEmpty();
            RuleFor(r => r.To).NotEmpty();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/plan", Handle)
            .AsCommand()
            .WithSummary("Production fixes the days of the repair")
            .WithDescription(
                """
                Rule P2.1.2: from the confirmation until the record is issued, which it is not without them; the days
                can be moved until then. An emergency may be issued before, and is planned afterwards, once. 409:
                ends-before-beginning, planned-before-notice, planned-already.
                """
            )
            .WithExample(new Request { From = new DateOnly(2026, 3, 16), To = new DateOnly(2026, 3, 20) })
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
            (order, context) => order.PlanDays(context, body.From, body.To),
            RepairOrderView.From,
            cancellation
        );
}
