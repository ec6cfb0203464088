using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using CustomerService.Projects.Projects;
using CustomerService.Registry;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.People.Features;

internal static class MergePerson
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/people/{id:guid}/merge", Handle)
            .AsCommand()
            .ForRolesBy(Merging.Rule, RegistryActions.Merge, Merging.Mergers(Person.Writers))
            .WithSummary("Says that a person is another one that is known")
            .WithDescription(
                """
                Rule S4. By those who revise people, the sales manager or the head of customer service. Both records keep
                number and history; this one is marked (`mergedInto`) and offered no more. The teams of projects, the
                assignments that last and the calendars refer to the one that stays, open repair orders as soon as they
                hear of it. Can be undone for 30 days. 409: survivor-unknown, merge-into-itself, survivor-merged,
                merge-in-a-circle, already-merged. Event projects.person.merged.v1.
                """
            )
            .WithExample(new MergePersonRequest(Guid.Parse("0192f0c1-7a00-7000-8000-000000000002"), "同一人，二次登記"))
            .Produces<PersonView>();

    private static Task<CommandResult> Handle(
        Guid id,
        MergePersonRequest body,
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
                if (
                    person.Merge(context, await merges.SurvivorAsync(body.Into, cancellation), body.Reason) is
                    { } refusal
                )
                {
                    return refusal;
                }

                await new ReferenceMoves(new MovedReferenceTable(db), merges, references.MovePersonAsync).FollowAsync(
                    id,
                    null,
                    body.Into,
                    cancellation
                );
                db.RequireUnchanged<Person>(body.Into);
                return null;
            },
            PersonView.From,
            cancellation
        );
}
