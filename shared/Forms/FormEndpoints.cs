using System.Globalization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Forms;

/// <summary>
/// A form of the company: reads its record and fills a document. Made for each request, so its constructor takes what
/// it reads with, for example the store and the <see cref="Caller"/>.
/// </summary>
public interface IForm
{
    /// <summary>Fills the form.</summary>
    /// <param name="id">The record.</param>
    /// <param name="texts">Texts in the language of the form.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>The document, or null where the record is not there or the caller may not see it; a refusal where the
    /// form does not exist yet.</returns>
    Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation);
}

/// <summary>A filled form, or why there is none. A document that is null is one that was not found.</summary>
public readonly struct FormResult
{
    private FormResult(FormDocument? document, Refusal? refusal) => (Document, Refusal) = (document, refusal);

    public static FormResult NotFound => default;

    /// <summary>The document; null where there is none.</summary>
    public FormDocument? Document { get; }

    /// <summary>Why there is none yet.</summary>
    public Refusal? Refusal { get; }

    public static implicit operator FormResult(FormDocument? document) => new(document, null);

    public static implicit operator FormResult(Refusal refusal) => new(null, refusal);
}

/// <summary>Languages in which a form can be had: <c>zh-Hant</c>, <c>zh-Hans</c>, <c>en</c>.</summary>
public readonly record struct FormLanguage : IQueryFilter
{
    private FormLanguage(string tag) => Tag = tag;

    public string Tag { get; }

    public bool IsValid => Texts.Languages.Contains(Tag);

    public IReadOnlyList<string> Expected => Texts.Languages;

    public static bool TryParse(string? text, IFormatProvider? provider, out FormLanguage language)
    {
        language = new(text ?? "");
        return true;
    }
}

/// <summary>The endpoints of a form, the same in every service.</summary>
public static class FormEndpoints
{
    /// <summary>
    /// Maps <c>GET /{collection}/{id}/forms/{form}</c> (JSON, in the caller's language) and the same with
    /// <c>.pdf</c> (A4, in Traditional Chinese like the paper form); <c>language</c> asks for another.
    /// </summary>
    /// <typeparam name="TForm">The form; names the operations, too.</typeparam>
    /// <param name="routes">Group of the module.</param>
    /// <param name="collection">Name of the collection, for example <c>repair-orders</c>.</param>
    /// <param name="form">Name of the form, kebab-case.</param>
    /// <param name="summary">What the form is.</param>
    /// <param name="description">Its rules, and when it exists.</param>
    public static void MapForm<TForm>(
        this IEndpointRouteBuilder routes,
        string collection,
        string form,
        string summary,
        string description
    )
        where TForm : class, IForm
    {
        ArgumentNullException.ThrowIfNull(routes);
        var path = $"/{collection}/{{id:guid}}/forms/{form}";
        var make = ActivatorUtilities.CreateFactory<TForm>([]);
        routes
            .MapGet(
                path,
                (Guid id, FormLanguage? language, HttpContext context, CancellationToken cancellation) =>
                    AnswerAsync(
                        make(context.RequestServices, []),
                        id,
                        language is { } asked ? CultureInfo.GetCultureInfo(asked.Tag) : CultureInfo.CurrentUICulture,
                        context,
                        (document, _) => QueryResult.Of(document.ToView(), document.Version),
                        cancellation
                    )
            )
            .AsQuery()
            .WithName("Read" + typeof(TForm).Name)
            .WithSummary(summary)
            .WithDescription(
                description
                    + " Labels and texts are in the caller's language or that of `language`, dates of the company's "
                    + "time zone; a cell that is not filled in yet is null."
            )
            .Produces<FormView>();
        routes
            .MapGet(
                path + ".pdf",
                (Guid id, FormLanguage? language, HttpContext context, CancellationToken cancellation) =>
                    AnswerAsync(
                        make(context.RequestServices, []),
                        id,
                        CultureInfo.GetCultureInfo(language?.Tag ?? Texts.Languages[0]),
                        context,
                        Pdf,
                        cancellation
                    )
            )
            .AsQuery()
            .WithName("Print" + typeof(TForm).Name)
            .WithSummary(summary + ", as PDF")
            .WithDescription(
                description
                    + " A4, in Traditional Chinese like the paper form; `language` = zh-Hans or en for another. 503 "
                    + "font-missing: the server has no font with Chinese characters; the detail says what to install. A "
                    + "character that no font has is printed by its number, and the header Missing-Characters names it."
            )
            .ProducesFile("application/pdf")
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<QueryResult> AnswerAsync(
        IForm form,
        Guid id,
        CultureInfo language,
        HttpContext context,
        Func<FormDocument, HttpContext, QueryResult> answer,
        CancellationToken cancellation
    )
    {
        var services = context.RequestServices;
        var clock = services.GetRequiredService<CompanyClock>();
        var filled = await form.FillAsync(
            id,
            new FormTexts(services.GetRequiredService<Texts>(), language, clock.Zone),
            cancellation
        );
        if (filled.Refusal is { } refusal)
        {
            return refusal;
        }

        return filled.Document is { } document ? answer(document, context) : QueryResult.NotFound;
    }

    /// <summary>Answers with a filled form as PDF, in the language of the form.</summary>
    /// <param name="document">The form.</param>
    /// <param name="context">The request.</param>
    public static QueryResult Pdf(FormDocument document, HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Pdf([document], $"{document.Title} {document.Number}", document.Number, context);
    }

    /// <summary>Answers with several filled forms of one language as one PDF.</summary>
    /// <param name="documents">At least one.</param>
    /// <param name="title">Title of the file.</param>
    /// <param name="name">Its name, without the ending.</param>
    /// <param name="context">The request.</param>
    public static QueryResult Pdf(IReadOnlyList<FormDocument> documents, string title, string name, HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(context);
        var services = context.RequestServices;
        return QueryResult.File(
            Printing.Pdf(
                context,
                $"{name.Replace('/', '-')}.pdf",
                () =>
                    FormDocument.PrintAll(
                        documents,
                        title,
                        services.GetRequiredService<FormFont>(),
                        FormWords.In(services.GetRequiredService<Texts>(), documents[0].Language),
                        services.GetRequiredService<CompanyClock>().Now
                    )
            )
        );
    }
}
