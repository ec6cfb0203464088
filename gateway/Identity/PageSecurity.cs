using CustomerService.Rules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CustomerService.Identity;

/// <summary>Headers of the pages that people see: nothing but our own stylesheet, and never in somebody's
/// frame.</summary>
internal static class PageSecurity
{
    public static void Use(WebApplication app, IdentitySettings settings)
    {
        // Browsers hold the redirects that follow a form against form-action, so the applications we send
        // people back to are in it.
        var back = settings
            .RedirectUris.Concat(settings.PostLogoutRedirectUris)
            .Select(uri => uri.GetLeftPart(UriPartial.Authority))
            .Distinct();
        var policy =
            $"default-src 'none'; style-src 'self'; form-action 'self' {string.Join(' ', back)}; frame-ancestors 'none'; base-uri 'none'";
        app.Use(
            (context, next) =>
            {
                if (context.Request.Path.StartsWithSegments("/account"))
                {
                    context.Response.Headers.ContentSecurityPolicy = policy;
                    context.Response.Headers.XContentTypeOptions = "nosniff";
                    context.Response.OnStarting(() =>
                    {
                        // Forms say it themselves; the stylesheet may be kept.
                        if (context.Response.Headers.CacheControl.Count == 0)
                        {
                            context.Response.Headers.CacheControl = "no-store";
                        }

                        return Task.CompletedTask;
                    });
                    context.Response.Headers["Referrer-Policy"] = "no-referrer";
                }

                return next(context);
            }
        );
    }
}

/// <summary>A form that has grown too old is shown again instead of an error.</summary>
internal sealed class ShowAgainWhenExpired : IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is IAntiforgeryValidationFailedResult)
        {
            context.Result = new LocalRedirectResult(
                context.HttpContext.Request.Path + context.HttpContext.Request.QueryString
            );
        }
    }

    public void OnResultExecuted(ResultExecutedContext context) { }
}

/// <summary>The pages' stylesheet, out of the assembly: this service has no folder of files to serve.</summary>
internal static class Stylesheet
{
    private static readonly byte[] Content = EmbeddedFile.Read(
        typeof(Stylesheet).Assembly,
        "CustomerService.Identity.site.css"
    );

    public static IResult Serve(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(Content, "text/css; charset=utf-8");
    }
}
