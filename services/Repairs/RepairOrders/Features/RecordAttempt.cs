using CustomerService.Records;
using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class RecordAttempt
{
    internal sealed record Request
    {
        public required string Note { get; init; }

        /// <summary>A photo of the order's files.</summary>
        public Guid? PhotoId { get; init; }

        /// <summary>When it was, where it is told later.</summary>
        public DateTimeOffset? DoneAt { get; init; }

        /// <summary>Where they are, degrees, north positive.</summary>
        public double? Latitude { get; init; }

        /// <summary>Degrees, east positive.</summary>
        public double? Longitude { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Note).RequiredText();
            RuleFor(r => r.PhotoId).NotEqual(Guid.Empty);
            this.RulesForPlace(r => r.Latitude, r => r.Longitude);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/attempt", Handle)
            .AsCommand()
            .WithSummary("The unit or the company came, and nobody was there")
            .WithDescription(
                """
                Rules P3.2.1 and P3.2.2. From now on it is the owner's time: the clocks stand still until somebody is on
                site, work begins, the order is resumed, or the defect is confirmed: until then by the company. Far from the
                site is shown to staff, and refuses nothing. 400: photo-unknown. 409: done-at-impossible.
                """
            )
            .WithExample(new Request { Note = "敲門無人應，電話未接" })
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Files files,
        FieldPlaces places,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            async (order, context) =>
                order.Attempt(
                    context,
                    body.Note,
                    body.PhotoId,
                    body.DoneAt,
                    await places.PlaceAsync(
                        order,
                        FieldPlaces.PointOf(body.Latitude, body.Longitude),
                        context,
                        cancellation
                    )
                ) ?? await files.HoldPhotoAsync(context, order, body.PhotoId, cancellation),
            RepairOrderView.From,
            cancellation
        );
}
