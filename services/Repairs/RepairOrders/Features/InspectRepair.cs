using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>The two outcomes of the quality department's inspection.</summary>
internal static class InspectRepair
{
    private const string Description = """
        Rule P3.2.3. The inspector had no hand in the repair: neither by account nor by printed name are they its
        leader, one of its crew, or the person who started it or reported it done. 409: inspector-is-repairer.
        """;

    internal sealed record Request(string Opinion);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Opinion).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/repair-orders/{id:guid}/pass-inspection", PassInspection)
            .AsCommand()
            .WithSummary("The quality department passes the repair")
            .WithDescription(Description)
            .WithExample(new Request("符合要求"))
            .Produces<RepairOrderView>();
        routes
            .MapPost("/repair-orders/{id:guid}/fail-inspection", FailInspection)
            .AsCommand()
            .WithSummary("The quality department sends the work back to repair")
            .WithDescription(Description + " The failure is counted.")
            .WithExample(new Request("收口不嚴"))
            .Produces<RepairOrderView>();
    }

    private static Task<CommandResult> PassInspection(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            (order, context) => order.PassInspection(context, body.Opinion),
            RepairOrderView.From,
            cancellation
        );

    private static Task<CommandResult> FailInspection(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            (order, context) => order.FailInspection(context, body.Opinion),
            RepairOrderView.From,
            cancellation
        );
}
