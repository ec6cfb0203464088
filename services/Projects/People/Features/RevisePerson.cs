using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.People.Features;

internal static class RevisePerson
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/people/{id:guid}/revise", Handle)
            .AsCommand()
            .ForRolesBy("P3.3", RegistryActions.Revise, Person.Writers)
            .WithSummary("Changes what is known about a person")
            .WithDescription(
                """
                Replaces everything but the assignments, which change by transfer. Projects show the new name from the
                same moment on; records of what was done keep the old one.
                """
            )
            .Produces<PersonView>();

    private static Task<CommandResult> Handle(
        Guid id,
        PersonRequest body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.People.VisibleTo(caller.Actor),
            id,
            async (person, context) =>
            {
                var before = person.Name;
                if (person.Revise(context, body.Details()) is { } refusal)
                {
                    return refusal;
                }

                if (person.Name != before)
                {
                    var projects = await db.Projects.Where(p => p.TeamIds.Contains(id)).ToListAsync(cancellation);
                    foreach (var project in projects)
                    {
                        project.FollowPerson(caller.Context(project), id, person.Name);
                    }
                }

                return null;
            },
            PersonView.From,
            cancellation
        );
}
