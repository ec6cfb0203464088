using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Revisits.Features;

internal static class FollowUpFinding
{
    /// <param name="FindingId">The finding.</param>
    /// <param name="RepairWanted">A repair order opens for it.</param>
    /// <param name="CapaWanted">A CAPA opens for it.</param>
    /// <param name="Explanation">The contractor's explanation; the one given before stays when there is none.</param>
    /// <param name="ProposedSolution">The solution that the contractor proposes; likewise.</param>
    /// <param name="Lesson">教訓 of a construction fault; likewise.</param>
    /// <param name="CorrectiveMeasure">整改措施; likewise.</param>
    /// <param name="Countermeasure">防範對策, so that it does not recur; likewise.</param>
    internal sealed record Request(
        Guid? FindingId,
        bool? RepairWanted = null,
        bool? CapaWanted = null,
        string? Explanation = null,
        string? ProposedSolution = null,
        string? Lesson = null,
        string? CorrectiveMeasure = null,
        string? Countermeasure = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.FindingId).NotNull();
            RuleFor(r => r)
                .Must(r =>
                    r.RepairWanted is not null
                    || r.CapaWanted is not null
                    || Text(r.Explanation) is not null
                    || Text(r.ProposedSolution) is not null
                    || Text(r.Lesson) is not null
                    || Text(r.CorrectiveMeasure) is not null
                    || Text(r.Countermeasure) is not null
                )
                .OverridePropertyName("repairWanted")
                .WithErrorCode("nothing-asked-for");
            RuleFor(r => r.Explanation).MaximumLength(TextLength.Text);
            RuleFor(r => r.ProposedSolution).MaximumLength(TextLength.Text);
            RuleFor(r => r.Lesson).MaximumLength(TextLength.Text);
            RuleFor(r => r.CorrectiveMeasure).MaximumLength(TextLength.Text);
            RuleFor(r => r.Countermeasure).MaximumLength(TextLength.Text);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/follow-up", Handle)
            .AsCommand()
            .WithSummary("Explains a finding, says what was learned from it, or asks for its repair or a CAPA later")
            .WithDescription(
                """
                Rules P2.2.2, P2.2.3; from when the revisit was held until it is closed, also after quality has decided.
                Lesson, correctiveMeasure and countermeasure of a construction fault are needed before the file closes.
                A CAPA needs explanation and proposedSolution (409 solution-missing). What was asked for is not taken
                back here (follow-up-asked-for): the order or CAPA is withdrawn where it runs. Event
                projects.finding.repair-requested.v1 or projects.finding.capa-requested.v1 for what is asked for now.
                """
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
                var project = await db.ProjectOfAsync(revisit, cancellation);
                var contact = await db.OwnerContactAsync(revisit.OwnerId, cancellation);
                var input = new FollowUpInput(
                    body.FindingId!.Value,
                    body.RepairWanted,
                    body.CapaWanted,
                    Text(body.Explanation),
                    Text(body.ProposedSolution),
                    Text(body.Lesson),
                    Text(body.CorrectiveMeasure),
                    Text(body.Countermeasure)
                );
                return revisit.FollowUp(context, input, project, contact);
            },
            cancellation
        );

    private static string? Text(string? text) => TextFolding.IsBlank(text) ? null : text;
}
