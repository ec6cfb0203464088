using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Repairs.Rmas.Features;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Rmas;

/// <summary>The route of a step of a unit: load, ask the domain, show.</summary>
internal static class RmaUnitRoutes
{
    /// <param name="routes">Group of the module.</param>
    /// <param name="action">The action of the flow table, the last part of the route.</param>
    /// <param name="name">Name of the operation.</param>
    /// <param name="step">The domain method.</param>
    public static RouteHandlerBuilder MapStep<TBody>(
        this IEndpointRouteBuilder routes,
        string action,
        string name,
        Func<RmaUnit, CommandContext, TBody, Refusal?> step
    ) =>
        routes
            .MapPost(
                "/rma-units/{id:guid}/" + action,
                (Guid id, TBody body, RepairsDb db, Caller caller, CancellationToken cancellation) =>
                    caller.ChangeAsync(
                        db.RmaUnits.VisibleTo(caller.Actor),
                        id,
                        (unit, context) => step(unit, context, body),
                        RmaUnitView.From,
                        cancellation
                    )
            )
            .AsCommand()
            .WithName(name)
            .Produces<RmaUnitView>();

    /// <summary>The same for a step that needs nothing.</summary>
    public static RouteHandlerBuilder MapStep(
        this IEndpointRouteBuilder routes,
        string action,
        string name,
        Func<RmaUnit, CommandContext, Refusal?> step
    ) =>
        routes
            .MapPost(
                "/rma-units/{id:guid}/" + action,
                (Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
                    caller.ChangeAsync(db.RmaUnits.VisibleTo(caller.Actor), id, step, RmaUnitView.From, cancellation)
            )
            .AsCommand()
            .WithName(name)
            .Produces<RmaUnitView>();
}
