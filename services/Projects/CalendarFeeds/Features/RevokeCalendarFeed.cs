using CustomerService.Projects.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class RevokeCalendarFeed
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/calendar-feeds/{id:guid}/revoke", Handle)
            .AsCommand()
            .WithTags("Calendar")
            .WithSummary(
                "Ends a calendar feed that one has made; its address gives 404 from then on. An administrator ends any"
            )
            .Produces<CalendarFeedView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        ProjectsDb store,
        Caller caller,
        PolicyCatalogue policies,
        CancellationToken cancellationToken
    )
    {
        var feed = caller.Actor.SeesAll()
            ? await store.CalendarFeeds.MadeBy(caller.Actor).FirstOrDefaultAsync(f => f.Id == id, cancellationToken)
            : null;
        return caller.Change(
            feed,
            f => f.Revoke(caller.Flow(policies.At(caller.Today).Version)),
            f => CalendarFeedView.From(f)
        );
    }
}
