using CustomerService.Repairs.Data;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Trips.Features;

/// <summary>Another day, one order more or less, or no trip at all.</summary>
internal static class ChangeTrip
{
    internal sealed record AddRequest(Guid? RepairOrderId);

    internal sealed record RemoveRequest(Guid? RepairOrderId, string? Reason = null);

    /// <param name="Day">The new day.</param>
    internal sealed record MoveRequest(DateOnly? Day, string? Reason = null);

    internal sealed record CancelRequest(string Reason);

    internal sealed class AddValidator : AbstractValidator<AddRequest>
    {
        public AddValidator() => RuleFor(r => r.RepairOrderId).NotNull().NotEqual(Guid.Empty);
    }

    internal sealed class RemoveValidator : AbstractValidator<RemoveRequest>
    {
        public RemoveValidator()
        {
            RuleFor(r => r.RepairOrderId).NotNull().NotEqual(Guid.Empty);
            RuleFor(r => r.Reason).OptionalText();
        }
    }

    internal sealed class MoveValidator : AbstractValidator<MoveRequest>
    {
        public MoveValidator()
        {
            RuleFor(r => r.Day).NotNull();
            RuleFor(r => r.Reason).OptionalText();
        }
    }

    internal sealed class CancelValidator : AbstractValidator<CancelRequest>
    {
        public CancelValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/trips/{id:guid}/add-order", Add)
            .AsCommand()
            .WithName("AddTripOrder")
            .WithSummary("Another order goes along")
            .WithDescription(
                """
                Rule P3.2.2, before the briefing. 400: order-unknown. 409: trip-other-project, trip-other-unit,
                trip-order-not-to-do, trip-order-taken.
                """
            )
            .Produces<TripView>();
        routes
            .MapPost("/trips/{id:guid}/remove-order", Remove)
            .AsCommand()
            .WithName("RemoveTripOrder")
            .WithSummary("An order is left out")
            .WithDescription("Rule P3.2.2. 409: trip-order-unknown, trip-without-orders, trip-has-costs.")
            .Produces<TripView>();
        routes
            .MapPost("/trips/{id:guid}/move", Move)
            .AsCommand()
            .WithName("MoveTrip")
            .WithSummary("Another day")
            .WithDescription("Rule P3.2.2. 400: trip-day.")
            .Produces<TripView>();
        routes
            .MapPost("/trips/{id:guid}/cancel", Cancel)
            .AsCommand()
            .WithName("CancelTrip")
            .WithSummary("The trip is given up; its orders go on by themselves")
            .WithDescription("Rule P3.2.2. 409: trip-has-costs.")
            .Produces<TripView>();
    }

    private static Task<CommandResult> Add(
        Guid id,
        AddRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Trips.VisibleTo(caller.Actor),
            id,
            async (trip, context) =>
            {
                if (trip.CheckRole(context, TripAction.AddOrder) is { } refusal)
                {
                    return refusal;
                }

                var order = await db
                    .RepairOrders.AsNoTracking()
                    .FirstOrDefaultAsync(one => one.Id == body.RepairOrderId, cancellation);
                if (order is null)
                {
                    return Refusal.Invalid("order-unknown", "P3.2.2", "repair-order-id");
                }

                await db.LockAsync($"trip/{trip.ProjectId:N}", cancellation);
                return trip.AddOrder(context, (await db.ToTakeAsync([order], cancellation))[0]);
            },
            TripView.From,
            cancellation
        );

    private static Task<CommandResult> Remove(
        Guid id,
        RemoveRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Trips.VisibleTo(caller.Actor),
            id,
            (trip, context) => trip.RemoveOrder(context, body.RepairOrderId!.Value, body.Reason),
            TripView.From,
            cancellation
        );

    private static Task<CommandResult> Move(
        Guid id,
        MoveRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Trips.VisibleTo(caller.Actor),
            id,
            (trip, context) => trip.Move(context, body.Day!.Value, body.Reason),
            TripView.From,
            cancellation
        );

    private static Task<CommandResult> Cancel(
        Guid id,
        CancelRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Trips.VisibleTo(caller.Actor),
            id,
            (trip, context) => trip.Cancel(context, body.Reason),
            TripView.From,
            cancellation
        );
}
