using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Projects.Features;

internal static class WithdrawProject
{
    /// <param name="Reason">Why.</param>
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/withdraw", Handle)
            .AsCommand()
            .WithSummary("Withdraws a project that was entered by mistake")
            .WithDescription(
                """
                Only before acceptance, with a reason. The record stays (P3.3).
                """
            )
            .WithExample(new Request("重複登錄"))
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
            (project, context) => project.Withdraw(context, body.Reason),
            ProjectView.From,
            cancellation
        );
}
