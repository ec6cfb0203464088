using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Organisations.Features;

internal static class GetOrganisation
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/organisations/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("One organisation")
            .Produces<OrganisationView>();

    private static Task<QueryResult> Handle(Guid id, ProjectsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.Organisations.VisibleTo(caller.Actor), id, OrganisationView.From, cancellation);
}
