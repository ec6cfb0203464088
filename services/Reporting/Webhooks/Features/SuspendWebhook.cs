using CustomerService.Reporting.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Reporting.Webhooks.Features;

internal static class SuspendWebhook
{
    /// <param name="Reason">Why.</param>
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/webhooks/{id:guid}/suspend", Handle)
            .AsCommand()
            .WithSummary("Sends nothing until it is resumed")
            .WithDescription("Rule C3.1.4. What happens meanwhile is kept and sent then.")
            .Produces<WebhookView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ReportingDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Webhooks,
            id,
            (webhook, context) => webhook.Suspend(context, body.Reason),
            WebhookView.From,
            cancellation
        );
}
