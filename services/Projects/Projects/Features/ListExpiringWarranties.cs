using System.Globalization;
using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Projects.Features;

/// <summary>A term that ends soon.</summary>
internal sealed record ExpiringWarrantyView
{
    public required Guid ProjectId { get; init; }

    public required string ProjectName { get; init; }

    public required string ContractNumber { get; init; }

    public required Guid OwnerId { get; init; }

    public required string OwnerName { get; init; }

    /// <summary>Part code of Table 3.1.</summary>
    public required string Part { get; init; }

    /// <summary><c>heating</c> or <c>cooling</c> where each is protected to its own end; else null.</summary>
    public string? Season { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>0 on its last day.</summary>
    public required int DaysLeft { get; init; }
}

/// <summary>Terms that end soon.</summary>
/// <param name="On">The day from which it is counted.</param>
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

internal static class ListExpiringWarranties
{
    private const int Most = 500;

    // Longer than any term (WarrantyLength.LongestYears).
    private const int MostYearsAhead = 300;

    internal sealed record Query
    {
        /// <summary>Days, 1 to 366; default 90.</summary>
        public int? Within { get; init; }

        /// <summary>The day from which it is counted; today when it is not given.</summary>
        public Day? On { get; init; }

        /// <summary>One owner.</summary>
        public Guid? OwnerId { get; init; }

        /// <summary>Cursor: <c>next</c> of the page before.</summary>
        public string? After { get; init; }

        /// <summary>Items of a page, 1 to 500; default 500.</summary>
        public int? Limit { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/warranty/expiring", Handle)
            .AsQuery()
            .WithSummary("Which warranty terms end within 30, 60 or 90 days?")
            .WithDescription(
                """
                Rule P3.1.2, goodwill counted in; heating and cooling each with their own end. The soonest first; walk
                on with `after`. A customer sees its own.
                """
            )
            .Produces<ExpiringWarrantiesView>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ProjectsDb db,
        Caller caller,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        var ownerId = await moves.StayedAsync(query.OwnerId, cancellation);
        var from = query.On?.Value ?? caller.Today;
        if (query.Within is < 1 or > 366)
        {
            return PageQuery.BadFilter("within", "1–366");
        }

        if (query.Limit is < 1 or > Most)
        {
            return PageQuery.BadFilter("limit", $"1–{Most}");
        }

        // So far ahead no term is known, and from the last of all days nothing can be counted.
        if (from > caller.Today.AddYears(MostYearsAhead))
        {
            return PageQuery.BadFilter("on", "YYYY-MM-DD");
        }

        var seen = string.IsNullOrEmpty(query.After) ? null : Cursor.Read(query.After);
        if (seen is null && !string.IsNullOrEmpty(query.After))
        {
            return PageQuery.BadCursor;
        }

        var (through, in30, in60, in90) = (
            from.AddDays(query.Within ?? 90),
            from.AddDays(30),
            from.AddDays(60),
            from.AddDays(90)
        );
        var projects = db
            .Projects.AsNoTracking()
            .VisibleTo(caller.Actor)
            .Where(p => p.State == ProjectState.HandedOver)
            .Where(ownerId, id => p => p.OwnerId == id);
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
        var size = query.Limit ?? Most;
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
            .ToListAsync(cancellation);
        var counts = await terms
            .Where(t => t.Through <= in90)
            .GroupBy(_ => 1)
            .Select(g => new
            {
                In30 = g.Count(t => t.Through <= in30),
                In60 = g.Count(t => t.Through <= in60),
                In90 = g.Count(),
            })
            .SingleOrDefaultAsync(cancellation);
        return QueryResult.Of(
            new ExpiringWarrantiesView(
                from,
                counts?.In30 ?? 0,
                counts?.In60 ?? 0,
                counts?.In90 ?? 0,
                [
                    .. items
                        .Take(size)
                        .Select(t => new ExpiringWarrantyView
                        {
                            ProjectId = t.Id,
                            ProjectName = t.Name,
                            ContractNumber = t.ContractNumber,
                            OwnerId = t.OwnerId,
                            OwnerName = t.OwnerName,
                            Part = t.Part,
                            Season = t.Season.Length == 0 ? null : t.Season,
                            Through = t.Through,
                            DaysLeft = t.Through.DayNumber - from.DayNumber,
                        }),
                ],
                items.Count > size
                    ? new Cursor(
                        items[size - 1].Through,
                        items[size - 1].Id,
                        items[size - 1].Part,
                        items[size - 1].Season
                    ).ToString()
                    : null
            )
        );
    }

    /// <summary>The last term seen: everything that orders them, so that one that ends or changes in between
    /// makes no gap.</summary>
    private sealed record Cursor(DateOnly Through, Guid Id, string Part, string Season)
    {
        private const string DayFormat = "yyyyMMdd";

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Through:yyyyMMdd}.{Id:N}.{Season}.{Part}");

        public static Cursor? Read(string text) =>
            text.Split('.', 4) is [var day, var id, var season, var part]
            && DateOnly.TryParseExact(
                day,
                DayFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var through
            )
            && Guid.TryParseExact(id, "N", out var project)
                ? new(through, project, part, season)
                : null;
    }
}
