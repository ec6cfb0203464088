using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ChangePerson
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/people/{id:guid}", Handle)
            .AsCommand()
            .WithTags("Registry")
            .WithSummary("Changes what is known about a person")
            .WithDescription(
                "Replaces everything but the assignments, which change by transfer. Projects call the person by the new name from the same moment on; records of what was done keep the old one."
            )
            .Produces<PersonView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        PersonRequest body,
        ProjectsDb store,
        Caller caller,
        Rules.PolicyCatalogue policies,
        CancellationToken cancellationToken
    )
    {
        var person = await store.People.VisibleTo(caller.Actor).FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
        var before = person?.Name;
        var result = caller.Change(
            person,
            p => p.Change(body.Details(), caller.Flow(policies.At(caller.Today).Version)),
            PersonView.From
        );
        if (person is not null && person.Name != before)
        {
            foreach (
                var project in await store.Projects.Where(p => p.TeamIds.Contains(id)).ToListAsync(cancellationToken)
            )
            {
                project.FollowPerson(id, person.Name, caller.Flow(project.PolicyVersion));
            }
        }

        return result;
    }
}
