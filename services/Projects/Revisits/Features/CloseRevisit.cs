using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Revisits.Features;

internal static class CloseRevisit
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/close", Handle)
            .AsCommand()
            .WithSummary("Closes the file of a revisit")
            .WithDescription(
                """
                Rule P3.3, form 3.3.1: complete when liability and disposition of every finding, the owner's opinion and
                signature are there (409 liability-missing, solution-missing, owner-opinion-missing,
                owner-signature-missing). Event projects.revisit.closed.v1.
                """
            )
            .Produces<RevisitView>();

    private static Task<CommandResult> Handle(Guid id, ProjectsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ChangeRevisitAsync(db, id, (revisit, context) => revisit.Close(context), cancellation);
}
