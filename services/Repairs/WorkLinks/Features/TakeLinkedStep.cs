using CustomerService.Records;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.WorkLinks.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.WorkLinks.Features;

/// <summary>The holder of a link takes a step, now or late from a queue.</summary>
internal static class TakeLinkedStep
{
    internal sealed record Request
    {
        public required Guid RepairOrderId { get; init; }

        /// <summary>receive, object, arrive, attempt, pause, resume, start, add-cost or finish.</summary>
        public required RepairOrderAction Step { get; init; }

        /// <summary>How many steps the order had when the holder saw it.</summary>
        public required long Seen { get; init; }

        /// <summary>When it was done, where it is told later.</summary>
        public DateTimeOffset? DoneAt { get; init; }

        /// <summary>Reason or remark, of an objection, an attempt or a pause.</summary>
        public string? Note { get; init; }

        /// <summary>Of an attempt: a photo of the order's files.</summary>
        public Guid? PhotoId { get; init; }

        /// <summary>Where the phone is, degrees, north positive: of an arrival, an attempt or the start.</summary>
        public double? Latitude { get; init; }

        /// <summary>Degrees, east positive.</summary>
        public double? Longitude { get; init; }

        internal GeoPoint? Here => FieldPlaces.PointOf(Latitude, Longitude);

        /// <summary>Of a pause.</summary>
        public RepairPauseReason? Reason { get; init; }

        /// <summary>Of the end of the work.</summary>
        public string? WorkDone { get; init; }

        /// <summary>Of the end of the work.</summary>
        public string? Materials { get; init; }

        /// <summary>Names of those who repaired, of the end of the work.</summary>
        public IReadOnlyList<string>? Crew { get; init; }

        /// <summary>Working hours, of the end of the work.</summary>
        public decimal? Hours { get; init; }

        /// <summary>Of a cost.</summary>
        public CostKind? Cost { get; init; }

        /// <summary>Of a cost, yuan.</summary>
        public decimal? Amount { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.RepairOrderId).NotEmpty();
            RuleFor(r => r.Step).Must(step => WorkLink.Steps.Contains(step)).WithErrorCode("step-unknown");
            RuleFor(r => r.Seen).GreaterThan(0);
            RuleFor(r => r.Note).OptionalText();
            RuleFor(r => r.Note)
                .NotNull()
                .When(r =>
                    r.Step is RepairOrderAction.Object or RepairOrderAction.Attempt or RepairOrderAction.AddCost
                );
            RuleFor(r => r.PhotoId).NotEqual(Guid.Empty);
            this.RulesForPlace(r => r.Latitude, r => r.Longitude);
            RuleFor(r => r.Reason).NotNull().When(r => r.Step == RepairOrderAction.Pause);
            RuleFor(r => r.WorkDone).OptionalText();
            RuleFor(r => r.WorkDone).NotNull().When(r => r.Step == RepairOrderAction.Finish);
            RuleFor(r => r.Materials).OptionalText();
            RuleFor(r => r.Crew).AtMost(100);
            RuleFor(r => r.Crew).NotEmpty().When(r => r.Step == RepairOrderAction.Finish);
            RuleForEach(r => r.Crew).RequiredText(TextLength.Line);
            RuleFor(r => r.Hours).InclusiveBetween(0m, 10_000m);
            RuleFor(r => r.Cost).NotNull().When(r => r.Step == RepairOrderAction.AddCost);
            RuleFor(r => r.Amount)
                .InclusiveBetween(0.01m, 99_999_999m)
                .PrecisionScale(10, 2, ignoreTrailingZeros: true);
            RuleFor(r => r.Amount).NotNull().When(r => r.Step == RepairOrderAction.AddCost);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-links/{token}/steps", Handle)
            .ForLinkHolders()
            .AsCommand()
            .WithSummary("The holder of a link takes a step of the work")
            .WithDescription(
                """
                Rule P3.2.3. Where the phone says where it is, far from the site is shown to staff, and refuses nothing.
                Steps may be sent late and in order, each once by its Idempotency-Key: sent again it gets the
                first answer. `doneAt` is kept beside the time of arrival. Where somebody else changed the order after
                `seen`, nothing is done: 409 order-changed with the order as it is (`current`) and the step as it was sent
                (`sent`); the step can be sent again with the new `seen`. 404: no such link, or an order that it does not
                lead to. 410: link-expired, link-revoked. 400: photo-unknown. 409: those of the step.
                """
            )
            .WithExample(
                new Request
                {
                    RepairOrderId = Guid.Parse("0198c0de-0000-7000-8000-000000000001"),
                    Step = RepairOrderAction.Start,
                    Seen = 9,
                }
            )
            .Produces<LinkedOrderView>();

    private static async Task<CommandResult> Handle(
        string token,
        Request body,
        RepairsDb db,
        Files files,
        FieldPlaces sites,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        if (await db.HeldOrderAsync(token, body.RepairOrderId, contexts.Clock.Now, cancellation) is not { } found)
        {
            return CommandResult.NotFound();
        }

        if (found.Failed(out var closed, out var held))
        {
            return closed;
        }

        var (link, order) = held;
        var context = contexts.For(link.Holder, order);
        if (await ChangedByAnotherAsync(db, order, body, context, cancellation))
        {
            return Refusal
                .ByRule("order-changed", "P3.2.3", ["current-order"])
                .With("current", LinkedOrderView.From(order, link, context))
                .With("sent", body);
        }

        var photos = await files.OfRoundAsync(order, cancellation);
        var place = await sites.PlaceAsync(order, body.Here, context, cancellation);
        return
            (
                Take(order, body, photos, place, context)
                ?? await files.HoldPhotoAsync(context, order, body.PhotoId, cancellation)
                ?? (
                    body.Step == RepairOrderAction.Finish
                        ? await files.HoldRoundAsync(context, order, photos, cancellation)
                        : null
                )
            )
                is { } refusal
            ? refusal
            : CommandResult.Ok(order, () => LinkedOrderView.From(order, link, context));
    }

    // What the holder did since is no conflict: a queue is sent in order.
    private static async Task<bool> ChangedByAnotherAsync(
        RepairsDb db,
        RepairOrder order,
        Request body,
        CommandContext context,
        CancellationToken cancellation
    )
    {
        var (id, seen, holder) = (order.Id, body.Seen, context.Actor.Id);
        return seen != order.AuditSequence
            && await db.Set<AuditRow>()
                .AnyAsync(row => row.AggregateId == id && row.Sequence > seen && row.ActorId != holder, cancellation);
    }

    private static Refusal? Take(
        RepairOrder order,
        Request body,
        WorkPhotos photos,
        FieldPlace? place,
        CommandContext context
    ) =>
        body.Step switch
        {
            RepairOrderAction.Receive => order.Receive(context, body.DoneAt),
            RepairOrderAction.Object => order.Object(context, body.Note!, body.DoneAt),
            RepairOrderAction.Arrive => order.Arrive(context, body.DoneAt, place),
            RepairOrderAction.Attempt => order.Attempt(context, body.Note!, body.PhotoId, body.DoneAt, place),
            RepairOrderAction.Pause => order.Pause(context, body.Reason!.Value, body.Note, body.DoneAt),
            RepairOrderAction.Resume => order.Resume(context, body.DoneAt),
            RepairOrderAction.Start => order.Start(context, body.DoneAt, place),
            RepairOrderAction.AddCost => order.AddCost(
                context,
                body.Cost!.Value,
                body.Note!,
                body.Amount!.Value,
                doneAt: body.DoneAt
            ),
            _ => order.Finish(
                context,
                new WorkInput(
                    body.WorkDone!,
                    body.Materials,
                    order.TaskSheetNumber,
                    body.Crew!,
                    context.DateOf(body.DoneAt ?? context.Now),
                    body.Hours
                )
                {
                    DoneAt = body.DoneAt,
                    Photos = photos,
                }
            ),
        };
}
