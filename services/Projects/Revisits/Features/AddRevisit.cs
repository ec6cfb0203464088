using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class AddRevisit
{
    /// <param name="ProjectId">The project.</param>
    /// <param name="On">The date.</param>
    /// <param name="Reason">Why it is added to the plan.</param>
    internal sealed record Request(Guid? ProjectId, DateOnly? On, string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.ProjectId).NotNull();
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.Reason).NotEmpty().MaximumLength(1000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits", Handle)
            .AsCommand()
            .WithTags("Revisits")
            .WithSummary("Adds a revisit to the plan of a project")
            .WithDescription(
                "Rules P2.1.1, P2.1.2. The date lies between handover and the end of the plan (409 not-handed-over, revisit-before-handover, revisit-after-horizon). Event projects.revisit.planned.v1."
            )
            .Produces<RevisitView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        ProjectsDb store,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var project = await store
            .Projects.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(p => p.Id == body.ProjectId, cancellationToken);
        if (project is null)
        {
            return CommandResult.NotFound();
        }

        if (
            Revisit.Add(project, body.On!.Value, body.Reason, caller.Flow(project.PolicyVersion), out var revisit) is
            { } refusal
        )
        {
            return refusal;
        }

        store.Add(revisit);
        return CommandResult.Created(
            $"/api/projects/v1/revisits/{revisit.Id}",
            RevisitView.From(revisit, caller),
            revisit.Version
        );
    }
}
