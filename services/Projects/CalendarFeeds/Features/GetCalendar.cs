using System.Globalization;
using System.Text;
using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ReadCalendarFeed
{
    private const int DaysBack = 30;
    private const int DaysAhead = 180;

    // No calendar program shows more, and no company drives to more in seven months.
    private const int Most = 20_000;

    private static readonly CultureInfo Company = CultureInfo.GetCultureInfo("zh-Hant");

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/calendar-feeds/{secret}.ics", Handle)
            .AllowAnonymous()
            .WithTags("Calendar")
            .WithSummary("The calendar behind a feed's secret address (text/calendar)")
            .WithDescription(
                "RFC 5545. Whole-day entries: revisits from 30 days ago to 180 days ahead; cancelled ones are marked so. Unknown or revoked: 404."
            )
            .Produces<string>(StatusCodes.Status200OK, "text/calendar");

    private static async Task<IResult> Handle(
        string secret,
        ProjectsDb store,
        CompanyClock clock,
        HttpContext context,
        Texts texts,
        CancellationToken cancellationToken
    )
    {
        var hash = CalendarFeed.Hash(secret);
        var feed = await store
            .CalendarFeeds.AsNoTracking()
            .FirstOrDefaultAsync(f => f.SecretHash == hash && f.RevokedAt == null, cancellationToken);
        if (feed is null)
        {
            return Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
        }

        var people = feed.PersonId is { } person
            ? [person]
            : await store
                .People.AsNoTracking()
                .Where(p => p.Department == feed.Department)
                .Select(p => p.Id)
                .ToListAsync(cancellationToken);
        // Production plans every revisit (P2.1.2), whoever attends.
        var everything = feed.PersonId is null && feed.Department == Roles.Production;
        // Whoever has the address asks as often as he likes: a window, and of it only what a calendar shows.
        var (from, to) = (clock.Today.AddDays(-DaysBack), clock.Today.AddDays(DaysAhead));
        var revisits = await store
            .Revisits.AsNoTracking()
            .Where(r => r.DueOn >= from && r.DueOn <= to)
            .Join(
                store.Projects.AsNoTracking().Where(p => everything || p.TeamIds.Any(id => people.Contains(id))),
                r => r.ProjectId,
                p => p.Id,
                (r, p) =>
                    new
                    {
                        r.Id,
                        r.Version,
                        r.DueOn,
                        r.Number,
                        r.FileNumber,
                        r.State,
                        p.Name,
                        p.SiteAddress,
                        p.ContractNumber,
                    }
            )
            .OrderBy(r => r.DueOn)
            .ThenBy(r => r.Id)
            .Take(Most)
            .ToListAsync(cancellationToken);

        var calendar = new ICalendar(feed.Title);
        foreach (var r in revisits)
        {
            calendar.Add(
                new(
                    r.Id,
                    r.Version,
                    clock.Now,
                    r.DueOn,
                    texts.Find(
                        "calendar.revisit",
                        new Dictionary<string, object?> { ["project"] = r.Name, ["number"] = r.Number },
                        Company
                    ) ?? r.Name,
                    $"{r.ContractNumber} {r.FileNumber}".Trim(),
                    r.SiteAddress,
                    r.State switch
                    {
                        RevisitState.Cancelled => "CANCELLED",
                        RevisitState.Planned => "TENTATIVE",
                        _ => "CONFIRMED",
                    }
                )
            );
        }

        context.Response.Headers.CacheControl = "private, max-age=300";
        return Results.Text(calendar.ToString(), "text/calendar", Encoding.UTF8);
    }
}
