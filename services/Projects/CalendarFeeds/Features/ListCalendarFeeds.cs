using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ReadCalendarFeeds
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/calendar-feeds", List)
            .WithTags("Calendar")
            .WithSummary("Calendar feeds that one has made, without their addresses; an administrator sees all")
            .WithDescription(
                "`state`: active or revoked. Walk on with `after`. A feed whose address was lost is found here and revoked."
            )
            .Produces<Page<CalendarFeedView>>();
        routes
            .MapGet("/calendar-feeds/{id:guid}", One)
            .WithTags("Calendar")
            .WithSummary("One calendar feed, without its address")
            .Produces<CalendarFeedView>();
    }

    private static async Task<IResult> List(
        ProjectsDb store,
        Caller caller,
        HttpContext context,
        string? state,
        string? after,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        var (page, refusal) = PageRequest.Read(after, limit);
        if (refusal is not null || state is not (null or "" or "active" or "revoked"))
        {
            return Problems.Result(context, refusal ?? Filters.Bad("state"));
        }

        var feeds = store.CalendarFeeds.AsNoTracking().MadeBy(caller.Actor);
        feeds = state switch
        {
            "active" => feeds.Where(f => f.RevokedAt == null),
            "revoked" => feeds.Where(f => f.RevokedAt != null),
            _ => feeds,
        };
        feeds = page!.After is { } cursor ? feeds.Where(f => f.Id > cursor) : feeds;
        return Results.Json(
            page.Cut(
                await feeds.OrderBy(f => f.Id).Take(page.Limit + 1).ToListAsync(cancellationToken),
                f => f.Id,
                f => CalendarFeedView.From(f)
            ),
            Json.Options
        );
    }

    private static async Task<IResult> One(
        Guid id,
        ProjectsDb store,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var feed = await store
            .CalendarFeeds.AsNoTracking()
            .MadeBy(caller.Actor)
            .FirstOrDefaultAsync(f => f.Id == id, cancellationToken);
        return ETags.Representation(context, feed is null ? null : CalendarFeedView.From(feed), feed?.Version ?? 0);
    }
}
