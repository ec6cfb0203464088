using System.Globalization;
using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Surveys.Sheets;

/// <summary>Fills a sheet; a refusal where the question was wrong, null where there is nothing to be seen.</summary>
internal delegate Task<Result<TableSheet>?> FillSheet<in TQuery>(
    TQuery query,
    IServiceProvider services,
    FormTexts texts,
    CancellationToken cancellation
);

/// <summary>The two files of a report: on paper, and as a workbook.</summary>
internal static class SheetFiles
{
    /// <summary>Maps <c>{path}.pdf</c> and <c>{path}.xlsx</c>, in Traditional Chinese unless <c>language</c> asks for
    /// another.</summary>
    /// <param name="routes">Group of the module.</param>
    /// <param name="path">Where the same is shown as JSON.</param>
    /// <param name="name">Names the operations, for example <c>Satisfaction</c>.</param>
    /// <param name="summary">What it is.</param>
    /// <param name="description">Its rules.</param>
    /// <param name="fill">Fills it.</param>
    public static void MapSheet<TQuery>(
        this IEndpointRouteBuilder routes,
        string path,
        string name,
        string summary,
        string description,
        FillSheet<TQuery> fill
    )
    {
        routes
            .MapGet(
                path + ".pdf",
                (
                    [AsParameters] TQuery query,
                    FormLanguage? language,
                    HttpContext context,
                    CancellationToken cancellation
                ) =>
                    AnswerAsync(
                        query,
                        fill,
                        language,
                        context,
                        (sheet, tongue) => Task.FromResult(FormEndpoints.Pdf(sheet.ToDocument(tongue), context)),
                        cancellation
                    )
            )
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName("Print" + name)
            .WithSummary(summary + ", as PDF")
            .WithDescription(description)
            .ProducesFile("application/pdf")
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);
        routes
            .MapGet(
                path + ".xlsx",
                (
                    [AsParameters] TQuery query,
                    FormLanguage? language,
                    HttpContext context,
                    CancellationToken cancellation
                ) =>
                    AnswerAsync(
                        query,
                        fill,
                        language,
                        context,
                        async (sheet, _) =>
                            QueryResult.File(
                                Results.File(
                                    await sheet.ToWorkbookAsync(cancellation),
                                    Workbook.ContentType,
                                    $"{sheet.Key}-{sheet.Number.Replace('/', '-')}.xlsx"
                                )
                            ),
                        cancellation
                    )
            )
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName("Export" + name)
            .WithSummary(summary + ", as a workbook")
            .WithDescription(description)
            .ProducesFile(Workbook.ContentType);
    }

    private static async Task<QueryResult> AnswerAsync<TQuery>(
        TQuery query,
        FillSheet<TQuery> fill,
        FormLanguage? asked,
        HttpContext context,
        Func<TableSheet, CultureInfo, Task<QueryResult>> answer,
        CancellationToken cancellation
    )
    {
        var services = context.RequestServices;
        var language = CultureInfo.GetCultureInfo(asked?.Tag ?? Texts.Languages[0]);
        var texts = new FormTexts(
            services.GetRequiredService<Texts>(),
            language,
            services.GetRequiredService<CompanyClock>().Zone
        );
        return await fill(query, services, texts, cancellation) is not { } filled ? QueryResult.NotFound
            : filled.Failed(out var refusal, out var sheet) ? refusal
            : await answer(sheet, language);
    }
}
