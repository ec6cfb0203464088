using System.Globalization;
using System.Text;
using CustomerService.Projects.Data;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.CalendarFeeds.Features;

internal static class GetCalendar
{
    private const int DaysBack = 30;
    private const int DaysAhead = 180;

    // More than any company visits in seven months.
    private const int Most = 20_000;

    private static readonly CultureInfo Company = CultureInfo.GetCultureInfo("zh-Hant");

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/calendar-feeds/{secret}.ics", Handle)
            .AllowAnonymous()
            .AsQuery()
            .WithSummary("The calendar behind a feed's secret address (text/calendar)")
            .WithDescription(
                """
                RFC 5545. Whole-day entries: revisits from 30 days ago to 180 days ahead; cancelled ones are marked so.
                Unknown or revoked: 404.
                """
            )
            .Produces<string>(StatusCodes.Status200OK, "text/calendar");

    private static async Task<QueryResult> Handle(
        string secret,
        ProjectsDb db,
        CompanyClock clock,
        HttpContext context,
        Texts texts,
        CancellationToken cancellation
    )
    {
        if (!SecretLink.IsWellFormed(secret))
        {
            return QueryResult.NotFound;
        }

        var hash = SecretLink.HashOf(secret);
        var feed = await db
            .CalendarFeeds.AsNoTracking()
            .FirstOrDefaultAsync(f => f.SecretHash == hash && f.RevokedAt == null, cancellation);
        if (feed is null)
        {
            return QueryResult.NotFound;
        }

        // Production plans every revisit (P2.1.2).
        var everything = feed.PersonId is null && feed.Department == Roles.Production;
        var people =
            everything ? []
            : feed.PersonId is { } person ? [person]
            : await db
                .People.AsNoTracking()
                .Where(p => p.Department == feed.Department)
                .Select(p => p.Id)
                .ToListAsync(cancellation);
        // The address is public: read a window only, and of it only what a calendar shows.
        var now = clock.Now;
        var today = clock.DateOf(now);
        var (from, to) = (today.AddDays(-DaysBack), today.AddDays(DaysAhead));
        var revisits = await db
            .Revisits.AsNoTracking()
            .Where(r => r.DueOn >= from && r.DueOn <= to)
            .Join(
                db.Projects.AsNoTracking().Where(p => everything || p.TeamIds.Any(id => people.Contains(id))),
                r => r.ProjectId,
                p => p.Id,
                (r, p) =>
                    new
                    {
                        r.Id,
                        r.Version,
                        r.DueOn,
                        r.Ordinal,
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
            .ToListAsync(cancellation);

        var calendar = new ICalendar("Projects", feed.Title);
        foreach (var r in revisits)
        {
            calendar.Add(
                new(
                    r.Id,
                    r.Version,
                    now,
                    new CalendarTime.Day(r.DueOn),
                    texts.Find(
                        "calendar.revisit",
                        new Dictionary<string, object?> { ["project"] = r.Name, ["number"] = r.Ordinal },
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
        return QueryResult.File(Results.Text(calendar.ToString(), "text/calendar", Encoding.UTF8));
    }
}
