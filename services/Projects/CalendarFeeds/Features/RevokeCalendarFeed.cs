using CustomerService.Projects.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.CalendarFeeds.Features;

internal static class RevokeCalendarFeed
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/calendar-feeds/{id:guid}/revoke", Handle)
            .AsCommand()
            .ForRolesBy("P3.3", "revoke", Roles.Staff)
            .WithSummary("Ends a calendar feed that the caller made; an administrator ends any")
            .WithDescription("Its address answers 404 from then on.")
            .Produces<CalendarFeedView>();

    private static Task<CommandResult> Handle(Guid id, ProjectsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ChangeAsync(
            db.CalendarFeeds.VisibleTo(caller.Actor),
            id,
            (feed, context) => feed.Revoke(context),
            CalendarFeedView.From,
            cancellation
        );
}
