using CustomerService.Reporting.Data;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Subscriptions.Features;

internal static class ListSubscriptions
{
    internal sealed record Query : PageQuery
    {
        /// <summary>active, paused or removed.</summary>
        public EnumFilter<SubscriptionState>? State { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/subscriptions", Handle)
            .AsQuery()
            .WithSummary("Subscriptions of reports, the newest first")
            .WithDescription("Rule C3.1.3. The own ones; administrators see all. Walk on with `after`.")
            .Produces<Page<SubscriptionView>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ReportingDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db.Set<Subscription>()
            .VisibleTo(caller.Actor)
            .Where(query.State, states => subscription => states.Contains(subscription.State))
            .ToPageAsync(query, subscription => SubscriptionView.From(subscription, caller), cancellation);
}
