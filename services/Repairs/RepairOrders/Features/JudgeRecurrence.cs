using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class JudgeRecurrence
{
    /// <param name="SameCause">Whether it has the same cause.</param>
    /// <param name="Opinion">What quality says of it.</param>
    internal sealed record Request(bool? SameCause, string Opinion);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.SameCause).NotNull();
            RuleFor(r => r.Opinion).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/judge-recurrence", Handle)
            .AsCommand()
            .WithSummary("Quality judges a defect that came back")
            .WithDescription(
                """
                Rule P2.2.3. The order names the accepted one whose defect came back. 409: no-recurrence.
                """
            )
            .WithExample(new Request(true, "附加層仍未做到位"))
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
            (order, context) => order.JudgeRecurrence(context, body.SameCause!.Value, body.Opinion),
            RepairOrderView.From,
            cancellation
        );
}
