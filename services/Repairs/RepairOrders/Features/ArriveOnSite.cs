using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class ArriveOnSite
{
    /// <param name="DoneAt">When it was, where it is told later.</param>
    /// <param name="Latitude">Where they are, degrees, north positive.</param>
    /// <param name="Longitude">Degrees, east positive.</param>
    internal sealed record Request(DateTimeOffset? DoneAt = null, double? Latitude = null, double? Longitude = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => this.RulesForPlace(r => r.Latitude, r => r.Longitude);
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/arrive", Handle)
            .AsCommand()
            .WithSummary("Somebody of the unit is on site")
            .WithDescription(
                """
                Rule P3.2.2: what counts for the target of an emergency, four hours from the issue. `doneAt` says when it
                was, where it is told later; `latitude` and `longitude` where. Far from the site is shown to staff, and
                refuses nothing. 409: arrived-already, done-at-impossible.
                """
            )
            .WithExample(new Request())
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        FieldPlaces places,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            async (order, context) =>
                order.Arrive(
                    context,
                    body.DoneAt,
                    await places.PlaceAsync(
                        order,
                        FieldPlaces.PointOf(body.Latitude, body.Longitude),
                        context,
                        cancellation
                    )
                ),
            RepairOrderView.From,
            cancellation
        );
}
