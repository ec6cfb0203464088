using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.PlanSheets.Features;

internal static class WithdrawPlanSheet
{
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/plan-sheets/{id:guid}/withdraw", Handle)
            .AsCommand()
            .WithSummary("The sheet is used no more")
            .WithDescription("Rule P3.3. Its pins are printed no more.")
            .Produces<PlanSheetView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.PlanSheets.VisibleTo(caller.Actor),
            id,
            (sheet, context) => sheet.Withdraw(context, body.Reason),
            PlanSheetView.From,
            cancellation
        );
}
