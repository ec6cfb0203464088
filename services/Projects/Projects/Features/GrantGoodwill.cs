using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Projects.Features;

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
            RuleFor(r => r.Part).RequiredText(TextLength.Code);
            RuleFor(r => r.Through).NotNull();
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/grant-goodwill", Handle)
            .AsCommand()
            .WithSummary("Protects a part beyond its term, with a reason")
            .WithDescription(
                """
                Rule P3.1.2: longer than the present protection (409 goodwill-not-longer) and at most 200 years after
                handover (409 goodwill-too-long), by the head of engineering or the general manager. The revisit plan
                stays. Event projects.project.goodwill-granted.v1.
                """
            )
            .WithExample(new Request("roof", new DateOnly(2034, 1, 31), "屋面返修後的善意保固"))
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
            (project, context) => project.GrantGoodwill(context, body.Part, body.Through!.Value, body.Reason),
            ProjectView.From,
            cancellation
        );
}
