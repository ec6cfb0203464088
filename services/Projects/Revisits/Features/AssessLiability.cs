using CustomerService.Projects.Data;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Revisits.Features;

internal static class AssessLiability
{
    /// <param name="Findings">A decision about every finding.</param>
    /// <param name="Remarks">Further words for the form.</param>
    internal sealed record Request(IReadOnlyList<FindingLiabilityRequest>? Findings, string? Remarks = null);

    /// <param name="FindingId">The finding.</param>
    /// <param name="Liability">contractor, subcontractor, owner or third-party.</param>
    /// <param name="Cause">The main cause.</param>
    /// <param name="ResponsibleUnit">Unit or department that it is assigned to; of a subcontractor its name,
    /// where its id is not given.</param>
    /// <param name="ResponsibleUnitId">The subcontractor that did the part (P3.1.1).</param>
    /// <param name="CauseCode">design, material, base-preparation, jointing, workmanship, curing, product-protection,
    /// installation, test-omitted, settlement, use, force-majeure or other.</param>
    /// <param name="Systemic">Whether the fault is systemic.</param>
    internal sealed record FindingLiabilityRequest(
        Guid? FindingId,
        Liability? Liability,
        string Cause,
        string? ResponsibleUnit = null,
        Guid? ResponsibleUnitId = null,
        CauseCode? CauseCode = null,
        bool Systemic = false
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Remarks).OptionalText();
            RuleForEach(r => r.Findings)
                .ChildRules(decided =>
                {
                    decided.RuleFor(d => d.FindingId).NotNull();
                    decided.RuleFor(d => d.Liability).NotNull();
                    decided.RuleFor(d => d.Cause).RequiredText();
                    decided.RuleFor(d => d.CauseCode).NotNull();
                    decided
                        .RuleFor(d => d.ResponsibleUnit)
                        .NotEmpty()
                        .When(d => d.ResponsibleUnitId is null || d.Liability != Domain.Liability.Subcontractor);
                    decided.RuleFor(d => d.ResponsibleUnit).MaximumLength(TextLength.Line);
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/assess-liability", Handle)
            .AsCommand()
            .WithSummary("The quality department decides cause and liability of every finding")
            .WithDescription(
                """
                Rules P2.2.3, P3.1.1, form 3.3.1. Every finding, and nothing else, is assessed once and assigned to a
                unit or department (409 finding-not-assessed, finding-unknown, finding-assessed-twice). A subcontractor
                is one that did the part (subcontractor-not-of-part), by id or name. A CAPA must open (`capaGround`) when
                the fault is systemic, or the same part and cause recur twice in the project or in three projects within
                12 months (policy); the file does not close before it is asked for. The head of quality may decide
                again until the disposition.
                """
            )
            .WithExample(
                new Request([
                    new(
                        Guid.Parse("0192f0c1-7a00-7000-8000-000000000021"),
                        Domain.Liability.Subcontractor,
                        "卷材搭接寬度不足",
                        "申城防水工程有限公司",
                        CauseCode: Domain.CauseCode.Jointing
                    ),
                ])
            )
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
                var findings = (body.Findings ?? [])
                    .Select(d => new FindingLiability(
                        d.FindingId!.Value,
                        d.Liability!.Value,
                        d.Cause,
                        d.ResponsibleUnit ?? "",
                        d.ResponsibleUnitId,
                        d.CauseCode!.Value,
                        d.Systemic
                    ))
                    .ToList();
                var project = await db.ProjectOfAsync(revisit, cancellation);
                var known = await db.RecurrencesAsync(
                    revisit,
                    findings,
                    context.Policy.Revisits.Recurrence,
                    cancellation
                );
                if (revisit.AssessLiability(context, findings, body.Remarks, project, known) is { } refusal)
                {
                    return refusal;
                }

                await db.KeepFaultsAsync(revisit, cancellation);
                return null;
            },
            cancellation
        );
}
