using CustomerService.Records;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class FinishRepair
{
    internal sealed record Request
    {
        public required string WorkDone { get; init; }

        public string? Materials { get; init; }

        /// <summary>Number of the task sheet.</summary>
        public string? TaskSheet { get; init; }

        /// <summary>Names of those who repaired; none of them may inspect.</summary>
        public required IReadOnlyList<string> Crew { get; init; }

        public required DateOnly FinishedOn { get; init; }

        /// <summary>Working hours of all who repaired.</summary>
        public decimal? Hours { get; init; }

        /// <summary>When it was reported, where that arrives later.</summary>
        public DateTimeOffset? DoneAt { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.WorkDone).RequiredText();
            RuleFor(r => r.Materials).OptionalText();
            RuleFor(r => r.TaskSheet).OptionalText(TextLength.Line);
            RuleFor(r => r.Hours).InclusiveBetween(0m, 10_000m);
            RuleFor(r => r.Crew).NotEmpty().AtMost(100);
            RuleForEach(r => r.Crew).RequiredText(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/finish", Handle)
            .AsCommand()
            .WithSummary("The repair unit reports the work done")
            .WithDescription(
                """
                Rule P3.2.3: by the task sheet, own orders only. `finishedOn` is a date in the company's time zone,
                from the start of work to today. 409: not-own-order, before-start, date-in-future,
                photos-missing (pictures of purpose before and after, as many as the policy of the order wants; after
                a failed inspection or a refusal new ones of this round). They stay from then on.
                """
            )
            .WithExample(
                new Request
                {
                    WorkDone = "重做附加層，閉水試驗合格",
                    Materials = "SBS 卷材 12 m²",
                    TaskSheet = "RW-7",
                    Crew = ["維修班長", "小李"],
                    FinishedOn = new DateOnly(2026, 3, 20),
                }
            )
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Files files,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            async (order, context) =>
            {
                var photos = await files.OfRoundAsync(order, cancellation);
                var work = new WorkInput(
                    body.WorkDone,
                    body.Materials,
                    body.TaskSheet,
                    body.Crew,
                    body.FinishedOn,
                    body.Hours
                )
                {
                    DoneAt = body.DoneAt,
                    Photos = photos,
                };
                return order.Finish(context, work) ?? await files.HoldRoundAsync(context, order, photos, cancellation);
            },
            RepairOrderView.From,
            cancellation
        );
}
