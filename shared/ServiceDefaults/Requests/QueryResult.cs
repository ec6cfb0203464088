using CustomerService.Rules;
using Microsoft.AspNetCore.Http;

namespace CustomerService.ServiceDefaults;

/// <summary>What a read hands back: a representation with its version, a page, or why not.</summary>
public sealed class QueryResult
{
    private QueryResult() { }

    internal object? Body { get; private init; }

    internal long? Version { get; private init; }

    internal Refusal? Refusal { get; private init; }

    internal IResult? Raw { get; private init; }

    internal bool IsUnauthenticated { get; private init; }

    /// <summary>A representation with its ETag; 404 where it is null: not there, or not to be seen.</summary>
    public static QueryResult Of(object? view, long version) => new() { Body = view, Version = version };

    /// <summary>An answer that is about no single record: a page, a report. 404 where it is null.</summary>
    public static QueryResult Of(object? view) => new() { Body = view };

    /// <summary>An answer that is not JSON: a file, a stream.</summary>
    public static QueryResult File(IResult result) => new() { Raw = result };

    public static QueryResult NotFound { get; } = new();

    /// <summary>401: the token is sound, and its person may no longer use it.</summary>
    public static QueryResult Unauthenticated { get; } = new() { IsUnauthenticated = true };

    public static implicit operator QueryResult(Refusal refusal) => new() { Refusal = refusal };

    internal IResult Answer(HttpContext context)
    {
        if (Raw is not null)
        {
            return Raw;
        }

        if (Refusal is not null)
        {
            return Problems.Result(context, Refusal);
        }

        if (IsUnauthenticated)
        {
            return Problems.Result(context, StatusCodes.Status401Unauthorized, "unauthenticated");
        }

        if (Body is null)
        {
            return Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
        }

        if (Version is { } version)
        {
            context.Response.Headers.ETag = ETags.Of(version);
        }

        // The caller, the hour and the language change a representation without changing its version.
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(Body, Json.Options);
    }
}
