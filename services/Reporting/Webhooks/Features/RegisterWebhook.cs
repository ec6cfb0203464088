using CustomerService.Reporting.Data;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Webhooks.Features;

internal static class RegisterWebhook
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/webhooks", Handle)
            .AsCommand()
            .WithSummary("Makes a webhook: events are posted to a department's own system")
            .WithDescription(
                """
                Rule C3.1.4. Operator or administrator. The answer's `secret` is told this once, also under an
                Idempotency-Key; it signs each delivery as the Standard Webhooks say. 400: the address is not https or not
                public, a pattern means no event.
                """
            )
            .WithExample(new WebhookRequest("財務系統", "https://finance.example.com/hooks/service", ["repairs.#"]))
            .Produces<WebhookView>(StatusCodes.Status201Created);

    private static CommandResult Handle(WebhookRequest body, ReportingDb db, WebhookAddress addresses, Caller caller)
    {
        if (addresses.Check(body.Address) is { } refusal)
        {
            return refusal;
        }

        var result = Webhook.Register(caller.Context(), body.Settings);
        var answer = caller.Create(db, "webhooks", result, WebhookView.WithSecret);
        return result.Failed(out _, out var created)
            ? answer
            : answer.ButRemember(() => WebhookView.From(created, caller));
    }
}
