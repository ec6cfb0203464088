using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class GrantGoodwill
{
    /// <param name="Part">Part code of Table 3.1.</param>
    /// <param name="Through">Last day of the protection.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record Request(string Part, DateOnly? Through, string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Part).NotEmpty().MaximumLength(60);
            RuleFor(r => r.Through).NotNull();
            RuleFor(r => r.Reason).NotEmpty().MaximumLength(1000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/goodwill", Handle)
            .AsCommand()
            .WithTags("Warranty")
            .WithSummary("Protects a part beyond its term, with a reason")
            .WithDescription(
                "Rule P3.1.2: longer than the present protection (409 goodwill-not-longer) and at most 200 years after handover (409 goodwill-too-long), by the head of engineering or the general manager. The revisit plan stays. Event projects.project.goodwill-granted.v1."
            )
            .Produces<ProjectView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
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

        if (project!.CheckRole(ProjectAction.GrantGoodwill, caller.Flow(project.PolicyVersion)) is { } forbidden)
        {
            return forbidden;
        }

        if (Warranty.CheckParts([body.Part], policies.Version(project.PolicyVersion).Warranty) is { } unknown)
        {
            return unknown;
        }

        return caller.Change(
            project,
            p =>
                p.GrantGoodwill(
                    new Goodwill(body.Part, body.Through!.Value, body.Reason, caller.Actor.Name, caller.Today),
                    caller.Flow(p.PolicyVersion)
                ),
            p => ProjectView.From(p, policies.Version(p.PolicyVersion), caller)
        );
    }
}
