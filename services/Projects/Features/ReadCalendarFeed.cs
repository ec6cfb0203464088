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
    private static readonly CultureInfo Company = CultureInfo.GetCultureInfo("zh-Hant");

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/calendar-feeds/{secret}.ics", Handle)
        .AllowAnonymous()
        .WithTags("Calendar")
        .WithSummary("The calendar behind a feed's secret address (text/calendar)")
        .WithDescription("RFC 5545. Whole-day entries: revisits from 90 days ago to the end of the plan; cancelled ones are marked so. Unknown or revoked: 404.")
        .Produces<string>(StatusCodes.Status200OK, "text/calendar");

    private static async Task<IResult> Handle(string secret, ProjectsDb store, CompanyClock clock, HttpContext context, Texts texts, CancellationToken cancellationToken)
    {
        var hash = CalendarFeed.Hash(secret);
        var feed = await store.CalendarFeeds.AsNoTracking().FirstOrDefaultAsync(f => f.SecretHash == hash && f.RevokedAt == null, cancellationToken);
        if (feed is null)
        {
            return Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
        }

        var people = feed.PersonId is { } person ? [person] : await store.People.AsNoTracking().Where(p => p.Department == feed.Department).Select(p => p.Id).ToListAsync(cancellationToken);
        // Production plans every revisit (P2.1.2), whoever attends.
        var everything = feed.PersonId is null && feed.Department == Roles.Production;
        var since = clock.Today.AddDays(-90);
        var revisits = await store.Revisits.AsNoTracking().Where(r => r.DueOn >= since)
            .Join(store.Projects.AsNoTracking().Where(p => everything || p.TeamIds.Any(id => people.Contains(id))), r => r.ProjectId, p => p.Id, (r, p) => new { Revisit = r, p.Name, p.SiteAddress, p.ContractNumber })
            .OrderBy(r => r.Revisit.DueOn).ThenBy(r => r.Revisit.Id).Take(5000)
            .ToListAsync(cancellationToken);

        var calendar = new ICalendar(feed.Title);
        foreach (var r in revisits)
        {
            calendar.Add(new(
                r.Revisit.Id, r.Revisit.Version, clock.Now, r.Revisit.DueOn,
                texts.Find("calendar.revisit", new Dictionary<string, object?> { ["project"] = r.Name, ["number"] = r.Revisit.Number }, Company) ?? r.Name,
                $"{r.ContractNumber} {r.Revisit.FileNumber}".Trim(), r.SiteAddress,
                r.Revisit.State switch { RevisitState.Cancelled => "CANCELLED", RevisitState.Planned => "TENTATIVE", _ => "CONFIRMED" }));
        }

        context.Response.Headers.CacheControl = "private, max-age=300";
        return Results.Text(calendar.ToString(), "text/calendar", Encoding.UTF8);
    }
}
