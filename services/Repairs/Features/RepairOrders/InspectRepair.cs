using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class InspectRepair
{
    internal sealed record Request(bool? Passed, string Opinion);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Passed).NotNull();
            RuleFor(r => r.Opinion).NotEmpty().MaximumLength(2000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/inspect", Handle)
            .AsCommand()
            .WithSummary("The quality department inspects the repair")
            .WithDescription(
                "Rule P3.2.3. When it fails the work goes back to repair and the failure is counted. The inspector had no hand in the repair: neither by account nor by printed name is he its leader, one of its crew, or who started it or reported it done. 409: inspector-is-repairer."
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
            o => o.Inspect(caller.Flow(o.PolicyVersion), body.Passed!.Value, body.Opinion),
            o => RepairOrderView.From(o, caller)
        );
    }
}
