using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Features;

internal static class ExecuteCorrectiveAction
{
    /// <param name="Record">What was done.</param>
    /// <param name="ExecutedOn">Day on which it was done; today by default.</param>
    internal sealed record Request(string Record, DateOnly? ExecutedOn);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Record).IsText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/corrective-actions/{id:guid}/execute", Handle)
            .AsCommand()
            .WithSummary("The responsible unit has carried the action out")
            .WithDescription(
                """
                Rules C5.4 and C5.6.2; the responsible department, else 409 `other-department`. 409 `capa-not-reviewed` before the management representative's review,
                `executed-before-review` and `execution-in-the-future` for an impossible day. `execution.inTime` says whether the due day was met.
                """
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
            (a, flow) => a.Execute(flow, body.Record, body.ExecutedOn ?? flow.Today),
            cancellationToken
        );
}
