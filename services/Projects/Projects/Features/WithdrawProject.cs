using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class WithdrawProject
{
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).NotEmpty().MaximumLength(1000);
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/withdraw", Handle)
            .AsCommand()
            .WithTags("Projects")
            .WithSummary("Withdraws a project that was entered by mistake")
            .WithDescription("Only before acceptance, with a reason. The record stays (P3.3).")
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
            p => p.Withdraw(body.Reason, caller.Flow(p.PolicyVersion)),
            p => ProjectView.From(p, policies.Version(p.PolicyVersion), caller)
        );
    }
}
