using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class ReviewRepairOrder
{
    internal sealed record Request(string Opinion);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Opinion).NotEmpty().MaximumLength(2000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/review", Handle)
            .AsCommand()
            .WithSummary("The department head reviews the record")
            .WithDescription("Rule P3.2.1. The reviewer has written no revision that stands. 409: reviewer-is-author.")
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
            o => o.GiveReview(caller.Flow(o.PolicyVersion), body.Opinion),
            o => RepairOrderView.From(o, caller)
        );
    }
}
