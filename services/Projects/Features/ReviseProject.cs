using CustomerService.Projects.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ReviseProject
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/projects/{id:guid}", Handle)
        .AsCommand()
        .WithTags("Projects")
        .WithSummary("Changes what is known about a project")
        .WithDescription("Replaces everything. After handover city, design life and commitments stay as they are (409 warranty-basis-fixed, rule P3.1.2): they change with the revisit plan by change-commitments.")
        .Produces<ProjectView>();

    private static async Task<CommandResult> Handle(Guid id, ProjectRequest body, ProjectsDb store, Caller caller, PolicyCatalogue policies, CancellationToken cancellationToken)
    {
        var project = await store.Projects.VisibleTo(caller.Actor).FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
        if (caller.Precondition(project) is { } failed)
        {
            return failed;
        }

        var (details, manager, refusal) = await body.ResolveAsync(store, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var policy = policies.Version(project!.PolicyVersion);
        var newManager = details!.Team.Manager.Id != project.Team.Manager.Id;
        return caller.Change(
            project,
            p =>
            {
                var refused = p.Revise(details, policy, caller.Flow(p.PolicyVersion));
                if (refused is null && newManager)
                {
                    manager!.Assign(p.Id, p.Name, body.ManagerSince ?? caller.Today, caller.Flow(p.PolicyVersion));
                }

                return refused;
            },
            p => ProjectView.From(p, policy, caller));
    }
}
