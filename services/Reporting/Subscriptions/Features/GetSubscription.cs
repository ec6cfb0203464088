using CustomerService.Reporting.Data;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Subscriptions.Features;

internal static class GetSubscription
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/subscriptions/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("One subscription")
            .WithDescription("Rule C3.1.3. The own one; administrators see all.")
            .Produces<SubscriptionView>();

    private static Task<QueryResult> Handle(Guid id, ReportingDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.Set<Subscription>().VisibleTo(caller.Actor), id, SubscriptionView.From, cancellation);
}
