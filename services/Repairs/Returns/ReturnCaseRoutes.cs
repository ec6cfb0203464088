using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Returns.Features;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Returns;

/// <summary>The route of a step of a return: load, ask the domain, show.</summary>
internal static class ReturnCaseRoutes
{
    /// <param name="routes">Group of the module.</param>
    /// <param name="action">The action of the flow table, the last part of the route.</param>
    /// <param name="name">Name of the operation.</param>
    /// <param name="step">The domain method.</param>
    public static RouteHandlerBuilder MapStep<TBody>(
        this IEndpointRouteBuilder routes,
        string action,
        string name,
        Func<ReturnCase, CommandContext, TBody, Refusal?> step
    ) =>
        routes
            .MapPost(
                "/return-cases/{id:guid}/" + action,
                (Guid id, TBody body, RepairsDb db, Caller caller, CancellationToken cancellation) =>
                    caller.ChangeAsync(
                        db.ReturnCases.VisibleTo(caller.Actor),
                        id,
                        (one, context) => step(one, context, body),
                        ReturnCaseView.From,
                        cancellation
                    )
            )
            .AsCommand()
            .WithName(name)
            .Produces<ReturnCaseView>();
}
