using CustomerService.Rules;
using static CustomerService.Reporting.Webhooks.Domain.WebhookAction;
using static CustomerService.Reporting.Webhooks.Domain.WebhookState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Reporting.Webhooks.Domain.Webhook,
    CustomerService.Reporting.Webhooks.Domain.WebhookState,
    CustomerService.Reporting.Webhooks.Domain.WebhookAction
>;

namespace CustomerService.Reporting.Webhooks.Domain;

/// <summary>The life of a webhook (C3.1.4: what happens is passed on to the departments in time).</summary>
internal static class WebhookFlow
{
    public static readonly string[] Keepers = [Roles.Operator, Roles.Administrator];

    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("webhook")
        .Start(Register, Active, "C3.1.4", Keepers)

        .In(Active, Suspended).Stay(Revise, "C3.1.4", Keepers)
        .In(Active, Suspended).Stay(RenewSecret, "C3.1.4", Keepers)
        .From(Active).MayOn(Suspend, Suspended, "C3.1.4", [.. Keepers, Roles.System])
        .From(Suspended).MayOn(Resume, Active, "C3.1.4", Keepers)
        .From(Active, Suspended).MayOn(Remove, Removed, "C3.1.4", Keepers)
        .Ends(Removed)
        .Build();
}
