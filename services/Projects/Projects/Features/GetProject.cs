using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Projects.Features;

internal static class GetProject
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/projects/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("One project, with its warranty table and what may be done now")
            .Produces<ProjectView>();

    private static Task<QueryResult> Handle(Guid id, ProjectsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.Projects.VisibleTo(caller.Actor), id, ProjectView.From, cancellation);
}
