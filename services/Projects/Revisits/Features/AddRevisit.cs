using CustomerService.Projects.Data;
using CustomerService.Projects.Projects;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Revisits.Features;

internal static class AddRevisit
{
    /// <param name="ProjectId">The project.</param>
    /// <param name="On">The date.</param>
    /// <param name="Kind">seasonal, technical, before-term-ends or on-request.</param>
    /// <param name="Reason">Why it is added to the plan.</param>
    internal sealed record Request(Guid? ProjectId, DateOnly? On, ExtraVisit? Kind, string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.ProjectId).NotNull();
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.Kind).NotNull();
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits", Handle)
            .AsCommand()
            .WithSummary("Adds a revisit to the plan of a project")
            .WithDescription(
                """
                Rules P2.1.1, P2.1.2. It names its kind and the reason. The date lies between handover and the end of the plan (409 not-handed-over,
                revisit-before-handover, revisit-after-horizon). Event projects.revisit.planned.v1.
                """
            )
            .Produces<RevisitView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var project = await db
            .Projects.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(p => p.Id == body.ProjectId, cancellation);
        return project is null
            ? CommandResult.NotFound()
            : caller.Create(
                db,
                "revisits",
                Revisit.Add(caller.Context(project), project, body.On!.Value, body.Kind!.Value, body.Reason),
                (revisit, _) => RevisitView.From(revisit, caller, [])
            );
    }
}
