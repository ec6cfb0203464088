namespace CustomerService.Client;

/// <summary>An answer without a body, with what its headers say.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Headers">All headers.</param>
public record ApiResponse(int StatusCode, IReadOnlyDictionary<string, IEnumerable<string>> Headers)
{
    /// <summary>Version of the record, for <c>ifMatch</c> of the next change; null where there is none.</summary>
    public string? ETag => Header("ETag");

    /// <summary>Address of a new record.</summary>
    public string? Location => Header("Location");

    /// <summary>True where the same command was carried out before under the same key.</summary>
    public bool IsReplayed => Header("Idempotency-Replayed") == "true";

    private string? Header(string name) =>
        Headers
            .FirstOrDefault(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase))
            .Value?.FirstOrDefault();
}

/// <summary>An answer with its body.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Headers">All headers.</param>
/// <param name="Result">The body.</param>
public sealed record ApiResponse<TResult>(
    int StatusCode,
    IReadOnlyDictionary<string, IEnumerable<string>> Headers,
    TResult Result
) : ApiResponse(StatusCode, Headers);
