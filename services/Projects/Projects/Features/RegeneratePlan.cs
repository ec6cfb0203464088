using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Projects.Features;

internal static class RegeneratePlan
{
    /// <param name="Reason">Why.</param>
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/regenerate-plan", Handle)
            .AsCommand()
            .WithSummary("Works out terms and revisit plan of one project again")
            .WithDescription(
                """
                Rules P2.1.1, P3.1.2: after seasons or policies were corrected, by the policy version that the project
                carries. What was held is not touched; where nothing differs, nothing is written. For many projects see
                regenerate-plans.
                """
            )
            .WithExample(new Request("季節日曆更正"))
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
            async (project, context) =>
                db.AddPlan(project.RegeneratePlan(context, body.Reason, await db.RevisitsOfAsync(id, cancellation))),
            ProjectView.From,
            cancellation
        );
}
