using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Revisits.Features;

internal static class MoveRevisit
{
    /// <param name="On">The date.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record Request(DateOnly? On, string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/move", Handle)
            .AsCommand()
            .WithSummary("Moves a planned revisit to another date, with a reason")
            .WithDescription(
                """
                Rule P2.1.1. The new date lies between handover and the end of the plan (409 revisit-before-handover,
                revisit-after-horizon). Event projects.revisit.moved.v1.
                """
            )
            .WithExample(new Request(new DateOnly(2024, 6, 3), "業主假期"))
            .Produces<RevisitView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeRevisitAsync(
            db,
            id,
            async (revisit, context) =>
            {
                var project = await db.ProjectOfAsync(revisit, cancellation);
                db.RequireUnchanged<Project>(project.Id);
                return revisit.Move(context, body.On!.Value, body.Reason, project);
            },
            cancellation
        );
}
