using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ChangeOrganisation
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/organisations/{id:guid}", Handle)
        .AsCommand()
        .WithTags("Registry")
        .WithSummary("Changes what is known about an organisation")
        .WithDescription("Replaces everything. The kind stays: another kind is another organisation (organisation-kind-fixed).")
        .Produces<OrganisationView>();

    private static async Task<CommandResult> Handle(Guid id, OrganisationRequest body, ProjectsDb store, Caller caller, Rules.PolicyCatalogue policies, CancellationToken cancellationToken)
    {
        var organisation = await store.Organisations.VisibleTo(caller.Actor).FirstOrDefaultAsync(o => o.Id == id, cancellationToken);
        return caller.Change(organisation, o => o.Change(body.Details(), caller.Flow(policies.At(caller.Today).Version)), OrganisationView.From);
    }
}
