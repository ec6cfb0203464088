using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas.Features;

internal static class JoinCaseToCapa
{
    /// <param name="CaseId">The form, the assessment, the finding or the repair order.</param>
    internal sealed record Request(Guid? CaseId);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.CaseId).NotNull().NotEqual(Guid.Empty);
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/capas/{id:guid}/join-case", Handle)
            .AsCommand()
            .WithSummary("The open CAPA serves this form, assessment, finding or repair order, too")
            .WithDescription(
                """
                Rules C5.4, C5.9, P2.2.3 and T1 to T3; QC. A complaint joins by `/complaints/{id}/join-capa`. A finding or a
                repair order has one CAPA. 400 `survey-case-unknown`; 409 `case-served-already`, `case-has-capa`, which
                names it.
                """
            )
            .WithExample(new Request(Guid.Parse("0198c0de-0000-7000-8000-000000000041")))
            .Produces<CapaView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        Links links,
        Files files,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Capas.VisibleTo(caller.Actor),
            id,
            async (capa, context) =>
            {
                if (capa.CheckRole(context, CapaAction.JoinCase) is { } forbidden)
                {
                    return forbidden;
                }

                if (
                    await db.SurveyCases.FirstOrDefaultAsync(c => c.Id == body.CaseId && !c.IsErased, cancellation)
                    is not { } survey
                )
                {
                    return Refusal.Invalid("survey-case-unknown", "C5.9", "case-id");
                }

                await db.LockCasesAsync([survey.Id], cancellation);
                var served = await db.ServedByAsync([survey.Id], cancellation);
                if (capa.JoinCase(context, survey, served.GetValueOrDefault(survey.Id)) is { } refusal)
                {
                    return refusal;
                }

                await capa.TakeAlongAsync(survey, links, files, caller, cancellation);
                return null;
            },
            CapaView.From,
            cancellation
        );
}
