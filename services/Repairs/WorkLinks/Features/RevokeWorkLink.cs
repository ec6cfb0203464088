using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.WorkLinks.Features;

internal static class RevokeWorkLink
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/work-links/{id:guid}/revoke", Handle)
            .AsCommand()
            .ForRoles(Roles.Engineering, Roles.EngineeringHead, Roles.RepairUnit)
            .WithSummary("A link leads nowhere from now on")
            .WithDescription("Rule P3.2.3.")
            .Produces<WorkLinkView>();

    private static Task<CommandResult> Handle(Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ChangeAsync(
            db.WorkLinks.VisibleTo(caller.Actor),
            id,
            (link, context) => link.Revoke(context),
            WorkLinkView.From,
            cancellation
        );
}
