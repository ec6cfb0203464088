using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Projects.Features;

internal static class CorrectDates
{
    /// <param name="AcceptedOn">Completion acceptance, as it should have been entered.</param>
    /// <param name="HandedOverOn">Handover, as it should have been entered; not given before there was one.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record Request(DateOnly? AcceptedOn, DateOnly? HandedOverOn, string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.AcceptedOn).NotNull();
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/correct-dates", Handle)
            .AsCommand()
            .WithSummary("Corrects acceptance and handover; terms and revisit plan follow")
            .WithDescription(
                """
                Rules P3, P3.1.2, P2.1.1. Revisits that were held are not touched, dates fixed by a person stay where
                they are inside the warranty. Before handover only the acceptance is corrected. Refused (409):
                handover-before-acceptance, handover-in-future, date-in-future, date-too-early (policy), clearance-before-acceptance, and
                held-outside-warranty where a revisit that was held would lie before the handover or after the end of
                the plan. Event projects.project.warranty-changed.v1 and those of the revisits that move; before
                handover projects.project.accepted.v1.
                """
            )
            .WithExample(new Request(new DateOnly(2024, 1, 30), new DateOnly(2024, 2, 28), "驗收單日期抄錯"))
            .Produces<ProjectView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Projects.VisibleTo(caller.Actor),
            id,
            async (project, context) =>
            {
                var dates = new CorrectedDates(body.AcceptedOn!.Value, body.HandedOverOn);
                var revisits = await db.RevisitsOfAsync(id, cancellation);
                return db.AddPlan(project.CorrectDates(context, dates, body.Reason, revisits));
            },
            ProjectView.From,
            cancellation
        );
}
