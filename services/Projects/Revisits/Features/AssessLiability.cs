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
    /// <param name="ResponsibleUnit">Unit or department that it is assigned to; of a subcontractor its name,
    /// where its id is not given.</param>
    /// <param name="ResponsibleUnitId">The subcontractor that did the part (P3.1.1).</param>
    internal sealed record JudgementRequest(
        Guid? FindingId,
        Liability? Liability,
        string Cause,
        string? ResponsibleUnit,
        Guid? ResponsibleUnitId
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Remarks).MaximumLength(2000);
            RuleForEach(r => r.Findings)
                .ChildRules(judgement =>
                {
                    judgement.RuleFor(j => j.FindingId).NotNull();
                    judgement.RuleFor(j => j.Liability).NotNull();
                    judgement.RuleFor(j => j.Cause).NotEmpty().MaximumLength(2000);
                    judgement
                        .RuleFor(j => j.ResponsibleUnit)
                        .NotEmpty()
                        .When(j => j.ResponsibleUnitId is null || j.Liability != Domain.Liability.Subcontractor);
                    judgement.RuleFor(j => j.ResponsibleUnit).MaximumLength(200);
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/liability", Handle)
            .AsCommand()
            .WithTags("Revisits")
            .WithSummary("The quality department decides cause and liability of every finding")
            .WithDescription(
                """
                Rules P2.2.3, P3.1.1, form 3.3.1. Every finding, and nothing else, is judged once and assigned to a unit or department (409 finding-not-judged, finding-unknown, finding-judged-twice). A subcontractor is one that
                did the part (subcontractor-not-of-part), by id or name. The head of quality may decide anew until the disposition.
                """
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
        if (caller.Precondition(revisit) is { } failed)
        {
            return failed;
        }

        if (revisit!.CheckRole(RevisitAction.DecideLiability, caller.Flow(revisit.PolicyVersion)) is { } forbidden)
        {
            return forbidden;
        }

        var project = await store.Projects.AsNoTracking().FirstAsync(p => p.Id == revisit.ProjectId, cancellationToken);
        var judgement = new Judgement(
            (body.Findings ?? []).Select(j => Judged(j, revisit, project)).ToList(),
            body.Remarks,
            caller.Actor.Name,
            caller.Today
        );
        var refusal = revisit.DecideLiability(judgement, project, caller.Flow(revisit.PolicyVersion));
        return refusal is null
            ? CommandResult.Ok(await RevisitView.FromAsync(revisit, store, caller, cancellationToken), revisit.Version)
            : refusal;
    }

    // Among the subcontractors of the part by id, else by name; which of two of one name is meant only the id
    // can say.
    private static FindingJudgement Judged(JudgementRequest given, Revisit revisit, Project project)
    {
        var part = revisit.Findings.FirstOrDefault(f => f.Id == given.FindingId)?.Part;
        var units =
            given.Liability == Liability.Subcontractor
                ? project
                    .Packages.Where(p =>
                        part is not null
                        && p.Parts.Contains(part)
                        && (
                            given.ResponsibleUnitId is { } id
                                ? p.SubcontractorId == id
                                : p.SubcontractorName == given.ResponsibleUnit?.Trim()
                        )
                    )
                    .DistinctBy(p => p.SubcontractorId)
                    .ToList()
                : [];
        var unit = units.Count == 1 ? units[0] : null;
        return new(
            given.FindingId!.Value,
            given.Liability!.Value,
            given.Cause,
            unit?.SubcontractorName ?? given.ResponsibleUnit ?? "",
            unit?.SubcontractorId
        );
    }
}
