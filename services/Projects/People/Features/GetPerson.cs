using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.People.Features;

internal static class GetPerson
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/people/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("One person, with the assignment history")
            .Produces<PersonView>();

    private static Task<QueryResult> Handle(Guid id, ProjectsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.People.VisibleTo(caller.Actor), id, PersonView.From, cancellation);
}
