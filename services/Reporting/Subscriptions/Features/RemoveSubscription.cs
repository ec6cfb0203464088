using CustomerService.Reporting.Data;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Subscriptions.Features;

internal static class RemoveSubscription
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/subscriptions/{id:guid}/remove", Handle)
            .AsCommand()
            .WithSummary("Ends a subscription")
            .WithDescription("Rule C3.1.3.")
            .Produces<SubscriptionView>();

    private static Task<CommandResult> Handle(Guid id, ReportingDb db, Caller caller, CancellationToken cancellation) =>
        caller.ChangeAsync(
            db.Set<Subscription>().VisibleTo(caller.Actor),
            id,
            (subscription, context) => subscription.Remove(context),
            SubscriptionView.From,
            cancellation
        );
}
