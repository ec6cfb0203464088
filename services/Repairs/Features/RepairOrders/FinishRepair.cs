using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class FinishRepair
{
    internal sealed record Request(
        string WorkDone,
        string? Materials,
        string? TaskSheet,
        IReadOnlyList<string> Crew,
        DateOnly? FinishedOn
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.WorkDone).NotEmpty().MaximumLength(4000);
            RuleFor(r => r.Materials).MaximumLength(2000);
            RuleFor(r => r.TaskSheet).MaximumLength(200);
            RuleFor(r => r.Crew).NotEmpty().Must(c => c is null || c.Count <= 100);
            RuleForEach(r => r.Crew).NotEmpty().MaximumLength(100);
            RuleFor(r => r.FinishedOn).NotNull();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/finish", Handle)
            .AsCommand()
            .WithSummary("The repair unit reports the work done")
            .WithDescription(
                "Rule P3.2.3: by the task sheet, own orders only. `finishedOn` is a date in the company's time zone, from the start of work to today. 409: not-own-order, before-start, date-in-future."
            )
            .Produces<RepairOrderView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb store,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var order = await store.FindVisibleAsync(id, caller, cancellationToken);
        return caller.Change(
            order,
            o =>
                o.Finish(
                    caller.Flow(o.PolicyVersion),
                    body.WorkDone,
                    body.Materials,
                    body.TaskSheet,
                    body.Crew,
                    body.FinishedOn!.Value
                ),
            o => RepairOrderView.From(o, caller)
        );
    }
}
