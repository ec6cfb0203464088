using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CustomerService.ServiceDefaults;

/// <summary>ETags are the version of the aggregate in quotes.</summary>
public static class ETags
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>200 with the representation and its ETag, 404 when there is none.</summary>
    /// <remarks>
    /// The ETag is for <c>If-Match</c> only. Who asks, when and in which language changes the representation,
    /// but not the version: a
    /// copy is never said to be still good, and nobody keeps one.
    /// </remarks>
    public static IResult Representation(HttpContext context, object? view, long version)
    {
        if (view is null)
        {
            return Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
        }

        context.Response.Headers.ETag = Of(version);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(view, Json.Options);
    }
}

/// <summary>A page of a list. Lists are walked by key: pass <c>next</c> as <c>after</c> to get the following
/// page.</summary>
/// <param name="Items">At most <c>limit</c> items (default 50, at most 200).</param>
/// <param name="Next">Opaque cursor; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Cursor and size of a page, from <c>?after=…&amp;limit=…</c>.</summary>
/// <param name="After">Identity of the last item seen, or null for the first page.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record PageRequest(Guid? After, int Limit)
{
    /// <summary>Reads the query; the refusal says what is wrong with it.</summary>
    public static (PageRequest? Page, Rules.Refusal? Refusal) Read(string? after, int? limit)
    {
        if (limit is < 1 or > 200)
        {
            return (null, Rules.Refusal.Invalid("bad-filter", "API", "limit").With("filter", "limit"));
        }

        Guid? cursor = null;
        if (!string.IsNullOrEmpty(after))
        {
            if (!Guid.TryParseExact(after, "N", out var parsed))
            {
                return (null, Rules.Refusal.Invalid("bad-cursor", "API", "after"));
            }

            cursor = parsed;
        }

        return (new PageRequest(cursor, limit ?? 50), null);
    }

    /// <summary>Cuts a list that was read with one item more than the limit.</summary>
    public Page<TView> Cut<T, TView>(IReadOnlyList<T> read, Func<T, Guid> id, Func<T, TView> view) =>
        Cut(read, last => id(last).ToString("N"), view);

    /// <summary>The same where the cursor is more than an identity.</summary>
    public Page<TView> Cut<T, TView>(IReadOnlyList<T> read, Func<T, string> cursor, Func<T, TView> view) =>
        new(read.Take(Limit).Select(view).ToList(), read.Count > Limit ? cursor(read[Limit - 1]) : null);
}
