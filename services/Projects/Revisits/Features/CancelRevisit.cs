using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Revisits.Features;

internal static class CancelRevisit
{
    /// <param name="Reason">Why.</param>
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/cancel", Handle)
            .AsCommand()
            .WithSummary("Cancels a planned revisit, with a reason")
            .WithDescription(
                """
                Rule P2.1.1: the last remaining revisit of a project, held or to be held, cannot be cancelled (409
                last-revisit). Event projects.revisit.cancelled.v1.
                """
            )
            .WithExample(new Request("業主要求合併兩次回訪"))
            .Produces<RevisitView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeRevisitAsync(
            db,
            id,
            // The project changes with it, so that two cancellations at once cannot both take the last but one.
            async (revisit, context) =>
                revisit.Cancel(context, body.Reason, await db.ProjectOfAsync(revisit, cancellation)),
            cancellation
        );
}
