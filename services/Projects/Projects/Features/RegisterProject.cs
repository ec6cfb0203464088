using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Projects.Features;

internal static class RegisterProject
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects", Handle)
            .AsCommand()
            .WithSummary("Enters a project with its people, subcontract packages and warranty commitments")
            .WithDescription(
                """
                Rules P3.1.1, P3.1.2. A commitment below the prescribed term of Table 3.1 is refused (409
                warranty-below-prescribed); a blank one means the prescribed term. Unknown owner, subcontractor or
                person: 409; unknown part: 400 warranty-part-unknown; contract number in use: 409 already-exists.
                """
            )
            .WithExample(Example)
            .Produces<ProjectView>(StatusCodes.Status201Created);

    private static ProjectRequest Example =>
        new()
        {
            ContractNumber = "BJ-2024-018",
            Name = "濱江花園一期",
            OwnerId = Guid.Parse("0192f0c1-7a00-7000-8000-000000000001"),
            City = "shanghai",
            SiteAddress = "上海市濱江路 88 號",
            Latitude = 31.2304,
            Longitude = 121.4737,
            BuildingAreaSquareMetres = 23500.5m,
            StructureType = "frame-shear-wall",
            QualityGrade = "合格",
            ManagerId = Guid.Parse("0192f0c1-7a00-7000-8000-000000000011"),
            AuthorisedPersonId = Guid.Parse("0192f0c1-7a00-7000-8000-000000000012"),
            ChiefEngineerId = Guid.Parse("0192f0c1-7a00-7000-8000-000000000013"),
            TechnicalHeadId = Guid.Parse("0192f0c1-7a00-7000-8000-000000000014"),
            EngineeringHeadId = Guid.Parse("0192f0c1-7a00-7000-8000-000000000015"),
            QualityHeadId = Guid.Parse("0192f0c1-7a00-7000-8000-000000000016"),
            DesignLifeYears = 50,
            Commitments = [new CommitmentRequest("roof", Years: 8)],
        };

    private static async Task<CommandResult> Handle(
        ProjectRequest body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        if (Project.CheckRegisterRole(context) is { } forbidden)
        {
            return forbidden;
        }

        var (details, manager, unknown) = await body.ResolveAsync(db, cancellation);
        if (unknown is not null)
        {
            return unknown;
        }

        var result = Project.Register(context, details!);
        if (!result.Failed(out _, out var project))
        {
            manager!.Assign(context, project.Id, project.Name, body.ManagerSince ?? context.Today);
        }

        return caller.Create(db, "projects", result, ProjectView.From);
    }
}
