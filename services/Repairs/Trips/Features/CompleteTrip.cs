using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Trips.Features;

internal static class CompleteTrip
{
    /// <param name="On">The day on which the unit was there; default today.</param>
    internal sealed record Request(DateOnly? On = null);

    internal sealed class Validator : AbstractValidator<Request>;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/trips/{id:guid}/complete", Handle)
            .AsCommand()
            .WithSummary("The unit was there; each order goes on by itself")
            .WithDescription("Rule P3.2.3. 409: date-in-future, before-briefing, not-own-order.")
            .WithExample(new Request(new DateOnly(2026, 3, 16)))
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
            (trip, context) => trip.Complete(context, body.On ?? context.Today),
            TripView.From,
            cancellation
        );
}
