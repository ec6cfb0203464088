using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Gateway.ApiDocument;

/// <summary>What departments' own systems read events by: <c>/asyncapi.json</c> and
/// <c>/events/{name}.schema.json</c>, without a token. They are the files of docs/events.</summary>
internal static class EventSchemas
{
    private const string Prefix = "events/";
    private const string SchemaSuffix = ".schema.json";

    private static readonly Dictionary<string, byte[]> Files = typeof(EventSchemas)
        .Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(
            name => name[Prefix.Length..],
            name => EmbeddedFile.Read(typeof(EventSchemas).Assembly, name),
            StringComparer.Ordinal
        );

    public static void MapEventSchemas(this WebApplication app)
    {
        app.MapGet("/asyncapi.json", (HttpContext context) => File(context, "asyncapi.json", "application/json"))
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapGet(
                "/events/{file}",
                (string file, HttpContext context) =>
                    file.EndsWith(SchemaSuffix, StringComparison.Ordinal)
                        ? File(context, file, "application/schema+json")
                        : NotFound(context)
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    private static IResult File(HttpContext context, string name, string type)
    {
        if (!Files.TryGetValue(name, out var content))
        {
            return NotFound(context);
        }

        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(content, type + "; charset=utf-8");
    }

    private static IResult NotFound(HttpContext context) =>
        Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
}
