using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class PauseRepair
{
    internal sealed record Request
    {
        public required RepairPauseReason Reason { get; init; }

        public string? Note { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Note).OptionalText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/pause", Handle)
            .AsCommand()
            .WithSummary("The clocks stand still, for a reason")
            .WithDescription(
                """
                Rule P3.2.2: no access, weather, material, the owner's wish. Targets move by the days of the pause, in an
                emergency by its hours. 409: paused-already.
                """
            )
            .WithExample(new Request { Reason = RepairPauseReason.Weather, Note = "連日大雨" })
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
            (order, context) => order.Pause(context, body.Reason, body.Note),
            RepairOrderView.From,
            cancellation
        );
}
