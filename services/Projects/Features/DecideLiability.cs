using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class DecideLiability
{
    /// <param name="Findings">A judgement of every finding.</param>
    /// <param name="Remarks">Further words for the form.</param>
    internal sealed record Request(IReadOnlyList<JudgementRequest>? Findings, string? Remarks);

    /// <param name="FindingId">The finding.</param>
    /// <param name="Liability">contractor, subcontractor, owner or third-party.</param>
    /// <param name="Cause">The main cause.</param>
    /// <param name="ResponsibleUnit">Unit or department that it is assigned to.</param>
    internal sealed record JudgementRequest(Guid? FindingId, Liability? Liability, string Cause, string ResponsibleUnit);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Remarks).MaximumLength(2000);
            RuleForEach(r => r.Findings).ChildRules(judgement =>
            {
                judgement.RuleFor(j => j.FindingId).NotNull();
                judgement.RuleFor(j => j.Liability).NotNull();
                judgement.RuleFor(j => j.Cause).NotEmpty().MaximumLength(2000);
                judgement.RuleFor(j => j.ResponsibleUnit).NotEmpty().MaximumLength(200);
            });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/revisits/{id:guid}/liability", Handle)
        .AsCommand()
        .WithTags("Revisits")
        .WithSummary("The quality department decides cause and liability of every finding")
        .WithDescription("Rule P2.2.3, form 3.3.1. Every finding is judged and assigned to a unit or department (409 finding-not-judged). The head of quality may decide anew until the disposition.")
        .Produces<RevisitView>();

    private static async Task<CommandResult> Handle(Guid id, Request body, ProjectsDb store, Caller caller, CancellationToken cancellationToken)
    {
        var revisit = await store.Revisits.VisibleTo(caller.Actor).FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (caller.Precondition(revisit) is { } failed)
        {
            return failed;
        }

        var judgement = new Judgement(
            (body.Findings ?? []).Select(j => new FindingJudgement(j.FindingId!.Value, j.Liability!.Value, j.Cause, j.ResponsibleUnit)).ToList(),
            body.Remarks, caller.Actor.Name, caller.Today);
        var refusal = revisit!.DecideLiability(judgement, caller.Flow(revisit.PolicyVersion));
        return refusal is null ? CommandResult.Ok(await RevisitView.FromAsync(revisit, store, caller, cancellationToken), revisit.Version) : refusal;
    }
}
