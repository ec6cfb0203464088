using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas.Features;

internal static class OpenCapaForCase
{
    /// <param name="CaseId">The form or the assessment.</param>
    /// <param name="Department">Code of the responsible department.</param>
    /// <param name="DueOn">Last day of execution that is in time.</param>
    /// <param name="Description">What must not recur.</param>
    internal sealed record Request(Guid? CaseId, string? Department, DateOnly? DueOn, string Description);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.CaseId).NotNull().NotEqual(Guid.Empty);
            RuleFor(r => r.Department!).RequiredCode();
            RuleFor(r => r.DueOn).NotNull();
            RuleFor(r => r.Description).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/capas", Handle)
            .AsCommand()
            .ForRoles(Roles.Qc, Roles.QcHead)
            .WithSummary("Open a CAPA for a form with an item graded 不滿意, or for what failed at a service point")
            .WithDescription(
                """
                Rules C5.9, C5.4 and T1 to T3; QC. Several may be opened for one case. 400 `survey-case-unknown`; 409
                `due-in-the-past`.
                """
            )
            .WithExample(
                new Request(
                    Guid.Parse("0198c0de-0000-7000-8000-000000000041"),
                    "repair",
                    new DateOnly(2026, 12, 18),
                    "到場前未告知用戶，防止再次發生。"
                )
            )
            .Produces<CapaView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        ComplaintsDb db,
        RecordNumbers numbers,
        Links links,
        Files files,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (
            await db.SurveyCases.FirstOrDefaultAsync(
                c => c.Id == body.CaseId && !c.IsErased && SurveyCase.OfSurveys.Contains(c.Source),
                cancellation
            )
            is not { } survey
        )
        {
            return Refusal.Invalid("survey-case-unknown", "C5.9", "case-id");
        }

        var number = await numbers.NextAsync(Capa.NumberKind, caller.Today.Year, cancellation);
        var opened = Capa.OpenForCase(
            caller.Context(),
            number,
            survey,
            new(body.Department, body.DueOn!.Value, body.Description)
        );
        if (!opened.Failed(out _, out var capa))
        {
            await capa.TakeAlongAsync(survey, links, files, caller, cancellation);
        }

        return caller.Create(db, "capas", opened, CapaView.From);
    }
}
