using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Projects.Features;

internal static class ReviseProject
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/revise", Handle)
            .AsCommand()
            .WithSummary("Changes what is known about a project")
            .WithDescription(
                """
                Replaces everything. The owner changes before acceptance only (409 owner-fixed, rule P3.3). With another
                manager the assignment of the one before ends on `managerSince`; after handover the original manager
                stays (409 original-manager-fixed, rule P3.2.2): a manager who leaves is transferred. After handover
                city, design life and commitments stay, too (409 warranty-basis-fixed, rule P3.1.2): they change with
                the revisit plan by change-commitments. Event projects.project.revised.v1.
                """
            )
            .Produces<ProjectView>();

    private static Task<CommandResult> Handle(
        Guid id,
        ProjectRequest body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Projects.VisibleTo(caller.Actor),
            id,
            async (project, context) =>
            {
                if (project.CheckRole(context, ProjectAction.Revise) is { } forbidden)
                {
                    return forbidden;
                }

                var (details, manager, unknown) = await body.ResolveAsync(db, cancellation);
                if (unknown is not null)
                {
                    return unknown;
                }

                var managerBefore = project.Team.Manager.Id;
                var nameBefore = (project.ContractNumber, project.Name);
                if (project.Revise(context, details!) is { } refused)
                {
                    return refused;
                }

                if ((project.ContractNumber, project.Name) != nameBefore)
                {
                    var running = await db
                        .Revisits.Where(revisit =>
                            revisit.ProjectId == id
                            && revisit.State != RevisitState.Closed
                            && revisit.State != RevisitState.Cancelled
                        )
                        .ToListAsync(cancellation);
                    running.ForEach(revisit => revisit.FollowProject(context, project));
                }

                if (project.Team.Manager.Id == managerBefore)
                {
                    return null;
                }

                var since = body.ManagerSince ?? context.Today;
                var before = await db.People.FirstOrDefaultAsync(p => p.Id == managerBefore, cancellation);
                var tooEarly = before?.Leave(context, id, since, project.Team.Manager.Name);
                manager!.Assign(context, id, project.Name, since);
                return tooEarly;
            },
            ProjectView.From,
            cancellation
        );
}
