using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class OpenRevisit
{
    /// <param name="On">The date that is fixed; the planned one when it is not given.</param>
    /// <param name="Purpose">What is to be looked at.</param>
    /// <param name="Reason">Why the date is another than the planned one; needed where it is.</param>
    internal sealed record Request(DateOnly? On, string? Purpose, string? Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Purpose).MaximumLength(1000);
            RuleFor(r => r.Reason).MaximumLength(1000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/open", Handle)
            .AsCommand()
            .WithTags("Revisits")
            .WithSummary("Opens the file of a revisit and fixes its date")
            .WithDescription(
                "Rules P2.1.2, P3.3: done by the production department before the revisit is held. The file gets its number. Another date than the planned one needs a reason (P2.1.1). 409 revisit-before-handover, revisit-after-horizon, move-reason-missing."
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
            r => r.Open(body.On ?? r.DueOn, body.Purpose, body.Reason, project!, caller.Flow(r.PolicyVersion)),
            r => RevisitView.From(r, caller)
        );
    }
}
