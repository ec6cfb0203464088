using CustomerService.Messaging;
using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class AssignRepairOrders
{
    private const int Most = 100;

    /// <param name="PersonId">Account of the person.</param>
    internal sealed record Request(IReadOnlyList<BulkLineRequest> Lines, Guid? PersonId);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Lines).NotEmpty().AtMost(Most);
            RuleForEach(r => r.Lines).NotNull().ChildRules(BulkLineRequest.Check);
            RuleFor(r => r.PersonId).NotNull().NotEqual(Guid.Empty);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/bulk/assign-to", Handle)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithSummary("Give many orders to a person")
            .WithDescription(
                "Rule S2. Each line has its own outcome; one that is refused, unknown or stale holds up no other."
            )
            .Produces<BulkView>();

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        IAccounts accounts,
        Bulk bulk,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await accounts.FindAsync(body.PersonId!.Value, cancellation) is not { Active: true } account)
        {
            return Refusal.ByRule("account-unknown", "S3", ["account"], Roles.Administrator);
        }

        var person = account.ToActor();
        return await bulk.EachAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            body.Lines,
            order => order.Number,
            (order, context) => Task.FromResult(order.Assign(context, person)),
            cancellation
        );
    }
}
