using CustomerService.Repairs.Data;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class AcceptRepair
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
            .MapPost("/repair-orders/{id:guid}/accept", Handle)
            .AsCommand()
            .WithSummary("The owner accepts the repair, gives an opinion and signs")
            .WithDescription(
                "Rule P3.2.3: only after the quality department has passed it. The owner signs here, today; or customer service enters the signature on paper with its day (`signedOn`) and, where there is one, the id of the scan (`scanId`). 409: not-inspected, paper-not-dated, signed-before-inspection, date-in-future."
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
                o.Accept(
                    caller.Flow(o.PolicyVersion),
                    new OwnerWord(body.Opinion, body.PrintedName, body.SignedOn, body.ScanId)
                ),
            o => RepairOrderView.From(o, caller)
        );
    }
}
