using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Features;

internal static class ProposeCorrectiveAction
{
    /// <param name="Disposition">What happens to the goods or the works concerned.</param>
    /// <param name="Cause">Main cause.</param>
    /// <param name="CorrectiveAction">Against the cause of what happened.</param>
    /// <param name="PreventiveAction">So that it does not recur.</param>
    internal sealed record Request(string Disposition, string Cause, string CorrectiveAction, string PreventiveAction);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Disposition).IsText();
            RuleFor(r => r.Cause).IsText();
            RuleFor(r => r.CorrectiveAction).IsText();
            RuleFor(r => r.PreventiveAction).IsText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/corrective-actions/{id:guid}/propose", Handle)
            .AsCommand()
            .WithSummary("The responsible department proposes disposition, cause, corrective and preventive action")
            .WithDescription(
                "Rule C5.4; somebody of the responsible department, else 409 `other-department`. 409 `due-date-missing` until QC has set one."
            )
            .Produces<CorrectiveActionView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        caller.ChangeActionAsync(
            store,
            id,
            (a, flow) => a.Propose(flow, body.Disposition, body.Cause, body.CorrectiveAction, body.PreventiveAction),
            cancellationToken
        );
}
