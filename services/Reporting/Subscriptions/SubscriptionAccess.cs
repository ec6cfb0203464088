using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.Rules;

namespace CustomerService.Reporting.Subscriptions;

/// <summary>Who sees which subscriptions: everybody their own, administrators all.</summary>
internal static class SubscriptionAccess
{
    public static IQueryable<Subscription> VisibleTo(this IQueryable<Subscription> subscriptions, Actor actor)
    {
        var id = actor.Id;
        return actor.Has(Roles.Administrator) ? subscriptions : subscriptions.Where(s => s.OwnerId == id);
    }
}
