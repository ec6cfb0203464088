using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class AcceptProject
{
    internal sealed record Request(DateOnly? On);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.On).NotNull();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/accept", Handle)
            .AsCommand()
            .WithTags("Projects")
            .WithSummary("Records completion acceptance (竣工驗收)")
            .WithDescription(
                "Rule P1: the site is to be cleared within 10 days (policy), see clearanceDueOn. A date in the future is refused (409 date-in-future). Event projects.project.accepted.v1."
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
                p.Accept(
                    body.On!.Value,
                    policies.Version(p.PolicyVersion),
                    policies.Calendars,
                    caller.Flow(p.PolicyVersion)
                ),
            p => ProjectView.From(p, policies.Version(p.PolicyVersion), caller)
        );
    }
}
