using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class ReturnRepairRecord
{
    internal sealed record Request(string? Remark);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Remark).MaximumLength(2000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/return", Handle)
            .AsCommand()
            .WithSummary("The leader returns the repair record to engineering; the order is closed")
            .WithDescription(
                "Rules P3.2.3 and P3.3. By the repair unit, or by engineering when the paper comes in. An emergency must have been ratified. 409: not-ratified."
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
            o => o.Return(caller.Flow(o.PolicyVersion), body.Remark),
            o => RepairOrderView.From(o, caller)
        );
    }
}
