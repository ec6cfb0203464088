using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.People.Features;

internal static class RegisterPerson
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/people", Handle)
            .AsCommand()
            .ForRolesBy("P3.3", RegistryActions.Register, Person.Writers)
            .WithSummary("Enters a person of the company")
            .WithDescription(
                """
                Managers, corporate authorised persons (法人授權人), chief engineers, heads of departments. Where somebody
                has the same name, whatever its spelling, and the same telephone, the answer is 409 similar-exists with
                the `candidates`, unless `isNew` with `newReason` says that it is another (S4).
                """
            )
            .WithExample(new PersonRequest("李明", "項目經理", "engineering", "139-0000 1111", null, "E-0107"))
            .Produces<PersonView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        PersonRequest body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var details = body.Details();
        var same = await db.SimilarPeopleAsync(details.Keys, onlySame: true, cancellation);
        return caller.Create(
            db,
            "people",
            Person.Register(caller.Context(), details, same, body.IsNew ? body.NewReason : null),
            PersonView.From
        );
    }
}
