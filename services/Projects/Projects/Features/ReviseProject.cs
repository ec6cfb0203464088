using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ReviseProject
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/projects/{id:guid}", Handle)
            .AsCommand()
            .WithTags("Projects")
            .WithSummary("Changes what is known about a project")
            .WithDescription(
                """
                Replaces everything. The owner changes before acceptance only (409 owner-fixed, rule P3.3). With another manager the assignment of the one before ends on `managerSince`; after handover the original manager
                stays (409 original-manager-fixed, rule P3.2.2): who leaves is transferred. After handover city, design life and commitments stay as they are, too (409 warranty-basis-fixed, rule P3.1.2): they change with
                the revisit plan by change-commitments. Event projects.project.revised.v1.
                """
            )
            .Produces<ProjectView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        ProjectRequest body,
        ProjectsDb store,
        Caller caller,
        PolicyCatalogue policies,
        CancellationToken cancellationToken
    )
    {
        var project = await store
            .Projects.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
        if (caller.Precondition(project) is { } failed)
        {
            return failed;
        }

        var context = caller.Flow(project!.PolicyVersion);
        if (project.CheckRole(ProjectAction.Revise, context) is { } forbidden)
        {
            return forbidden;
        }

        var (details, manager, refusal) = await body.ResolveAsync(store, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var policy = policies.Version(project.PolicyVersion);
        var (ownerBefore, managerBefore) = (project.OwnerId, project.Team.Manager.Id);
        if (project.Revise(details!, policy, context) is { } refused)
        {
            return refused;
        }

        if (project.OwnerId != ownerBefore)
        {
            // Before acceptance there are no revisits: the files are all that carries the owner besides.
            foreach (
                var attachment in await store.Attachments.Where(a => a.SubjectId == id).ToListAsync(cancellationToken)
            )
            {
                attachment.GoTo(project.OwnerId, context);
            }
        }

        if (project.Team.Manager.Id != managerBefore)
        {
            var since = body.ManagerSince ?? caller.Today;
            var before = await store.People.FirstOrDefaultAsync(p => p.Id == managerBefore, cancellationToken);
            if (before?.Leave(id, since, project.Team.Manager.Name, context) is { } tooEarly)
            {
                return tooEarly;
            }

            manager!.Assign(id, project.Name, since, context);
        }

        return CommandResult.Ok(ProjectView.From(project, policy, caller), project.Version);
    }
}
