using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Client;

/// <summary>How a call goes over the wire; the generated clients say which.</summary>
/// <param name="http">Its base address is the gateway's.</param>
public abstract class ApiClient(HttpClient http)
{
    /// <summary>How the API spells JSON. Members that an answer has beside the known ones are passed over.</summary>
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter() },
        };

    /// <summary>A call whose answer has no body.</summary>
    protected async Task<ApiResponse> SendAsync(
        HttpMethod method,
        string path,
        IReadOnlyList<(string Name, string? Value)> query,
        HttpContent? content,
        string? ifMatch,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        using var answer = await CallAsync(method, path, query, content, ifMatch, idempotencyKey, cancellationToken)
            .ConfigureAwait(false);
        return new ApiResponse((int)answer.StatusCode, HeadersOf(answer));
    }

    /// <summary>A call whose answer is JSON.</summary>
    protected async Task<ApiResponse<TResult>> SendAsync<TResult>(
        HttpMethod method,
        string path,
        IReadOnlyList<(string Name, string? Value)> query,
        HttpContent? content,
        string? ifMatch,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        using var answer = await CallAsync(method, path, query, content, ifMatch, idempotencyKey, cancellationToken)
            .ConfigureAwait(false);
        var headers = HeadersOf(answer);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return new ApiResponse<TResult>(
                (int)answer.StatusCode,
                headers,
                JsonSerializer.Deserialize<TResult>(text, Options)
                    ?? throw new JsonException("The answer is null, which was not expected.")
            );
        }
        catch (JsonException unread)
        {
            throw new ApiException((int)answer.StatusCode, text, headers, null, unread);
        }
    }

    /// <summary>A call whose answer is a file.</summary>
    protected async Task<ApiResponse<byte[]>> DownloadAsync(
        HttpMethod method,
        string path,
        IReadOnlyList<(string Name, string? Value)> query,
        HttpContent? content,
        string? ifMatch,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        using var answer = await CallAsync(method, path, query, content, ifMatch, idempotencyKey, cancellationToken)
            .ConfigureAwait(false);
        return new ApiResponse<byte[]>(
            (int)answer.StatusCode,
            HeadersOf(answer),
            await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)
        );
    }

    /// <summary>A part of a path.</summary>
    protected static string Segment<T>(T value) => Uri.EscapeDataString(Value(value) ?? "");

    /// <summary>A value as it stands in an address; null where it is not given.</summary>
    protected static string? Value<T>(T value) =>
        value switch
        {
            null => null,
            bool yes => yes ? "true" : "false",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset at => at.ToString("o", CultureInfo.InvariantCulture),
            Enum word => JsonSerializer.SerializeToElement(word, word.GetType(), Options).GetString(),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };

    /// <summary>A body of JSON.</summary>
    protected static HttpContent Json<T>(T body) => JsonContent.Create(body, options: Options);

    private async Task<HttpResponseMessage> CallAsync(
        HttpMethod method,
        string path,
        IReadOnlyList<(string Name, string? Value)> query,
        HttpContent? content,
        string? ifMatch,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        var given = query.Where(q => q.Value is not null).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}");
        var address = string.Join('&', given) is { Length: > 0 } filters ? $"{path}?{filters}" : path;
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative)) { Content = content };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        var answer = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw new ApiException((int)answer.StatusCode, text, HeadersOf(answer), ProblemIn(answer, text), null);
        }
    }

    private static Problem? ProblemIn(HttpResponseMessage answer, string text)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Problem>(text, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, IEnumerable<string>> HeadersOf(HttpResponseMessage answer) =>
        answer.Headers.Concat(answer.Content.Headers).ToDictionary(h => h.Key, h => h.Value);
}
