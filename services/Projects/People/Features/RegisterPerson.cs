using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class RegisterPerson
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/people", Handle)
            .AsCommand()
            .WithTags("Registry")
            .WithSummary("Enters a person of the company")
            .WithDescription(
                "Managers, corporate authorised persons (法人授權人), chief engineers, heads of departments."
            )
            .Produces<PersonView>(StatusCodes.Status201Created);

    private static CommandResult Handle(
        PersonRequest body,
        ProjectsDb store,
        Caller caller,
        Rules.PolicyCatalogue policies
    )
    {
        if (
            Person.Register(body.Details(), caller.Flow(policies.At(caller.Today).Version), out var person) is
            { } refusal
        )
        {
            return refusal;
        }

        store.Add(person);
        return CommandResult.Created($"/api/projects/v1/people/{person.Id}", PersonView.From(person), person.Version);
    }
}
