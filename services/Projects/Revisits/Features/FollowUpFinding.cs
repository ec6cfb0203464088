using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class FollowUpFinding
{
    /// <param name="RepairWanted">A repair order opens for it.</param>
    /// <param name="CorrectiveActionWanted">A corrective action opens for it.</param>
    /// <param name="Explanation">The contractor's explanation; the one given before stays when there is none.</param>
    /// <param name="ProposedSolution">The solution that the contractor proposes; likewise.</param>
    internal sealed record Request(
        bool? RepairWanted,
        bool? CorrectiveActionWanted,
        string? Explanation,
        string? ProposedSolution
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r)
                .Must(r =>
                    r.RepairWanted is not null
                    || r.CorrectiveActionWanted is not null
                    || Text(r.Explanation) is not null
                    || Text(r.ProposedSolution) is not null
                )
                .OverridePropertyName("repairWanted")
                .WithErrorCode("nothing-asked-for");
            RuleFor(r => r.Explanation).MaximumLength(4000);
            RuleFor(r => r.ProposedSolution).MaximumLength(4000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/findings/{findingId:guid}/follow-up", Handle)
            .AsCommand()
            .WithTags("Revisits")
            .WithSummary("Explains a finding, or asks for its repair or a corrective action later")
            .WithDescription(
                """
                Rules P2.2.2, P2.2.3; from when the revisit was held until it is closed, also after quality has decided. A corrective action needs explanation and proposedSolution (409 solution-missing). What was asked for is
                not taken back here (follow-up-asked-for): the order or action is withdrawn where it runs. Event projects.revisit.finding-recorded.v1 again when more is asked for; one order and one action a finding come of it.
                """
            )
            .Produces<RevisitView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Guid findingId,
        Request body,
        ProjectsDb store,
        Caller caller,
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

        var context = caller.Flow(revisit!.PolicyVersion);
        if (revisit.CheckRole(RevisitAction.FollowUp, context) is { } forbidden)
        {
            return forbidden;
        }

        if (revisit.Findings.FirstOrDefault(f => f.Id == findingId) is not { } finding)
        {
            return CommandResult.NotFound();
        }

        var project = await store.Projects.AsNoTracking().FirstAsync(p => p.Id == revisit.ProjectId, cancellationToken);
        var contact = await OwnerContact.OfAsync(project, store, cancellationToken);
        var refusal = revisit.FollowUp(
            new FollowingUp(
                finding,
                body.RepairWanted,
                body.CorrectiveActionWanted,
                Text(body.Explanation),
                Text(body.ProposedSolution)
            ),
            project,
            contact,
            context
        );
        return refusal is null
            ? CommandResult.Ok(await RevisitView.FromAsync(revisit, store, caller, cancellationToken), revisit.Version)
            : refusal;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
