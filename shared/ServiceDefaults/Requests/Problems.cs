using System.Diagnostics;
using System.Globalization;
using CustomerService.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// RFC 9457 problem details. Members beside the standard ones: <c>code</c> (stable), <c>rule</c>,
/// <c>missing</c>, <c>suppliedBy</c>,
/// <c>errors</c> (field → codes and texts), <c>traceId</c>. Title and detail are in the caller's language.
/// </summary>
public static class Problems
{
    public const string ContentType = "application/problem+json";

    /// <summary>Status of a refusal: 400 malformed, 403 role, 404 not there or not to be seen, 409 refused by a
    /// rule, 410 ended. Never 422.</summary>
    public static int StatusOf(RefusalKind kind) =>
        kind switch
        {
            RefusalKind.Invalid => StatusCodes.Status400BadRequest,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Gone => StatusCodes.Status410Gone,
            _ => StatusCodes.Status409Conflict,
        };

    public static ProblemDetails From(HttpContext context, Refusal refusal)
    {
        var texts = context.RequestServices.GetRequiredService<Texts>();
        var problem = Create(
            context,
            StatusOf(refusal.Kind),
            refusal.Code,
            texts.Find(refusal.Code, refusal.Arguments)
        );
        var separator = texts.Find("detail.separator") ?? ", ";
        var detail = new List<string>
        {
            texts.Find("detail.rule", new Dictionary<string, object?> { ["rule"] = refusal.Rule })!,
        };
        if (refusal.Missing.Count > 0)
        {
            var missing = refusal.Missing.Select(m =>
                texts.Find("missing." + m) ?? WordsOf(refusal, m) ?? texts.Field(m)
            );
            detail.Add(
                texts.Find(
                    "detail.missing",
                    new Dictionary<string, object?> { ["missing"] = string.Join(separator, missing) }
                )!
            );
        }

        if (refusal.SuppliedBy.Count > 0)
        {
            var roles = refusal.SuppliedBy.Select(r => texts.Find("role." + r) ?? r);
            detail.Add(
                texts.Find(
                    "detail.suppliedBy",
                    new Dictionary<string, object?> { ["roles"] = string.Join(separator, roles) }
                )!
            );
        }

        problem.Detail = string.Join(" ", detail);
        problem.Extensions["rule"] = refusal.Rule;
        problem.Extensions["missing"] = refusal.Missing;
        problem.Extensions["suppliedBy"] = refusal.SuppliedBy;
        foreach (var (name, value) in refusal.Arguments)
        {
            problem.Extensions.TryAdd(name, value is WordedCode worded ? InReadersLanguage(worded) : value);
        }

        return problem;
    }

    private static string? WordsOf(Refusal refusal, string missing) =>
        refusal.Arguments.Values.OfType<WordedCode>().FirstOrDefault(worded => worded.Code == missing) is { } named
            ? InReadersLanguage(named)
            : null;

    private static string InReadersLanguage(WordedCode worded) => worded.In(CultureInfo.CurrentUICulture.Name);

    public static ProblemDetails Create(
        HttpContext context,
        int status,
        string code,
        string? title = null,
        string? detail = null
    )
    {
        var texts = context.RequestServices.GetRequiredService<Texts>();
        var problem = new ProblemDetails
        {
            Status = status,
            Type = "urn:customer-service:problem:" + code,
            Title = title ?? texts.Find(code) ?? code,
            Detail = detail,
            Instance = context.RequestServices.GetRequiredService<PublicPaths>().Of(context.Request.Path),
        };
        problem.Extensions["code"] = code;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        if (
            status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout
            && !context.Response.HasStarted
        )
        {
            context.Response.Headers.RetryAfter = "5";
        }

        return problem;
    }

    public static IResult Result(HttpContext context, Refusal refusal) => Result(From(context, refusal));

    public static IResult Result(
        HttpContext context,
        int status,
        string code,
        string? title = null,
        string? detail = null
    ) => Result(Create(context, status, code, title, detail));

    internal static IResult Result(ProblemDetails problem) =>
        TypedResults.Json(problem, Json.Options, ContentType, problem.Status);
}

/// <summary>Shows people what programs read as problem details. Only a service that people come to by browser has
/// one.</summary>
public interface IProblemPage
{
    /// <summary>Answers with a page, or false where the caller is none to show one to.</summary>
    /// <param name="context">The request; the status stands in its response.</param>
    Task<bool> ShowAsync(HttpContext context);
}

/// <summary>Where the caller, in front of the gateway, finds what a service has under a path of its own.</summary>
/// <param name="service">Name of the service.</param>
internal sealed class PublicPaths(string service)
{
    /// <summary><c>complaints/{id}</c> becomes <c>/api/complaints/v1/complaints/{id}</c>.</summary>
    public string OfLocation(string location) => $"/api/{service}/v1/{location}";

    /// <summary><c>/v1/complaints</c> becomes <c>/api/complaints/v1/complaints</c>; other paths stay.</summary>
    public string Of(PathString path) =>
        path.StartsWithSegments("/v1", StringComparison.Ordinal) ? $"/api/{service}{path}" : path.ToString();
}
