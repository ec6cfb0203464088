using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Projects;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>Many orders go out at once, each as if it came alone.</summary>
internal static class DispatchRepairOrders
{
    private const int Most = 100;

    internal sealed record Request(IReadOnlyList<BulkLineRequest> Lines, DispatchRepairOrder.Request Dispatch);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Lines).NotEmpty().AtMost(Most);
            RuleForEach(r => r.Lines).NotNull().ChildRules(BulkLineRequest.Check);
            RuleFor(r => r.Dispatch).NotNull().SetValidator(new DispatchRepairOrder.Validator());
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/bulk/dispatch", Handle)
            .AsCommand()
            .ForRoles(Roles.Engineering, Roles.EngineeringHead)
            .WithSummary("Engineering issues many records at once")
            .WithDescription(
                """
                Rules P2.1.2, P3.1.1 and P3.2.2. As `dispatch`, with the same leader, materials and safety for all; each
                order goes to the unit whose part it is, or to the named one. Each line has its own outcome; one that is
                refused, unknown or stale holds up no other. A refused order keeps what Projects said about its warranty.
                """
            )
            .Produces<BulkView>();

    private static Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        ProjectsClient projects,
        RegistryLookup registry,
        RepairsSettings settings,
        Texts texts,
        OrderVisits visits,
        Bulk bulk,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var proposals = new ProposalsOnce(projects);
        return bulk.EachAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            body.Lines,
            order => order.Number,
            (order, context) =>
                DispatchRepairOrder.DispatchOneAsync(
                    order,
                    context,
                    body.Dispatch,
                    db,
                    proposals,
                    registry,
                    settings.OwnUnit,
                    texts,
                    visits,
                    cancellation
                ),
            cancellation
        );
    }
}
