using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Revisits.Features;

internal static class OpenRevisit
{
    /// <param name="On">The date that is fixed; the planned one when it is not given.</param>
    /// <param name="Purpose">What is to be looked at.</param>
    /// <param name="Reason">Why the date differs from the planned one; needed where it does.</param>
    internal sealed record Request(DateOnly? On = null, string? Purpose = null, string? Reason = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Purpose).OptionalText();
            RuleFor(r => r.Reason).OptionalText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/open", Handle)
            .AsCommand()
            .WithSummary("Opens the file of a revisit and fixes its date")
            .WithDescription(
                """
                Rules P2.1.2, P3.3: done by the production department before the revisit is held. The file gets its
                number. Another date than the planned one needs a reason (P2.1.1). 409 revisit-before-handover,
                revisit-after-horizon, move-reason-missing.
                """
            )
            .WithExample(new Request(null, "首次回訪：屋面、外牆、機電"))
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
                return revisit.Open(context, body.On, body.Purpose, body.Reason, project);
            },
            cancellation
        );
}
