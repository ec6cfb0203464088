using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class RegisterOrganisation
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/organisations", Handle)
            .AsCommand()
            .WithTags("Registry")
            .WithSummary("Enters an owner, a subcontractor or a unit of the contractor")
            .WithDescription(
                "Owners are entered by sales, engineering, production or the administrator; the others by engineering, production or the administrator. An owner needs a contact with a telephone number."
            )
            .Produces<OrganisationView>(StatusCodes.Status201Created);

    private static CommandResult Handle(
        OrganisationRequest body,
        ProjectsDb store,
        Caller caller,
        Rules.PolicyCatalogue policies
    )
    {
        if (
            Organisation.Register(
                body.Details(),
                caller.Flow(policies.At(caller.Today).Version),
                out var organisation
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        store.Add(organisation);
        return CommandResult.Created(
            $"/api/projects/v1/organisations/{organisation.Id}",
            OrganisationView.From(organisation),
            organisation.Version
        );
    }
}
