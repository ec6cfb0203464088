using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ChangeOrganisation
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/organisations/{id:guid}", Handle)
            .AsCommand()
            .WithTags("Registry")
            .WithSummary("Changes what is known about an organisation")
            .WithDescription(
                "Replaces everything. The kind stays: another kind is another organisation (organisation-kind-fixed). When an owner is called otherwise, its projects are shown and found by the new name from the same moment on."
            )
            .Produces<OrganisationView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        OrganisationRequest body,
        ProjectsDb store,
        Caller caller,
        Rules.PolicyCatalogue policies,
        CancellationToken cancellationToken
    )
    {
        var organisation = await store
            .Organisations.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(o => o.Id == id, cancellationToken);
        var before = organisation?.Name;
        var result = caller.Change(
            organisation,
            o => o.Change(body.Details(), caller.Flow(policies.At(caller.Today).Version)),
            OrganisationView.From
        );
        if (organisation is { OrganisationKind: OrganisationKind.Owner, Name: var name } && name != before)
        {
            foreach (var project in await store.Projects.Where(p => p.OwnerId == id).ToListAsync(cancellationToken))
            {
                project.FollowOwner(name, caller.Flow(project.PolicyVersion));
            }
        }

        return result;
    }
}
