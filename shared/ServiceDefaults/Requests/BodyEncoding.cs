using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Bodies are in UTF-8. A quoted charset, which the standard allows, is written plainly for the framework, which
/// does not know it; another charset, or a media type that cannot be read, is 415.
/// </summary>
internal static class BodyEncoding
{
    private static readonly string[] Known = [Encoding.UTF8.WebName, Encoding.ASCII.WebName, "utf8"];

    internal static Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (string.IsNullOrEmpty(request.ContentType) || HttpMethods.IsGet(request.Method))
        {
            return next(context);
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return RefuseAsync(context);
        }

        if (type.Charset.HasValue)
        {
            var charset = HeaderUtilities.RemoveQuotes(type.Charset).ToString();
            if (!Known.Contains(charset, StringComparer.OrdinalIgnoreCase))
            {
                return RefuseAsync(context);
            }

            type.Charset = Encoding.UTF8.WebName;
            request.ContentType = type.ToString();
        }

        return next(context);
    }

    private static Task RefuseAsync(HttpContext context) =>
        Problems.Result(context, StatusCodes.Status415UnsupportedMediaType, "media-type").ExecuteAsync(context);
}
