using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Capas.Features;

internal static class ExecuteCapa
{
    /// <param name="Record">What was done.</param>
    /// <param name="ExecutedOn">Day on which it was done; today by default.</param>
    internal sealed record Request(string Record, DateOnly? ExecutedOn);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Record).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/capas/{id:guid}/execute", Handle)
            .AsCommand()
            .WithSummary("The responsible unit has carried the CAPA out")
            .WithDescription(
                """
                Rules C5.4 and C5.6.2; the head of the responsible department, who answers for it, else 403
                `role-missing` or 409 `other-department`. 409 `capa-not-reviewed` before the management representative's
                review, `executed-before-review` and `execution-in-the-future` for an impossible day.
                `execution.inTime` says whether the due day was met.
                """
            )
            .WithExample(new Request("已重做，蓄水 48 小時無滲漏。", null))
            .Produces<CapaView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeCapaAsync(
            db,
            id,
            (capa, context) => capa.Execute(context, body.Record, body.ExecutedOn ?? context.Today),
            cancellation
        );
}
