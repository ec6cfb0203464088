using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.Projects;
using CustomerService.Registry;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Organisations.Features;

internal static class MergeOrganisation
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/organisations/{id:guid}/merge", Handle)
            .AsCommand()
            .ForRolesBy(Merging.Rule, RegistryActions.Merge, Merging.Mergers(Organisation.AnyWriters))
            .WithSummary("Says that an organisation is another one that is known")
            .WithDescription(
                """
                Rule S4. By those who revise it, the sales manager or the head of customer service. Both records keep
                number, contacts and history. This one is marked (`mergedInto`) and offered no more; it is found by its
                number still. Projects, revisits and files refer to the one `into` which it was merged from the same
                moment on, orders, complaints and surveys as soon as they hear of it: open ones show its name, what was
                signed or closed keeps its words. Accounts of this organisation see the records of that one. Can be
                undone for 30 days. 409: survivor-unknown, merge-into-itself, survivor-merged, merge-in-a-circle,
                merge-kind-differs, already-merged. Event projects.organisation.merged.v1.
                """
            )
            .WithExample(new MergeRequest(Guid.Parse("0192f0c1-7a00-7000-8000-000000000001"), "同一業主，二次登記"))
            .Produces<OrganisationView>();

    private static Task<CommandResult> Handle(
        Guid id,
        MergeRequest body,
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
                var (survivor, contact) = await merges.SurvivorAsync(body.Into, cancellation);
                if (organisation.Merge(context, survivor, contact, body.Reason) is { } refusal)
                {
                    return refusal;
                }

                db.RequireUnchanged<Organisation>(body.Into);
                await new ReferenceMoves(
                    new MovedReferenceTable(db),
                    merges,
                    references.MoveOrganisationAsync
                ).FollowAsync(id, null, body.Into, cancellation);
                return null;
            },
            OrganisationView.From,
            cancellation
        );
}
