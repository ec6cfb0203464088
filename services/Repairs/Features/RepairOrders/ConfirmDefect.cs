using CustomerService.Repairs.Data;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class ConfirmDefect
{
    internal sealed record Request(ConfirmationWay? Way, DateOnly? On, string OwnerRepresentative, string ReworkAgreed);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Way).NotNull();
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.OwnerRepresentative).NotEmpty().MaximumLength(100);
            RuleFor(r => r.ReworkAgreed).NotEmpty().MaximumLength(2000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/confirm", Handle)
            .AsCommand()
            .WithSummary("The defect is confirmed with the owner and the rework agreed")
            .WithDescription(
                "Rule P3.2.1: within the days of the policy from the notice (two calendar days by default, the first day not counted), on site or by phone. Later it can still be confirmed, and is marked late. `on` is a date in the company's time zone, from the day of notice to today. 409: date-in-future, before-notice."
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
                o.Confirm(
                    caller.Flow(o.PolicyVersion),
                    body.Way!.Value,
                    body.On!.Value,
                    body.OwnerRepresentative,
                    body.ReworkAgreed
                ),
            o => RepairOrderView.From(o, caller)
        );
    }
}
