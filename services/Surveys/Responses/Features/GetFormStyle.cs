using CustomerService.Surveys.Responses.Forms;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>The style sheet of the pages, beside the forms, so that the pages' own policy allows nothing
/// else.</summary>
internal static class GetFormStyle
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/forms/form.css", Handle).AllowAnonymous().ExcludeFromDescription();

    private static IResult Handle(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(FormPages.StyleSheet, "text/css; charset=utf-8");
    }
}
