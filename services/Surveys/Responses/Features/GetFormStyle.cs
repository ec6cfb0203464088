using CustomerService.Surveys.Responses.Forms;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>The style sheet of the pages, beside the forms, so that the pages' own policy allows nothing
/// else.</summary>
internal static class GetFormStyle
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/f/form.css", Handle).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/f/form.js", Script).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Script(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(FormPages.Script, "text/javascript; charset=utf-8");
    }

    private static IResult Handle(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(FormPages.StyleSheet, "text/css; charset=utf-8");
    }
}
