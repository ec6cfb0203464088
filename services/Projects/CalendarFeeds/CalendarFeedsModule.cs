using CustomerService.Projects.CalendarFeeds.Features;

namespace CustomerService.Projects.CalendarFeeds;

/// <summary>Calendars of revisits for calendar programs.</summary>
internal static class CalendarFeedsModule
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Calendar");
        CreateCalendarFeed.Map(routes);
        RevokeCalendarFeed.Map(routes);
        GetCalendarFeed.Map(routes);
        ListCalendarFeeds.Map(routes);
        GetCalendar.Map(routes);
    }
}
