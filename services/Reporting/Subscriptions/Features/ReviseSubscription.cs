using CustomerService.Reporting.Data;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Subscriptions.Features;

internal static class ReviseSubscription
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/subscriptions/{id:guid}/revise", Handle)
            .AsCommand()
            .WithSummary("Another report, other readers, another time")
            .WithDescription(
                "Rule C3.1.3. 400: report-unknown, report-not-on-paper, paper-needs-period, threshold-needs-figure, bad-filter. 409: mail-not-configured."
            )
            .WithExample(SubscriptionRequest.Example)
            .Produces<SubscriptionView>();

    private static Task<CommandResult> Handle(
        Guid id,
        SubscriptionRequest body,
        ReportingDb db,
        DataSets.DataSets sets,
        ReportMail mail,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Set<Subscription>().VisibleTo(caller.Actor),
            id,
            async (subscription, context) =>
                await body.CheckAsync(sets, mail, cancellation) ?? subscription.Revise(context, body.Settings),
            SubscriptionView.From,
            cancellation
        );
}
