using CustomerService.Gateway.Edge;
using Scalar.AspNetCore;

namespace CustomerService.Gateway.ApiDocument;

/// <summary>The merged description at <c>/openapi/v1.json</c>, and the page that shows it at <c>/docs</c>.</summary>
internal static class ApiDocumentSetUp
{
    public static void AddApiDocument(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ApiDocuments>();
        builder.Services.AddHttpClient(ApiDocuments.Client);
    }

    public static void UseDocsPolicy(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (context.Request.Path == "/" && NothingHere.IsBrowser(context.Request))
                {
                    context.Response.Redirect("/docs/");
                    return;
                }

                // The page lives at /docs/, and sign-in comes back to /docs with the code in the query, which must
                // not get lost.
                if (context.Request.Path == "/docs")
                {
                    context.Response.Redirect("/docs/" + Visible(context.Request.QueryString));
                    return;
                }

                if (context.Request.Path == "/docs/")
                {
                    // The page redeems the code itself, at the issuer.
                    var signIn = await context
                        .RequestServices.GetRequiredService<ApiDocuments>()
                        .SignInAsync(context.RequestAborted);
                    context.Response.Headers.ContentSecurityPolicy = Headers.DocsPolicy(signIn?.Token);
                }

                await next(context);
            }
        );

    /// <summary>A query may hold control characters, a header may not.</summary>
    private static string Visible(QueryString query) =>
        string.Concat(
            (query.Value ?? "").Select(c =>
                c is > ' ' and < '\u007F' ? c.ToString() : Uri.EscapeDataString(c.ToString())
            )
        );

    public static void MapApiDocument(this WebApplication app, GatewaySettings settings)
    {
        app.MapGet("/openapi/v1.json", GetAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapScalarApiReference(
                "/docs",
                scalar =>
                    scalar
                        .WithTitle("Customer service API")
                        .WithOpenApiRoutePattern("/openapi/v1.json")
                        // The page talks to this system only, not to the services of its makers.
                        .DisableDefaultFonts()
                        .DisableTelemetry()
                        .DisableAgent()
                        .DisableMcp()
                        .HideDeveloperTools()
                        .HideClientButton()
                        .AddPreferredSecuritySchemes("oauth")
                        .AddAuthorizationCodeFlow(
                            "oauth",
                            flow =>
                                flow.WithClientId("console")
                                    .WithPkce(Pkce.Sha256)
                                    .WithRedirectUri(settings.PublicAddress + "/docs")
                                    .WithSelectedScopes("openid", "profile", "roles", "api")
                        )
            )
            .AllowAnonymous();
    }

    private static async Task<IResult> GetAsync(HttpContext context, ApiDocuments documents)
    {
        context.Response.Headers.CacheControl = "public, max-age=30";
        return Results.Bytes(await documents.GetAsync(context.RequestAborted), "application/json; charset=utf-8");
    }
}
