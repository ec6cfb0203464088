using CustomerService.Messaging;
using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Organisations.Features;

internal static class RegisterOrganisation
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/organisations", Handle)
            .AsCommand()
            .ForRolesBy("P3.3", RegistryActions.Register, Organisation.AnyWriters)
            .WithSummary("Enters an owner, a subcontractor, a unit of the contractor or a product customer")
            .WithDescription(
                """
                Owners are entered by sales, engineering, production or the administrator; product customers by sales,
                customer service or the administrator; the others by engineering, production or the administrator. An
                owner needs a contact with a telephone number. Where one has the same tax number, is called the same,
                whatever the width, case or script of its characters, or the same but for the legal form and has the
                same telephone, the answer is 409 similar-exists with the `candidates` and their `reasons`, unless
                `isNew` with `newReason` says that it is another (S4). A product customer's salesperson has its region (400
                salesperson-unknown, salesperson-of-other-region). Event projects.organisation.registered.v1.
                """
            )
            .WithExample(
                new OrganisationRequest(
                    "濱江置業有限公司",
                    OrganisationKind.Owner,
                    "BJ-01",
                    "上海市濱江路 88 號",
                    [new Contact("王建國", "021-5555 1234", "工程部經理")],
                    TaxNumber: "91310000MA1FL2X57K"
                )
            )
            .Produces<OrganisationView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        OrganisationRequest body,
        ProjectsDb db,
        IAccounts accounts,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if ((await body.DetailsAsync(accounts, cancellation)).Failed(out var unknown, out var details))
        {
            return unknown;
        }

        var same = await db.SimilarOrganisationsAsync(details.Keys, onlySame: true, cancellation);
        return caller.Create(
            db,
            "organisations",
            Organisation.Register(caller.Context(), details, same, body.IsNew ? body.NewReason : null),
            OrganisationView.From
        );
    }
}
