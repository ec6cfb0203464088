using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CustomerService.ServiceDefaults;

namespace CustomerService.Gateway.Edge;

/// <summary>What a person reads whose browser came to an address that has no page. Programs go on to get problem
/// details.</summary>
internal sealed class NothingHere(Texts texts) : IProblemPage
{
    private const string Style =
        "body{font:1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:15vh auto 0;padding:0 1rem}h1{font-size:1.4rem}";

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public async Task<bool> ShowAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!IsBrowser(request))
        {
            return false;
        }

        // Who has to sign in for an address that leads nowhere would be none the wiser.
        var nothing = context.GetEndpoint() is null;
        if (nothing)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            response.Headers.WWWAuthenticate = default;
        }

        var (title, hint) = (nothing, response.StatusCode) switch
        {
            (false, StatusCodes.Status401Unauthorized) => ("page.closed", "page.closed.hint"),
            (true, _) or (_, StatusCodes.Status404NotFound) => ("page.nothing", "page.nothing.hint"),
            _ => (null, null),
        };
        if (title is null)
        {
            return false;
        }

        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = "no-store";
        var language = CultureInfo.CurrentUICulture.Name;
        await response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="{language}"><head><meta charset="utf-8"><title>{Say(title)} – {Say("page.product")}</title>
            <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
            <meta name="color-scheme" content="light dark"><style>{Style}</style></head>
            <body><p>{Say("page.product")}</p><h1>{Say(title)}</h1><p>{Say(hint!)}</p>
            <p><a href="/docs/">{Say("page.documentation")}</a> · <a href="/docs/metrics?language={language}">{Say(
                "page.metrics"
            )}</a></p></body></html>

            """,
            context.RequestAborted
        );
        return true;
    }

    /// <summary>Reads for a person: asks for pages by name.</summary>
    public static bool IsBrowser(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.Ordinal));

    private string Say(string key) => WebUtility.HtmlEncode(texts.Find(key)!);
}
