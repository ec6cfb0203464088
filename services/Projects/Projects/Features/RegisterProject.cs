using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Features;

internal static class RegisterProject
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects", Handle)
            .AsCommand()
            .WithTags("Projects")
            .WithSummary("Enters a project with its people, subcontract packages and warranty commitments")
            .WithDescription(
                """
                Rules P3.1.1, P3.1.2. A commitment below the prescribed term of Table 3.1 is refused (409 warranty-below-prescribed); a blank one means the prescribed
                term. Unknown owner, subcontractor or person: 409; unknown part: 400 warranty-part-unknown; contract number in use: 409 already-exists. Area in m², coordinates in degrees.
                """
            )
            .Produces<ProjectView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        ProjectRequest body,
        ProjectsDb store,
        Caller caller,
        PolicyCatalogue policies,
        CancellationToken cancellationToken
    )
    {
        var (details, manager, refusal) = await body.ResolveAsync(store, cancellationToken);
        var policy = policies.At(caller.Today);
        var context = caller.Flow(policy.Version);

        // Who may not register is told so, and nothing about what exists.
        if (Project.CheckRole(context) is { } forbidden)
        {
            return forbidden;
        }

        if (refusal is not null)
        {
            return refusal;
        }

        if (Project.Register(details!, policy, context, out var project) is { } refused)
        {
            return refused;
        }

        manager!.Assign(project.Id, project.Name, body.ManagerSince ?? caller.Today, context);
        store.Add(project);
        return CommandResult.Created(
            $"/api/projects/v1/projects/{project.Id}",
            ProjectView.From(project, policy, caller),
            project.Version
        );
    }
}
