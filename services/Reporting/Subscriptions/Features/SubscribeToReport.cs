using CustomerService.Reporting.Data;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Subscriptions.Features;

internal static class SubscribeToReport
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/subscriptions", Handle)
            .AsCommand()
            .WithSummary("A report comes by mail when it is due, by the working calendar")
            .WithDescription(
                """
                Rule C3.1.3. Heads, leaders and customer service. Files have no personal data. 400: report-unknown,
                report-not-on-paper, paper-needs-period, threshold-needs-figure, mail-domain, bad-filter. 409: mail-not-configured.
                """
            )
            .WithExample(SubscriptionRequest.Example)
            .Produces<SubscriptionView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        SubscriptionRequest body,
        ReportingDb db,
        DataSets.DataSets sets,
        ReportMail mail,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await body.CheckAsync(sets, mail, cancellation) is { } refusal
            ? refusal
            : caller.Create(
                db,
                "subscriptions",
                Subscription.Subscribe(caller.Context(), body.Settings),
                SubscriptionView.From
            );
}
