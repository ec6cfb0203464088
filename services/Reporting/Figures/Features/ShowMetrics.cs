using System.Globalization;
using System.Net;
using System.Text;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Figures.Features;

/// <summary>The page about all figures, made from their definitions.</summary>
internal static class ShowMetrics
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/docs/metrics", Handle).AllowAnonymous().ExcludeFromDescription();

    private static IResult Handle(string? language, Texts texts)
    {
        var culture = CultureInfo.GetCultureInfo(
            Texts.Languages.Contains(language) ? language! : CultureInfo.CurrentUICulture.Name
        );
        string Text(string key) => WebUtility.HtmlEncode(texts.Find(key, culture: culture) ?? "");
        var page = new StringBuilder();
        page.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!doctype html><html lang="{culture.Name}"><head><meta charset="utf-8"><title>{Text(
                "metrics.title"
            )}</title>
            <meta name="viewport" content="width=device-width">
            <style>body{"{"}font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem{"}"}
            dt{"{"}font-weight:600{"}"}dd{"{"}margin:0 0 .4rem{"}"}h2{"{"}margin-top:2.2rem{"}"}code{"{"}font-size:.9em{"}"}</style></head>
            <body><nav>{string.Join(
                " · ",
                Texts.Languages.Select(l =>
                    l == culture.Name
                        ? $"""<span lang="{l}" aria-current="true">{Texts.OwnName(l)}</span>"""
                        : $"""<a href="?language={l}" lang="{l}" hreflang="{l}">{Texts.OwnName(l)}</a>"""
                )
            )}</nav>
            <h1>{Text("metrics.title")}</h1><p>{Text("metrics.about")}</p>

            """
        );
        foreach (var figure in FigureCatalogue.All)
        {
            var key = "figure." + figure.Code;
            page.Append(
                CultureInfo.InvariantCulture,
                $"""
                <h2 id="{figure.Code}">{Text(key)}</h2><p><code>{figure.Code}</code></p><dl>
                <dt>{Text("metrics.rule")}</dt><dd>{figure.Rule}: {Text("rule." + figure.Rule)}</dd>
                <dt>{Text("metrics.kind")}</dt><dd>{Text("metrics.kind." + figure.Kind.ToKebab())} ({Text(
                    "metrics.unit." + figure.Unit
                )})</dd>
                <dt>{Text("metrics.formula")}</dt><dd>{Text(key + ".formula")}</dd>

                """
            );
            if (Text(key + ".excludes") is { Length: > 0 } excludes)
            {
                page.Append(CultureInfo.InvariantCulture, $"<dt>{Text("metrics.excludes")}</dt><dd>{excludes}</dd>\n");
            }

            page.Append(
                CultureInfo.InvariantCulture,
                $"""
                <dt>{Text("metrics.dimensions")}</dt><dd>{Codes(figure.Dimensions)}</dd>
                <dt>{Text("metrics.events")}</dt><dd>{Codes(figure.Events)}</dd></dl>

                """
            );
        }

        page.Append("</body></html>\n");
        return Results.Text(page.ToString(), "text/html; charset=utf-8", Encoding.UTF8);
    }

    private static string Codes(IEnumerable<string> words) =>
        string.Join(", ", words.Select(word => $"<code>{WebUtility.HtmlEncode(word)}</code>"));
}
