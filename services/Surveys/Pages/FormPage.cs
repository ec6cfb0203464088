using System.Globalization;
using System.Net;
using System.Text;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Domain;
using CustomerService.Surveys.Features;

namespace CustomerService.Surveys.Pages;

/// <summary>
/// The form FM006 as a page: plain HTML that works without scripts, by keyboard, in a screen reader and on a
/// small telephone.
/// Everything that is said stands in the resources.
/// </summary>
internal sealed class FormPage(Texts texts, CompanyClock clock)
{
    private const string Overall = "overall";
    private const string OverallComment = "overallComment";
    private const string Suggestions = "suggestions";
    private const string Respondent = "respondent";
    private const string GradePrefix = "grade.";
    private const string CommentPrefix = "comment.";

    private static readonly byte[] StyleSheet = ReadStyle();

    /// <summary>The style sheet, beside the forms so that the page's own policy allows nothing else.</summary>
    public static IResult Style(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(StyleSheet, "text/css; charset=utf-8");
    }

    /// <summary>What a browser sends back for a form of these items.</summary>
    public static FilledForm Read(IFormCollection form, IEnumerable<string> items)
    {
        static string? Text(IFormCollection form, string name) =>
            form[name].FirstOrDefault() is { Length: > 0 } text ? text : null;

        return new FilledForm(
            Text(form, Overall),
            Text(form, OverallComment),
            [
                .. items
                    .Where(item => Text(form, GradePrefix + item) is not null)
                    .Select(item => new FilledItem(
                        item,
                        Text(form, GradePrefix + item),
                        Text(form, CommentPrefix + item)
                    )),
            ],
            // A comment on an item that was not graded would be lost with it: it goes to the suggestions.
            string.Join(
                '\n',
                new[] { Text(form, Suggestions) }
                    .Concat(
                        items
                            .Where(item => Text(form, GradePrefix + item) is null)
                            .Select(item => Text(form, CommentPrefix + item))
                    )
                    .OfType<string>()
            ),
            Text(form, Respondent)
        );
    }

    /// <summary>The form, empty or with what was filled in and what is wrong with it.</summary>
    public IResult Form(Invitation invitation, QuestionnaireView questionnaire, FilledForm filled, Refusal? wrong)
    {
        var html = Begin(questionnaire.Title);
        if (wrong is not null)
        {
            html.Append("<div class=\"wrong\" role=\"alert\"><p>").Append(E(WhatIsWrong(wrong))).Append("</p></div>\n");
        }

        html.Append("<p class=\"intro\">")
            .Append(E(Text("form.intro", ("customer", invitation.CustomerName), ("day", LastDay(invitation)))));
        if (invitation.SourceNumber is { } number)
        {
            html.Append(" <span class=\"about\">").Append(E(Text("form.about", ("number", number)))).Append("</span>");
        }

        html.Append("</p>\n<form method=\"post\" accept-charset=\"utf-8\">\n");
        var missing = wrong?.Missing.Contains(Overall) == true;
        html.Append("<section class=\"overall\"><h2 id=\"d-overall\">")
            .Append(E(questionnaire.Overall))
            .Append("</h2>\n");
        Question(
            html,
            questionnaire,
            Overall,
            OverallComment,
            Overall,
            E(Text("form.overallQuestion")),
            filled.Overall,
            filled.OverallComment,
            required: true,
            missing
        );
        html.Append("</section>\n");

        foreach (var dimension in questionnaire.Dimensions)
        {
            html.Append("<section aria-labelledby=\"d-")
                .Append(dimension.Code)
                .Append("\"><h2 id=\"d-")
                .Append(dimension.Code)
                .Append("\"><span class=\"letter\">")
                .Append(dimension.Code)
                .Append("</span> ")
                .Append(E(dimension.Text))
                .Append("</h2>\n");
            foreach (var item in dimension.Items)
            {
                var answer = filled.Items?.FirstOrDefault(i => i?.Item == item.Code);
                Question(
                    html,
                    questionnaire,
                    GradePrefix + item.Code,
                    CommentPrefix + item.Code,
                    item.Code,
                    E(item.Text),
                    answer?.Grade,
                    answer?.Comment,
                    required: false,
                    wrong?.Missing.Contains(item.Code) == true
                );
            }

            html.Append("</section>\n");
        }

        html.Append("<section><h2>")
            .Append(E(Text("form.words")))
            .Append("</h2>\n")
            .Append("<label class=\"field\" for=\"suggestions\">")
            .Append(E(Text("form.suggestions")))
            .Append("</label>")
            .Append("<textarea id=\"suggestions\" name=\"suggestions\" rows=\"4\" maxlength=\"4000\">")
            .Append(E(filled.Suggestions))
            .Append("</textarea>\n")
            .Append("<label class=\"field\" for=\"respondent\">")
            .Append(E(Text("form.respondent")))
            .Append("</label>")
            .Append("<input id=\"respondent\" name=\"respondent\" maxlength=\"100\" autocomplete=\"name\" value=\"")
            .Append(E(filled.Respondent))
            .Append("\">\n</section>\n")
            .Append("<button type=\"submit\">")
            .Append(E(Text("form.submit")))
            .Append("</button>\n</form>\n");
        return End(html, wrong is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    /// <summary>The form has come back.</summary>
    public IResult Thanks() =>
        End(
            Begin(Text("fm006.title"), switchable: false)
                .Append("<div class=\"done\" role=\"status\"><p>")
                .Append(E(Text("form.thanks")))
                .Append("</p></div>\n"),
            StatusCodes.Status200OK
        );

    /// <summary>There is no form here, or none any more.</summary>
    public IResult Closed(int status, string code) =>
        End(
            Begin(Text("fm006.title"))
                .Append("<div class=\"closed\" role=\"status\"><p>")
                .Append(E(Text(code)))
                .Append("</p><p>")
                .Append(E(Text("form.contactUs")))
                .Append("</p></div>\n"),
            status
        );

    private void Question(
        StringBuilder html,
        QuestionnaireView questionnaire,
        string name,
        string commentName,
        string id,
        string text,
        string? grade,
        string? comment,
        bool required,
        bool wrong
    )
    {
        var label = E(Text("form.comment"));
        html.Append("<fieldset")
            .Append(wrong ? " class=\"bad\"" : "")
            .Append("><legend>")
            .Append(text)
            .Append(required ? " <span class=\"required\" aria-hidden=\"true\">*</span>" : "")
            .Append("</legend><div class=\"grades\">");
        foreach (var option in questionnaire.Grades)
        {
            var key = $"{id}-{option.Code}";
            html.Append("<label for=\"")
                .Append(key)
                .Append("\"><input type=\"radio\" id=\"")
                .Append(key)
                .Append("\" name=\"")
                .Append(name)
                .Append("\" value=\"")
                .Append(option.Code)
                .Append('"')
                .Append(option.Code == grade ? " checked" : "")
                .Append(required ? " required" : "")
                .Append("><span>")
                .Append(E(option.Text))
                .Append("</span></label>");
        }

        html.Append("</div><details")
            .Append(string.IsNullOrEmpty(comment) ? "" : " open")
            .Append("><summary>")
            .Append(label)
            .Append("</summary><textarea name=\"")
            .Append(commentName)
            .Append("\" rows=\"2\" maxlength=\"1000\" aria-label=\"")
            .Append(label)
            .Append(": ")
            .Append(text)
            .Append("\">")
            .Append(E(comment))
            .Append("</textarea></details></fieldset>\n");
    }

    private static string E(string? text) => WebUtility.HtmlEncode(text ?? "");

    private static byte[] ReadStyle()
    {
        using var stream =
            typeof(FormPage).Assembly.GetManifestResourceStream("form.css")
            ?? throw new InvalidOperationException("form.css is not in the assembly.");
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    private string Text(string key, params (string Name, object? Value)[] arguments) =>
        texts.Find(key, arguments.ToDictionary(a => a.Name, a => a.Value)) ?? key;

    // The last whole day on which the link works; in the company's time zone, as the customer reads it.
    private string LastDay(Invitation invitation) =>
        clock.DateOf(invitation.ExpiresAt.AddMilliseconds(-1)).ToString("D", CultureInfo.CurrentCulture);

    private string WhatIsWrong(Refusal wrong) =>
        texts.Find(
            wrong.Code,
            new Dictionary<string, object?>(wrong.Arguments)
            {
                ["item"] = wrong.Arguments.GetValueOrDefault("item") is string item
                    ? texts.Find(item == Overall ? "fm006.overall" : "item." + item)
                        ?? texts.Find("form." + item)
                        ?? item
                    : "",
            }
        ) ?? wrong.Code;

    private StringBuilder Begin(string title, bool switchable = true)
    {
        var language = CultureInfo.CurrentUICulture.Name;
        var html = new StringBuilder(16 * 1024)
            .Append("<!DOCTYPE html>\n<html lang=\"")
            .Append(language)
            .Append(
                "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            )
            .Append("<meta name=\"robots\" content=\"noindex\">\n<title>")
            .Append(E(title))
            .Append("</title>\n<link rel=\"stylesheet\" href=\"form.css\">\n</head>\n<body>\n<header>");
        if (switchable)
        {
            html.Append("<nav aria-label=\"").Append(E(Text("form.language"))).Append("\">");
            foreach (var code in Texts.Languages)
            {
                html.Append("<a lang=\"")
                    .Append(code)
                    .Append("\" hreflang=\"")
                    .Append(code)
                    .Append("\" href=\"?culture=")
                    .Append(code)
                    .Append('"')
                    .Append(code == language ? " aria-current=\"true\"" : "")
                    .Append('>')
                    .Append(E(Text("language." + code)))
                    .Append("</a>");
            }

            html.Append("</nav>");
        }

        return html.Append("<h1>").Append(E(title)).Append("</h1></header>\n<main>\n");
    }

    private PageResult End(StringBuilder html, int status)
    {
        html.Append("</main>\n</body>\n</html>\n");
        return new PageResult(html.ToString(), status);
    }

    private sealed class PageResult(string html, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.ContentSecurityPolicy =
                "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
            response.Headers.XContentTypeOptions = "nosniff";
            return response.WriteAsync(html, httpContext.RequestAborted);
        }
    }
}
