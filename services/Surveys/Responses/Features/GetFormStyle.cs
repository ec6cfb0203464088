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
        routes.MapGet("/f/interview.js", InterviewScript).AllowAnonymous().ExcludeFromDescription();
        // Beside the pages that it opens: it may answer for nothing that lies higher.
        routes.MapGet("/f/i/worker.js", InterviewWorker).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Script(HttpContext context) =>
        File(context, FormPages.Script, "text/javascript; charset=utf-8");

    private static IResult InterviewScript(HttpContext context) =>
        File(context, FormPages.InterviewScript, "text/javascript; charset=utf-8");

    private static IResult InterviewWorker(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        // It has a policy of its own: it asks this server, and runs nothing else.
        headers.ContentSecurityPolicy = "default-src 'none'; connect-src 'self'";
        headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(FormPages.InterviewWorker, "text/javascript; charset=utf-8");
    }

    private static IResult Handle(HttpContext context) =>
        File(context, FormPages.StyleSheet, "text/css; charset=utf-8");

    private static IResult File(HttpContext context, byte[] content, string type)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(content, type);
    }
}
