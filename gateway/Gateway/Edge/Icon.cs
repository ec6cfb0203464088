namespace CustomerService.Gateway.Edge;

/// <summary>The mark that browsers show beside a page's title. They ask for it at every page, signed in or not.</summary>
internal static class Icon
{
    private const string Svg = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0b5cad"/><path d="M8 17l5 5 11-12" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>
        """;

    public static void MapIcon(this WebApplication app) =>
        app.MapGet(
                "/favicon.ico",
                (HttpContext context) =>
                {
                    context.Response.Headers.CacheControl = "public, max-age=86400";
                    return Results.Text(Svg, "image/svg+xml");
                }
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
}
