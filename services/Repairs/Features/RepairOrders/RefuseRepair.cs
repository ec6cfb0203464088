using CustomerService.Repairs.Data;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class RefuseRepair
{
    internal sealed record Request(string Opinion, string PrintedName, DateOnly? SignedOn, string? ScanId);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Opinion).NotEmpty().MaximumLength(2000);
            RuleFor(r => r.PrintedName).NotEmpty().MaximumLength(100);
            RuleFor(r => r.ScanId).MaximumLength(200);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/refuse", Handle)
            .AsCommand()
            .WithSummary("The owner does not accept the repair")
            .WithDescription(
                "Rule P3.2.3: the work goes back to repair and the refusal is counted. Signed like an acceptance. 409: paper-not-dated, signed-before-inspection, date-in-future."
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
                o.Refuse(
                    caller.Flow(o.PolicyVersion),
                    new OwnerWord(body.Opinion, body.PrintedName, body.SignedOn, body.ScanId)
                ),
            o => RepairOrderView.From(o, caller)
        );
    }
}
