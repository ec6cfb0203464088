using System.Net;
using CustomerService.ServiceDefaults;

namespace CustomerService.Gateway.Work;

/// <summary><c>GET /api/work-items</c> and <c>/api/work-items/counts</c>: whose move it is, over all services.</summary>
internal static class WorkSetUp
{
    // A list that waits for the slowest is of use only while a person waits, too.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void AddWorkLists(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WorkLists>();
        builder.Services.AddHttpClient(WorkLists.Client, client => client.Timeout = Patience);
    }

    public static void MapWorkLists(this WebApplication app)
    {
        app.MapGet("/api/" + WorkLists.List, ListAsync).ExcludeFromDescription();
        app.MapGet("/api/" + WorkLists.Counts, CountAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(HttpContext context, WorkLists lists)
    {
        var answers = await lists.AskAsync(context.Request, WorkLists.List, context.RequestAborted);
        // Each service has checked the limit by the same rule.
        var limit = int.TryParse(context.Request.Query["limit"], out var asked) ? asked : PageQuery.DefaultLimit;
        return Refused(context, answers) ?? Shown(context, () => Results.Json(WorkLists.Merge(answers, limit)));
    }

    private static async Task<IResult> CountAsync(HttpContext context, WorkLists lists)
    {
        var answers = await lists.AskAsync(context.Request, WorkLists.Counts, context.RequestAborted);
        return Refused(context, answers) ?? Shown(context, () => Results.Json(WorkLists.Sum(answers)));
    }

    private static IResult Shown(HttpContext context, Func<IResult> result)
    {
        context.Response.Headers.CacheControl = "no-store";
        return result();
    }

    /// <summary>What one of them refuses all refuse; and where none can be asked there is no list.</summary>
    private static IResult? Refused(HttpContext context, IReadOnlyList<WorkLists.Answer> answers)
    {
        if (answers.FirstOrDefault(answer => !answer.IsAway && answer.Status != HttpStatusCode.OK) is { } refusal)
        {
            return Results.Json(refusal.Body, contentType: Problems.ContentType, statusCode: (int)refusal.Status!);
        }

        if (!answers.All(answer => answer.IsAway))
        {
            return null;
        }

        const string NobodyThere = "service-unavailable";
        var away = string.Join(", ", answers.Select(answer => answer.Service));
        return Problems.Result(
            context,
            StatusCodes.Status503ServiceUnavailable,
            NobodyThere,
            context
                .RequestServices.GetRequiredService<Texts>()
                .Find(NobodyThere, new Dictionary<string, object?> { ["service"] = away })
        );
    }
}
