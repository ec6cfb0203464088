using System.Globalization;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.YearReports.Features;

/// <summary>A complaint as it stood when the year was frozen.</summary>
internal sealed record YearCaseView
{
    public required Guid ComplaintId { get; init; }

    public required string Number { get; init; }

    public required DateOnly RegisteredOn { get; init; }

    public required string CustomerName { get; init; }

    public required string Subject { get; init; }

    public required string Product { get; init; }

    public required string Fault { get; init; }

    public required string Cause { get; init; }

    public required string Liability { get; init; }

    public required string Department { get; init; }

    public required string Severity { get; init; }

    public bool? ResponseInTime { get; init; }

    public bool? ResolvedInTime { get; init; }

    public double? ResolutionHours { get; init; }

    public required bool Repeated { get; init; }

    /// <summary>In yuan.</summary>
    public decimal? Cost { get; init; }

    public static YearCaseView From(YearCase one) =>
        new()
        {
            ComplaintId = one.ComplaintId,
            Number = one.Number,
            RegisteredOn = one.RegisteredOn,
            CustomerName = one.CustomerName,
            Subject = one.Subject,
            Product = one.Product,
            Fault = one.Fault,
            Cause = one.Cause,
            Liability = one.Liability,
            Department = one.Department,
            Severity = one.Severity,
            ResponseInTime = one.ResponseInTime,
            ResolvedInTime = one.ResolvedInTime,
            ResolutionHours = one.ResolutionHours,
            Repeated = one.Repeated,
            Cost = one.Cost,
        };
}

/// <summary>The cases behind a figure (C5.7).</summary>
internal static class ListYearCases
{
    /// <summary>Which figure; without one all cases of the year.</summary>
    internal sealed record Query : PageQuery
    {
        /// <summary>By what is counted.</summary>
        public EnumFilter<YearDimension>? Dimension { get; init; }

        /// <summary>The key of the count.</summary>
        public TextFilter? Key { get; init; }

        /// <summary>The year of the report, or the one before; the first by default.</summary>
        public int? Year { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/year-reports/{id:guid}/cases", Handle)
            .AsQuery()
            .WithName("ListYearCases")
            .WithSummary("The cases behind a figure, the newest first")
            .WithDescription(
                "Rule C5.7; staff. `dimension` and `key` of a count open exactly the cases that it counted, with `year` those "
                    + "of the year before. 400 `bad-filter`."
            )
            .Produces<Page<YearCaseView>>();
        routes
            .MapGet("/year-reports/{id:guid}/cases.xlsx", DownloadAsync)
            .AsQuery()
            .WithName("DownloadYearReport")
            .WithSummary("Figures and cases of the year as a workbook")
            .WithDescription(
                "Rule C5.7; staff. A sheet for each kind of count, and one with all cases of each of the two years."
            )
            .ProducesFile(Workbook.ContentType);
    }

    private static async Task<QueryResult> Handle(
        Guid id,
        [AsParameters] Query query,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (
            await db
                .YearReports.VisibleTo(caller.Actor)
                .Where(r => r.Id == id)
                .Select(r => (int?)r.Year)
                .FirstOrDefaultAsync(cancellation)
            is not { } frozen
        )
        {
            return QueryResult.NotFound;
        }

        if (query.Year is { } asked && asked != frozen && asked != frozen - 1)
        {
            return PageQuery.BadFilter("year", Word(frozen), Word(frozen - 1));
        }

        if (!query.TryAfter(out var after))
        {
            return PageQuery.BadCursor;
        }

        var year = query.Year ?? frozen;
        var rows = db.YearCases.AsNoTracking().Where(one => one.ReportId == id && one.Year == year);
        if (query.Dimension is { } dimension && query.Key is { } key)
        {
            rows = rows.Where(YearFigures.Has(dimension.Values[0], key.Value));
        }

        if (after is { } last)
        {
            rows = rows.Where(one => one.ComplaintId < last);
        }

        var read = await rows.OrderByDescending(one => one.ComplaintId).Take(query.Size + 1).ToListAsync(cancellation);
        return QueryResult.Of(Lists.Cut(read, query, one => one.ComplaintId.ToString("N"), YearCaseView.From));
    }

    private static string Word(int year) => year.ToString(CultureInfo.InvariantCulture);

    private static async Task<QueryResult> DownloadAsync(
        Guid id,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var report = await db
            .YearReports.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(r => r.Id == id, cancellation);
        if (report is null)
        {
            return QueryResult.NotFound;
        }

        var file = await Workbook.MakeAsync(book => FillAsync(book, report, db, cancellation), cancellation);
        return QueryResult.File(Results.File(file, Workbook.ContentType, $"{report.Number}.xlsx"));
    }

    private static async Task FillAsync(
        Workbook book,
        YearReport report,
        ComplaintsDb db,
        CancellationToken cancellation
    )
    {
        foreach (var breakdown in report.Figures.Breakdowns)
        {
            var before = report.LastYear.Breakdowns.Single(b => b.Dimension == breakdown.Dimension);
            await book.TableAsync(
                breakdown.Dimension.ToKebab(),
                ["key", "count", "share", "cumulated", "last-year"],
                cancellation
            );
            foreach (var count in breakdown.Counts)
            {
                await book.AddAsync(
                    [
                        count.Key,
                        count.Count,
                        count.Share,
                        count.Cumulated,
                        before.Counts.FirstOrDefault(b => b.Key == count.Key)?.Count ?? 0,
                    ],
                    cancellation
                );
            }
        }

        await AddCasesAsync(book, "cases", report, report.Year, db, cancellation);
        await AddCasesAsync(book, "cases-last-year", report, report.Year - 1, db, cancellation);
    }

    private static async Task AddCasesAsync(
        Workbook book,
        string name,
        YearReport report,
        int year,
        ComplaintsDb db,
        CancellationToken cancellation
    )
    {
        await book.TableAsync(
            name,
            [
                "number",
                "registeredOn",
                "customer",
                "subject",
                "product",
                "fault",
                "cause",
                "liability",
                "department",
                "severity",
                "resolutionHours",
                "cost",
            ],
            cancellation
        );
        await foreach (
            var one in db
                .YearCases.AsNoTracking()
                .Where(c => c.ReportId == report.Id && c.Year == year)
                .OrderBy(c => c.ComplaintId)
                .AsAsyncEnumerable()
                .WithCancellation(cancellation)
        )
        {
            await book.AddAsync(
                [
                    one.Number,
                    one.RegisteredOn,
                    one.CustomerName,
                    one.Subject,
                    one.Product,
                    one.Fault,
                    one.Cause,
                    one.Liability,
                    one.Department,
                    one.Severity,
                    one.ResolutionHours,
                    one.Cost,
                ],
                cancellation
            );
        }
    }
}
