using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;

namespace CustomerService.Gateway.Limits;

/// <summary>
/// A body that says it is too large is refused before anything is forwarded; one that turns out so is cut off by
/// the server, see <see cref="Proxy.Forwarding"/>.
/// </summary>
internal static class RequestSize
{
    public static async Task LimitAsync(HttpContext context, RequestDelegate next)
    {
        var size = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        var limit = size?.MaxRequestBodySize;
        if (context.Request.ContentLength <= limit || context.Request.ContentLength is null || limit is null)
        {
            await next(context);
            return;
        }

        // The server reads on for a few seconds and throws away what still comes: cut off at once, the caller
        // would see a broken connection instead of the answer.
        if (!size!.IsReadOnly)
        {
            size.MaxRequestBodySize = null;
        }

        var problem = Problems.Create(context, StatusCodes.Status413PayloadTooLarge, "too-large");
        problem.Extensions["maximumBytes"] = limit;
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        await context.Response.WriteAsJsonAsync(problem, Json.Options, Problems.ContentType, context.RequestAborted);
    }
}
