using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class ObjectToAssignment
{
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/object", Handle)
            .AsCommand()
            .WithSummary("The unit objects to being assigned, with a reason")
            .WithDescription(
                """
                Rule P3.1.1. Before it has received the order; engineering decides: it holds the assignment up, or
                names another unit. 409: received-already, objection-open.
                """
            )
            .WithExample(new Request("該部位由另一分包施工"))
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            (order, context) => order.Object(context, body.Reason),
            RepairOrderView.From,
            cancellation
        );
}
