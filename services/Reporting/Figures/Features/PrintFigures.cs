using System.Globalization;
using CustomerService.Forms;
using CustomerService.Registry;
using CustomerService.Reporting.Figures.Forms;
using CustomerService.Reporting.Reports;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Figures.Features;

/// <summary>A report, or one figure, on paper.</summary>
internal static class PrintFigures
{
    /// <summary>The days, company time zone.</summary>
    internal sealed record Query
    {
        /// <summary>First day.</summary>
        public Day? From { get; init; }

        /// <summary>Last day.</summary>
        public Day? To { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/figures/{code}.pdf", OneAsync)
            .AddEndpointFilter(OneSnapshot.ReadAsync)
            .AsQuery()
            .WithName("PrintFigure")
            .WithSummary("A figure of a period as PDF, with a table of each of its groups")
            .WithDescription(
                "Rule C3.1.3. A4, in Traditional Chinese; `language` = zh-Hans or en for another. 400 `bad-period`, "
                    + "`bad-filter`. 503 font-missing."
            )
            .ProducesFile("application/pdf")
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);
        routes
            .MapGet("/reports/{report}.pdf", ReportAsync)
            .AddEndpointFilter(OneSnapshot.ReadAsync)
            .AsQuery()
            .WithName("PrintReport")
            .WithSummary("A report of a period as PDF")
            .WithDescription(
                $"Rules C3.1.3, C5.7, C5.10, P2.1.1. {string.Join(", ", PaperReports.All.Select(r => r.Code))}. A4, in "
                    + "Traditional Chinese; `language` = zh-Hans or en for another. 400 `bad-period`. 503 font-missing."
            )
            .ProducesFile("application/pdf")
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<QueryResult> OneAsync(
        string code,
        FormLanguage? language,
        [AsParameters] FigureQuery.Query query,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        if (FigureCatalogue.Find(code) is not { } figure)
        {
            return QueryResult.NotFound;
        }

        return FigureQuery.Read(figure, query).Failed(out var refusal, out var filter)
            ? refusal
            : await PrintAsync(PaperReports.OfFigure(figure)!, filter, language, context, cancellation);
    }

    private static async Task<QueryResult> ReportAsync(
        string report,
        FormLanguage? language,
        [AsParameters] Query query,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        if (PaperReports.All.FirstOrDefault(one => one.Code == report) is not { } found)
        {
            return QueryResult.NotFound;
        }

        return Period.OfDays(query.From, query.To).Failed(out var refusal, out var period)
            ? refusal
            : await PrintAsync(found, new FigureFilter(period), language, context, cancellation);
    }

    private static async Task<QueryResult> PrintAsync(
        PaperReport report,
        FigureFilter filter,
        FormLanguage? language,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var services = context.RequestServices;
        var scope = services.GetRequiredService<RowScope>();
        if (scope.Refuse([.. report.Chapters.Select(chapter => chapter.Figure.Code)]) is { } notYours)
        {
            return notYours;
        }

        var clock = services.GetRequiredService<CompanyClock>();
        var filled = await new FigurePaper(
            services.GetRequiredService<FigureReader>(),
            services.GetRequiredService<RegistryLookup>(),
            clock
        ).FillAsync(
            report,
            filter,
            await services.GetRequiredService<Freshness>().AsOfAsync(cancellation),
            new FormTexts(
                services.GetRequiredService<Texts>(),
                CultureInfo.GetCultureInfo(language?.Tag ?? Texts.Languages[0]),
                clock.Zone
            ),
            cancellation
        );
        return FormEndpoints.Pdf(
            [filled.Document],
            $"{filled.Document.Title} {filled.Document.Number}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Code}-{filter.Period.From:yyyyMMdd}-{filter.Period.To:yyyyMMdd}"
            ),
            context
        );
    }
}
