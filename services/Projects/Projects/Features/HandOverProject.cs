using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Projects.Features;

internal static class HandOverProject
{
    /// <param name="On">The day.</param>
    internal sealed record Request(DateOnly? On);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.On).NotNull();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/hand-over", Handle)
            .AsCommand()
            .WithSummary("Records the handover (交付) and plans the revisits")
            .WithDescription(
                """
                Rules P3, P3.1.2, P2.1.1: the warranty begins, its terms are worked out, and the revisits are planned in
                months 3, 6, 12, 18 … up to the end of the longest finite part. Refused (409):
                handover-before-acceptance, handover-in-future, design-life-missing, warranty-below-prescribed. Without
                a warranty contract on record the answer warns: warranty-contract-missing in `warnings`. Events
                projects.project.handed-over.v1 and projects.revisit.planned.v1 for each.
                """
            )
            .WithExample(new Request(new DateOnly(2024, 2, 29)))
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
            (project, context) => db.AddPlan(project.HandOver(context, body.On!.Value)),
            ProjectView.From,
            cancellation
        );
}
