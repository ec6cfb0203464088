using CustomerService.Projects.Data;
using CustomerService.Projects.PlanSheets.Domain;
using CustomerService.Projects.Projects;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.PlanSheets.Features;

internal static class RegisterPlanSheet
{
    /// <param name="ProjectId">The project.</param>
    /// <param name="Number">Drawing number, unique in the project.</param>
    /// <param name="Title">For example 三層平面圖.</param>
    internal sealed record Request(Guid? ProjectId, string Number, string Title);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.ProjectId).NotNull().NotEqual(Guid.Empty);
            RuleFor(r => r.Number).RequiredText(60);
            RuleFor(r => r.Title).RequiredText(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/plan-sheets", Handle)
            .AsCommand()
            .WithSummary("Registers a sheet of a project's drawings")
            .WithDescription(
                """
                Rule P3.3. By engineering or production. The drawing is handed in among the sheet's files (PDF or PNG) and
                filed with `file-revision`. 400: project-unknown. 409: sheet-number-taken.
                """
            )
            .WithExample(new Request(Guid.Parse("0198c0de-0000-7000-8000-000000000001"), "建施-05", "三層平面圖"))
            .Produces<PlanSheetView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        if (PlanSheet.CheckRegister(context) is { } refusal)
        {
            return refusal;
        }

        var project = await db
            .Projects.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(p => p.Id == body.ProjectId, cancellation);
        if (project is null)
        {
            return Refusal.Invalid("project-unknown", "S3", "project-id");
        }

        if (await db.PlanSheets.AnyAsync(s => s.ProjectId == project.Id && s.Number == body.Number, cancellation))
        {
            return Refusal.ByRule("sheet-number-taken", "P3.3", ["new-sheet-number"], Roles.Engineering);
        }

        return caller.Create(
            db,
            "plan-sheets",
            PlanSheet.Register(context, project.Id, project.Name, body.Number, body.Title),
            PlanSheetView.From
        );
    }
}
