using System.Globalization;
using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

/// <summary>A term that ends soon.</summary>
/// <param name="Season"><c>heating</c> or <c>cooling</c> where each is protected to its own end; else null.</param>
/// <param name="DaysLeft">0 on its last day.</param>
internal sealed record ExpiringWarrantyView(
    Guid ProjectId,
    string ProjectName,
    string ContractNumber,
    Guid OwnerId,
    string OwnerName,
    string Part,
    string? Season,
    DateOnly Through,
    int DaysLeft
);

/// <param name="Within30">Terms that end within 30 days.</param>
/// <param name="Within60">Within 60 days, those of 30 among them.</param>
/// <param name="Within90">Within 90 days.</param>
/// <param name="Items">Those within the days asked for, the soonest first.</param>
/// <param name="Next">Cursor of the following page; null on the last one.</param>
internal sealed record ExpiringWarrantiesView(
    DateOnly On,
    int Within30,
    int Within60,
    int Within90,
    IReadOnlyList<ExpiringWarrantyView> Items,
    string? Next
);

internal static class ReadExpiringWarranties
{
    private const int Most = 500;

    // Longer than anything lasts (Warranty.LongestYears).
    private const int MostYearsAhead = 300;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/warranty/expiring", Handle)
            .WithTags("Warranty")
            .WithSummary("Which warranty terms end within 30, 60 or 90 days?")
            .WithDescription(
                """
                Rule P3.1.2, goodwill counted in; heating and cooling each with their own end. `within`: days, 1 to 366, default 90; `on`: ISO date, today when it is not given; `owner`: one owner; `limit`: 1 to 500, default 500;
                walk on with `after`. A customer sees its own.
                """
            )
            .Produces<ExpiringWarrantiesView>();

    private static async Task<IResult> Handle(
        ProjectsDb store,
        Caller caller,
        HttpContext context,
        int? within,
        string? on,
        Guid? owner,
        string? after,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        if (!Filters.TryDate(on, "on", out var day, out var refusal))
        {
            return Problems.Result(context, refusal);
        }

        if (within is < 1 or > 366)
        {
            return Problems.Result(context, Filters.Bad("within"));
        }

        if (limit is < 1 or > Most)
        {
            return Problems.Result(context, Filters.Bad("limit"));
        }

        var seen = string.IsNullOrEmpty(after) ? null : Cursor.Read(after);
        if (seen is null && !string.IsNullOrEmpty(after))
        {
            return Problems.Result(context, Refusal.Invalid("bad-cursor", "API", "after"));
        }

        // So far ahead no term is known, and from the last of all days nothing can be counted.
        if (day > caller.Today.AddYears(MostYearsAhead))
        {
            return Problems.Result(context, Filters.Bad("on"));
        }

        var from = day ?? caller.Today;
        var (through, in30, in60, in90) = (
            from.AddDays(within ?? 90),
            from.AddDays(30),
            from.AddDays(60),
            from.AddDays(90)
        );
        var projects = store
            .Projects.AsNoTracking()
            .VisibleTo(caller.Actor)
            .Where(p => p.State == ProjectState.HandedOver);
        projects = owner is { } of ? projects.Where(p => p.OwnerId == of) : projects;
        var terms = projects
            .SelectMany(
                p => p.Terms,
                (p, t) =>
                    new
                    {
                        p.Id,
                        p.Name,
                        p.ContractNumber,
                        p.OwnerId,
                        p.OwnerName,
                        t.Part,
                        t.Season,
                        t.Through,
                    }
            )
            .Where(t => t.Through >= from);
        var size = limit ?? Most;
        var asked = terms.Where(t => t.Through <= through);
        asked = seen is { } last
            ? asked.Where(t =>
                EF.Functions.GreaterThan(
                    ValueTuple.Create(t.Through, t.Id, t.Part, t.Season),
                    ValueTuple.Create(last.Through, last.Id, last.Part, last.Season)
                )
            )
            : asked;
        var items = await asked
            .OrderBy(t => t.Through)
            .ThenBy(t => t.Id)
            .ThenBy(t => t.Part)
            .ThenBy(t => t.Season)
            .Take(size + 1)
            .ToListAsync(cancellationToken);
        return Results.Json(
            new ExpiringWarrantiesView(
                from,
                await terms.CountAsync(t => t.Through <= in30, cancellationToken),
                await terms.CountAsync(t => t.Through <= in60, cancellationToken),
                await terms.CountAsync(t => t.Through <= in90, cancellationToken),
                items
                    .Take(size)
                    .Select(t => new ExpiringWarrantyView(
                        t.Id,
                        t.Name,
                        t.ContractNumber,
                        t.OwnerId,
                        t.OwnerName,
                        t.Part,
                        t.Season.Length == 0 ? null : t.Season,
                        t.Through,
                        t.Through.DayNumber - from.DayNumber
                    ))
                    .ToList(),
                items.Count > size
                    ? new Cursor(
                        items[size - 1].Through,
                        items[size - 1].Id,
                        items[size - 1].Part,
                        items[size - 1].Season
                    ).ToString()
                    : null
            ),
            Json.Options
        );
    }

    /// <summary>The last term seen: everything that orders them, so that one that ends or changes in between
    /// makes no gap.</summary>
    private sealed record Cursor(DateOnly Through, Guid Id, string Part, string Season)
    {
        private const string Day = "yyyyMMdd";

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Through:yyyyMMdd}.{Id:N}.{Season}.{Part}");

        public static Cursor? Read(string text) =>
            text.Split('.', 4) is [var day, var id, var season, var part]
            && DateOnly.TryParseExact(day, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var through)
            && Guid.TryParseExact(id, "N", out var project)
                ? new(through, project, part, season)
                : null;
    }
}
