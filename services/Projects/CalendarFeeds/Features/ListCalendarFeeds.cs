using CustomerService.Projects.CalendarFeeds.Domain;
using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.CalendarFeeds.Features;

internal static class ListCalendarFeeds
{
    internal sealed record Query : PageQuery
    {
        /// <summary>active or revoked.</summary>
        public EnumFilter<CalendarFeedState>? State { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/calendar-feeds", Handle)
            .AsQuery()
            .WithSummary("Calendar feeds that the caller made, without their addresses; an administrator sees all")
            .WithDescription("A feed whose address was lost is found here and revoked. Walk on with `after`.")
            .Produces<Page<CalendarFeedListItem>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db
            .CalendarFeeds.VisibleTo(caller.Actor)
            .Where(
                query.State,
                states =>
                    feed =>
                        (states.Contains(CalendarFeedState.Active) && feed.RevokedAt == null)
                        || (states.Contains(CalendarFeedState.Revoked) && feed.RevokedAt != null)
            )
            .ToPageAsync(query, feed => CalendarFeedListItem.From(feed, caller), cancellation);
}
