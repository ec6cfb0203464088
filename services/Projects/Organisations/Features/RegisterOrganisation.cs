using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Organisations.Features;

internal static class RegisterOrganisation
{
    // As many as a reader compares.
    private const int Most = 20;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/organisations", Handle)
            .AsCommand()
            .WithSummary("Enters an owner, a subcontractor, a unit of the contractor or a product customer")
            .WithDescription(
                """
                Owners are entered by sales, engineering, production or the administrator; product customers by sales,
                customer service or the administrator; the others by engineering, production or the administrator. An
                owner needs a contact with a telephone number. Where one is called the same, whatever the width, case or
                script of its characters, the answer is 409 similar-exists with the `candidates`, unless
                `confirmedDistinct` says that it is another (S4). Event projects.organisation.registered.v1.
                """
            )
            .WithExample(
                new OrganisationRequest(
                    "濱江置業有限公司",
                    OrganisationKind.Owner,
                    "BJ-01",
                    "上海市濱江路 88 號",
                    [new Contact("王建國", "021-5555 1234", "工程部經理")]
                )
            )
            .Produces<OrganisationView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        OrganisationRequest body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var key = TextFolding.Key(body.Name);
        var similar = await db
            .Organisations.VisibleTo(caller.Actor)
            .Where(o => o.NameKey == key)
            .OrderBy(o => o.Id)
            .Take(Most)
            .Select(o => new SimilarOrganisation(o.Id, o.Name, o.OrganisationKind, o.Code))
            .ToListAsync(cancellation);
        return caller.Create(
            db,
            "organisations",
            Organisation.Register(caller.Context(), body.Details(), similar, body.ConfirmedDistinct),
            OrganisationView.From
        );
    }
}
