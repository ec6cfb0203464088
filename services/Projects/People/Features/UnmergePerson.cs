using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using CustomerService.Projects.Projects;
using CustomerService.Registry;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.People.Features;

internal static class UnmergePerson
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/people/{id:guid}/unmerge", Handle)
            .AsCommand()
            .ForRolesBy(Merging.Rule, RegistryActions.Unmerge, Merging.Mergers(Person.Writers))
            .WithSummary("Undoes a merge of people")
            .WithDescription(
                """
                Rule S4, within 30 days of the merge, the day of the merge not counted. What the merge moved goes back;
                what came after it stays with the record that stayed. 409: not-merged, unmerge-too-late. Event
                projects.person.unmerged.v1.
                """
            )
            .WithExample(new UnmergePersonRequest("同名不同人，誤併"))
            .Produces<PersonView>();

    private static Task<CommandResult> Handle(
        Guid id,
        UnmergePersonRequest body,
        ProjectsDb db,
        PersonMerges merges,
        ProjectReferences references,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.People.VisibleTo(caller.Actor),
            id,
            async (person, context) =>
            {
                var before = person.MergedInto;
                if (person.Unmerge(context, body.Reason) is { } refusal)
                {
                    return refusal;
                }

                await new ReferenceMoves(new MovedReferenceTable(db), merges, references.MovePersonAsync).FollowAsync(
                    id,
                    before,
                    null,
                    cancellation
                );
                return null;
            },
            PersonView.From,
            cancellation
        );
}
