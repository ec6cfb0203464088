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
                Rules P2.2.3, P3.3, form 3.3.1: complete when liability and disposition of every finding, the owner's
                opinion and its signature or record are there (409 liability-missing, solution-missing,
                owner-opinion-missing, owner-signature-missing). Of each construction fault cause, lesson, corrective
                measure and countermeasure are on record (prevention-missing), and a CAPA that must open was asked for
                (capa-missing); `findings` names them. From then on the owner sees cause and liability. Event projects.revisit.closed.v1.
                """
            )
            .Produces<RevisitView>();

    private static Task<CommandResult> Handle(Guid id, ProjectsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ChangeRevisitAsync(db, id, (revisit, context) => revisit.Close(context), cancellation);
}
