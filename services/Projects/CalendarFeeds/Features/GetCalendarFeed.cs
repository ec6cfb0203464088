using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.CalendarFeeds.Features;

internal static class GetCalendarFeed
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/calendar-feeds/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("One calendar feed, without its address")
            .Produces<CalendarFeedView>();

    private static Task<QueryResult> Handle(Guid id, ProjectsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.CalendarFeeds.VisibleTo(caller.Actor), id, CalendarFeedView.From, cancellation);
}
