using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

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
            RuleFor(r => r.Reason).NotEmpty().MaximumLength(1000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/move", Handle)
            .AsCommand()
            .WithTags("Revisits")
            .WithSummary("Moves a planned revisit to another date, with a reason")
            .WithDescription(
                "Rule P2.1.1. The new date lies between handover and the end of the plan (409 revisit-before-handover, revisit-after-horizon). Event projects.revisit.moved.v1."
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
        var project = revisit is null
            ? null
            : await store.Projects.FirstAsync(p => p.Id == revisit.ProjectId, cancellationToken);
        store.MustStay(project);
        return caller.Change(
            revisit,
            r => r.Move(body.On!.Value, body.Reason, project!, caller.Flow(r.PolicyVersion)),
            r => RevisitView.From(r, caller)
        );
    }
}
