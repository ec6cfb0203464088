using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

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
            RuleFor(r => r.Reason).NotEmpty().MaximumLength(1000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/correct-dates", Handle)
            .AsCommand()
            .WithTags("Projects")
            .WithSummary("Corrects acceptance and handover, and plans the revisits anew")
            .WithDescription(
                """
                Rules P3, P3.1.2, P2.1.1. Terms, clearance date and plan are worked out anew; revisits that were held are not touched, dates fixed by a person stay where they are inside the
                warranty. Before handover only the acceptance is corrected. Refused (409): handover-before-acceptance, date-in-future, date-too-early (policy), clearance-before-acceptance, and held-outside-warranty where a
                revisit that was held would lie before the handover or after the end of the plan. Event projects.project.warranty-changed.v1 and those of the revisits that move; before handover projects.project.accepted.v1.
                """
            )
            .Produces<ProjectView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb store,
        Caller caller,
        PolicyCatalogue policies,
        CancellationToken cancellationToken
    )
    {
        var project = await store
            .Projects.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
        var revisits = await store.Revisits.Where(r => r.ProjectId == id).ToListAsync(cancellationToken);
        return caller.Change(
            project,
            p =>
            {
                var refusal = p.CorrectDates(
                    new CorrectedDates(body.AcceptedOn!.Value, body.HandedOverOn),
                    body.Reason,
                    policies.Version(p.PolicyVersion),
                    policies.Calendars,
                    revisits,
                    caller.Flow(p.PolicyVersion),
                    out var added
                );
                store.AddRange(added);
                return refusal;
            },
            p => ProjectView.From(p, policies.Version(p.PolicyVersion), caller)
        );
    }
}
