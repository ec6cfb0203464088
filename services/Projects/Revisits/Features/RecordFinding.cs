using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class RecordFinding
{
    internal sealed class Validator : AbstractValidator<FindingRequest>
    {
        public Validator() => Include(FindingRequest.Rules);
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/findings", Handle)
            .AsCommand()
            .WithTags("Revisits")
            .WithSummary("Adds a finding to a revisit that was held")
            .WithDescription(
                "Rules P2.2.2, P2.2.3; until quality has decided liability. A construction fault needs explanation and proposedSolution (409 solution-missing). Event projects.revisit.finding-recorded.v1."
            )
            .Produces<RevisitView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        FindingRequest body,
        ProjectsDb store,
        Caller caller,
        PolicyCatalogue policies,
        CancellationToken cancellationToken
    )
    {
        var revisit = await store
            .Revisits.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (caller.Precondition(revisit) is { } failed)
        {
            return failed;
        }

        if (revisit!.CheckRole(RevisitAction.RecordFinding, caller.Flow(revisit.PolicyVersion)) is { } forbidden)
        {
            return forbidden;
        }

        if (FindingRequest.CheckParts([body], policies.Version(revisit.PolicyVersion)) is { } unknown)
        {
            return unknown;
        }

        var project = await store.Projects.AsNoTracking().FirstAsync(p => p.Id == revisit.ProjectId, cancellationToken);
        var contact = await OwnerContact.OfAsync(project, store, cancellationToken);
        var refusal = revisit.RecordFinding(
            body.Finding(caller.Clock),
            project,
            contact,
            caller.Flow(revisit.PolicyVersion)
        );
        return refusal is null
            ? CommandResult.Ok(await RevisitView.FromAsync(revisit, store, caller, cancellationToken), revisit.Version)
            : refusal;
    }
}
