using System.Globalization;
using CustomerService.Forms;
using CustomerService.Projects.Data;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Projects.Revisits.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Revisits.Features;

/// <summary>回訪工程質量問題匯總 on screen, as PDF and as a workbook.</summary>
internal static class SummariseQualityProblems
{
    private const string Description = """
        Rule P3.3.2. What the revisits held in these days found, by project, part, cause, liability, repair record and
        state; by default this year so far. For staff.
        """;

    internal sealed record Query
    {
        /// <summary>First day of the revisits; default 1 January.</summary>
        public Day? From { get; init; }

        /// <summary>Last day; default today.</summary>
        public Day? To { get; init; }

        /// <summary>The project.</summary>
        public Guid? ProjectId { get; init; }

        /// <summary>Part of Table 3.1.</summary>
        public TextFilter? Part { get; init; }

        /// <summary>Causes, joined by commas.</summary>
        public EnumFilter<CauseCode>? Cause { get; init; }

        /// <summary>Liabilities, joined by commas.</summary>
        public EnumFilter<Liability>? Liability { get; init; }

        /// <summary>Language of the file; default Traditional Chinese.</summary>
        public FormLanguage? Language { get; init; }

        internal QualityProblemFilter Filter(DateOnly today) =>
            new(
                From?.Value ?? new(today.Year, 1, 1),
                To?.Value ?? today,
                ProjectId,
                Part?.Value,
                Cause?.Values,
                Liability?.Values
            );
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/quality-problems", OnScreen)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName("SummariseQualityProblems")
            .WithSummary("Summary of the quality problems that revisits found")
            .WithDescription(Description)
            .Produces<IReadOnlyList<QualityProblem>>();
        routes
            .MapGet("/quality-problems.pdf", AsPdf)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName("PrintQualityProblems")
            .WithSummary("The same as PDF")
            .WithDescription(Description)
            .ProducesFile("application/pdf")
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);
        routes
            .MapGet("/quality-problems.xlsx", AsWorkbook)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName("ExportQualityProblems")
            .WithSummary("The same as a workbook")
            .WithDescription(Description)
            .ProducesFile(Workbook.ContentType);
    }

    private static async Task<QueryResult> OnScreen(
        [AsParameters] Query query,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => QueryResult.Of(await db.QualityProblemsAsync(query.Filter(caller.Today), cancellation));

    private static async Task<QueryResult> AsPdf(
        [AsParameters] Query query,
        ProjectsDb db,
        Caller caller,
        Texts texts,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var filter = query.Filter(caller.Today);
        var problems = await db.QualityProblemsAsync(filter, cancellation);
        return FormEndpoints.Pdf(
            QualityProblemSummary.Fill(problems, filter.From, filter.To, TextsOf(query, texts, caller)),
            context
        );
    }

    private static async Task<QueryResult> AsWorkbook(
        [AsParameters] Query query,
        ProjectsDb db,
        Caller caller,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var filter = query.Filter(caller.Today);
        var problems = await db.QualityProblemsAsync(filter, cancellation);
        var book = await QualityProblemSummary.WorkbookAsync(problems, TextsOf(query, texts, caller), cancellation);
        var name = FormattableString.Invariant($"quality-problems-{filter.From:yyyyMMdd}-{filter.To:yyyyMMdd}.xlsx");
        return QueryResult.File(Results.File(book, Workbook.ContentType, name));
    }

    private static FormTexts TextsOf(Query query, Texts texts, Caller caller) =>
        new(texts, CultureInfo.GetCultureInfo(query.Language?.Tag ?? Texts.Languages[0]), caller.Clock.Zone);
}
