using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Projects.Features;

internal static class AcceptProject
{
    /// <param name="On">The day.</param>
    internal sealed record Request(DateOnly? On);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.On).NotNull();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/accept", Handle)
            .AsCommand()
            .WithSummary("Records completion acceptance (竣工驗收)")
            .WithDescription(
                """
                Rule P1: the site is to be cleared within 10 days (policy), see clearanceDueOn. A date in the future is
                refused (409 date-in-future). Event projects.project.accepted.v1.
                """
            )
            .WithExample(new Request(new DateOnly(2024, 1, 31)))
            .Produces<ProjectView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Projects.VisibleTo(caller.Actor),
            id,
            (project, context) => project.Accept(context, body.On!.Value),
            ProjectView.From,
            cancellation
        );
}
