using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class HandOverProject
{
    internal sealed record Request(DateOnly? On);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.On).NotNull();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/hand-over", Handle)
            .AsCommand()
            .WithTags("Projects")
            .WithSummary("Records the handover (交付) and plans the revisits")
            .WithDescription(
                """
                Rules P3, P3.1.2, P2.1.1: the warranty begins, its terms are worked out, and the revisits are planned in months 3, 6, 12, 18 … up to the end of the longest finite part.
                Refused (409): handover-before-acceptance, date-in-future, design-life-missing, warranty-below-prescribed. Events projects.project.handed-over.v1 and projects.revisit.planned.v1 for each.
                """
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
        return caller.Change(
            project,
            p =>
            {
                var refusal = p.HandOver(
                    body.On!.Value,
                    policies.Version(p.PolicyVersion),
                    caller.Flow(p.PolicyVersion),
                    out var plan
                );
                store.AddRange(plan);
                return refusal;
            },
            p => ProjectView.From(p, policies.Version(p.PolicyVersion), caller)
        );
    }
}
