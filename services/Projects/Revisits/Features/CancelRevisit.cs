using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class CancelRevisit
{
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).NotEmpty().MaximumLength(1000);
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/cancel", Handle)
            .AsCommand()
            .WithTags("Revisits")
            .WithSummary("Cancels a planned revisit, with a reason")
            .WithDescription(
                "Rule P2.1.1: the last remaining revisit of a project, held or to be held, cannot be cancelled (409 last-revisit). Event projects.revisit.cancelled.v1."
            )
            .Produces<RevisitView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb store,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var revisit = await store
            .Revisits.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        // The project is changed with it, so two cancellations at once cannot both take the last but one.
        var project = revisit is null
            ? null
            : await store.Projects.FirstAsync(p => p.Id == revisit.ProjectId, cancellationToken);
        return caller.Change(
            revisit,
            r => r.Cancel(body.Reason, project!, caller.Flow(r.PolicyVersion)),
            r => RevisitView.From(r, caller)
        );
    }
}
