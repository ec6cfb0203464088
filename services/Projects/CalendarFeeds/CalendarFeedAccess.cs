using CustomerService.Projects.CalendarFeeds.Domain;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.CalendarFeeds;

/// <summary>Staff see the feeds that they made; an administrator sees all.</summary>
internal static class CalendarFeedAccess
{
    public static IQueryable<CalendarFeed> VisibleTo(this IQueryable<CalendarFeed> feeds, Actor actor) =>
        actor.Has(Roles.Administrator) ? feeds
        : actor.SeesAll() ? feeds.Where(f => f.CreatedBy == actor.Id)
        : feeds.Where(_ => false);
}
