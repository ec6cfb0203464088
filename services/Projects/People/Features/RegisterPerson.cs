using CustomerService.Projects.Data;
using CustomerService.Projects.People.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.People.Features;

internal static class RegisterPerson
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/people", Handle)
            .AsCommand()
            .WithSummary("Enters a person of the company")
            .WithDescription(
                "Managers, corporate authorised persons (法人授權人), chief engineers, heads of departments."
            )
            .WithExample(new PersonRequest("李明", "項目經理", "engineering", "139-0000 1111", null, "E-0107"))
            .Produces<PersonView>(StatusCodes.Status201Created);

    private static CommandResult Handle(PersonRequest body, ProjectsDb db, Caller caller) =>
        caller.Create(db, "people", Person.Register(caller.Context(), body.Details()), PersonView.From);
}
