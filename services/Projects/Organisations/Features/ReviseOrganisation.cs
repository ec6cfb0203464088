using CustomerService.Messaging;
using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.Projects;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Organisations.Features;

internal static class ReviseOrganisation
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/organisations/{id:guid}/revise", Handle)
            .AsCommand()
            .ForRolesBy("P3.3", RegistryActions.Revise, Organisation.AnyWriters)
            .WithSummary("Changes what is known about an organisation")
            .WithDescription(
                """
                Replaces everything. The kind stays: another kind is another organisation (409 organisation-kind-fixed).
                When an owner gets another name, its projects are shown and found by it from the same moment on; so are the packages
                of a subcontractor.
                One that was merged into another stays as it is (409 record-merged). Event
                projects.organisation.revised.v1.
                """
            )
            .Produces<OrganisationView>();

    private static Task<CommandResult> Handle(
        Guid id,
        OrganisationRequest body,
        ProjectsDb db,
        IAccounts accounts,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Organisations.VisibleTo(caller.Actor),
            id,
            async (organisation, context) =>
            {
                var before = organisation.Name;
                if ((await body.DetailsAsync(accounts, cancellation)).Failed(out var unknown, out var details))
                {
                    return unknown;
                }

                if (organisation.Revise(context, details) is { } refusal)
                {
                    return refusal;
                }

                if (organisation.Name != before)
                {
                    await RenameAsync(db, organisation, caller, cancellation);
                }

                return null;
            },
            OrganisationView.From,
            cancellation
        );

    private static async Task RenameAsync(
        ProjectsDb db,
        Organisation organisation,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var (id, name) = (organisation.Id, organisation.Name);
        foreach (var project in await db.Projects.Where(p => p.OwnerId == id).ToListAsync(cancellation))
        {
            project.FollowOwner(caller.Context(project), name);
        }

        foreach (var project in await (await db.WithSubcontractorAsync(id, cancellation)).ToListAsync(cancellation))
        {
            project.FollowSubcontractor(caller.Context(project), id, name);
        }
    }
}
