using System.Globalization;

namespace CustomerService.Client;

/// <summary>The API answered with something other than success, or with what cannot be read.</summary>
/// <param name="statusCode">The HTTP status.</param>
/// <param name="response">The body as text.</param>
/// <param name="headers">All headers.</param>
/// <param name="problem">The problem, where the answer has one.</param>
/// <param name="unread">Why the answer could not be read, where that is the fault.</param>
public sealed class ApiException(
    int statusCode,
    string response,
    IReadOnlyDictionary<string, IEnumerable<string>> headers,
    Problem? problem,
    Exception? unread
)
    : Exception(
        problem is null
            ? string.Create(CultureInfo.InvariantCulture, $"The API answered {statusCode}. {unread?.Message}").TrimEnd()
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{statusCode} {problem.Code}: {problem.Title} {problem.Detail}"
            ),
        unread
    )
{
    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; } = statusCode;

    /// <summary>The body as text.</summary>
    public string Response { get; } = response;

    /// <summary>All headers.</summary>
    public IReadOnlyDictionary<string, IEnumerable<string>> Headers { get; } = headers;

    /// <summary>The problem; null where the answer has none, for example a proxy's own page.</summary>
    public Problem? Problem { get; } = problem;

    /// <summary>How long to wait, after 429 and 503.</summary>
    public TimeSpan? RetryAfter =>
        Headers.TryGetValue("Retry-After", out var values)
        && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
