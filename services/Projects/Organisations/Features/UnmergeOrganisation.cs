using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.Projects;
using CustomerService.Registry;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Organisations.Features;

internal static class UnmergeOrganisation
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/organisations/{id:guid}/unmerge", Handle)
            .AsCommand()
            .ForRolesBy(Merging.Rule, RegistryActions.Unmerge, Merging.Mergers(Organisation.AnyWriters))
            .WithSummary("Undoes a merge")
            .WithDescription(
                """
                Rule S4, within 30 days of the merge, the day of the merge not counted. What the merge moved goes back;
                what came after it stays with the organisation that stayed. 409: not-merged, unmerge-too-late. Event
                projects.organisation.unmerged.v1.
                """
            )
            .WithExample(new UnmergeRequest("兩家公司，誤併"))
            .Produces<OrganisationView>();

    private static Task<CommandResult> Handle(
        Guid id,
        UnmergeRequest body,
        ProjectsDb db,
        OrganisationMerges merges,
        ProjectReferences references,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Organisations.VisibleTo(caller.Actor),
            id,
            async (organisation, context) =>
            {
                var before = organisation.MergedInto;
                if (organisation.Unmerge(context, body.Reason) is { } refusal)
                {
                    return refusal;
                }

                await new ReferenceMoves(
                    new MovedReferenceTable(db),
                    merges,
                    references.MoveOrganisationAsync
                ).FollowAsync(id, before, null, cancellation);
                return null;
            },
            OrganisationView.From,
            cancellation
        );
}
