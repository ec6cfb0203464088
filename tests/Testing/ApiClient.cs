using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.ServiceDefaults;

namespace CustomerService.Testing;

/// <summary>An answer of the API: status, ETag, body.</summary>
public sealed record ApiAnswer(
    HttpStatusCode Status,
    string? ETag,
    string? Location,
    JsonNode? Body,
    HttpResponseMessage Raw
)
{
    public JsonNode this[string name] =>
        Body?[name]
        ?? throw new InvalidOperationException($"The answer {(int)Status} has no '{name}': {Body?.ToJsonString()}");

    public string Text(string name) => this[name].ToString();

    public Guid Id => Guid.Parse(Text("id"));

    public string Number => Text("number");

    public string State => Text("state");

    /// <summary>What the caller may do next, as <c>_actions</c> has it.</summary>
    public IReadOnlyList<string> Actions => [.. this["_actions"].AsArray().Select(action => action!.ToString())];

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<JsonNode> Items => [.. this["items"].AsArray().Select(item => item!)];

    /// <summary>Code of a problem.</summary>
    public string? Code => Body?["code"]?.ToString();

    /// <summary>Rule of a problem.</summary>
    public string? Rule => Body?["rule"]?.ToString();

    /// <summary>What a problem names as missing.</summary>
    public IReadOnlyList<string> Missing => Strings("missing");

    /// <summary>The roles that can supply what is missing.</summary>
    public IReadOnlyList<string> SuppliedBy => Strings("suppliedBy");

    /// <summary>The body as the service's own type.</summary>
    public T As<T>() =>
        Body.Deserialize<T>(Json.Options)
        ?? throw new InvalidOperationException($"The answer {(int)Status} has no body.");

    /// <summary>The body as text, Chinese as itself: what a test looks for, it finds.</summary>
    public string Readable() => Body?.ToJsonString(Unescaped) ?? "";

    /// <summary>Goes on when it succeeded; shows the problem when not.</summary>
    public ApiAnswer Ok() =>
        (int)Status is >= 200 and < 300
            ? this
            : throw new InvalidOperationException(
                $"{(int)Status} from {Raw.RequestMessage?.Method} {Raw.RequestMessage?.RequestUri}: {Readable()}"
            );

    private static JsonSerializerOptions Unescaped { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private List<string> Strings(string name) => [.. (Body?[name]?.AsArray() ?? []).Select(item => item!.ToString())];
}

/// <summary>
/// Calls an API as one person: bearer token, Idempotency-Key on every POST, If-Match where a version is given. Bodies
/// are the service's own request types, <c>new RegisterComplaint.Request(…)</c>, so that a renamed member does not
/// compile; an anonymous object or text is for what no such type allows.
/// </summary>
public sealed class ApiClient(Uri address, string? token)
{
    // CS_KEEP_PDFS names a folder: papers and pages are kept there, to be looked at.
    private static readonly string? KeptPdfs = Environment.GetEnvironmentVariable("CS_KEEP_PDFS");

    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    public Task<ApiAnswer> GetAsync(string path, string? language = null, string? ifNoneMatch = null) =>
        SendAsync(HttpMethod.Get, path, null, language: language, ifNoneMatch: ifNoneMatch);

    /// <param name="path">Path, for example <c>/v1/projects</c>.</param>
    /// <param name="body">Serialised as the API spells it; a string is sent as it is; content (a form, a file) as
    /// well.</param>
    /// <param name="ifMatch">ETag of the version seen.</param>
    /// <param name="key">Idempotency-Key; a fresh one by default, none when empty.</param>
    /// <param name="language">Accept-Language.</param>
    public Task<ApiAnswer> PostAsync(
        string path,
        object? body = null,
        string? ifMatch = null,
        string? key = null,
        string? language = null
    ) => SendAsync(HttpMethod.Post, path, body, ifMatch, key ?? NewKey(), language);

    /// <inheritdoc cref="PostAsync"/>
    public Task<ApiAnswer> PutAsync(
        string path,
        object? body = null,
        string? ifMatch = null,
        string? key = null,
        string? language = null
    ) => SendAsync(HttpMethod.Put, path, body, ifMatch, key ?? NewKey(), language);

    /// <summary>Reads the record first and sends the change with its version; again when another, a job perhaps,
    /// changed it in between.</summary>
    public async Task<ApiAnswer> ChangeAsync(string record, string verb, object? body = null)
    {
        for (var tries = 5; ; tries--)
        {
            var seen = (await GetAsync(record)).Ok();
            var answer = await PostAsync($"{record}/{verb}", body, seen.ETag);
            if (tries == 1 || answer.Status != HttpStatusCode.PreconditionFailed)
            {
                return answer;
            }
        }
    }

    /// <summary>A file, or whatever is no JSON: the answer and its bytes.</summary>
    public async Task<(ApiAnswer Answer, byte[] Bytes)> DownloadAsync(string path, string? language = null)
    {
        var answer = await GetAsync(path, language);
        return (answer, await answer.Raw.Content.ReadAsByteArrayAsync());
    }

    /// <summary>What a browser gets at this address.</summary>
    public async Task<(HttpStatusCode Status, string Html, HttpResponseMessage Raw)> PageAsync(
        string path,
        string language = "en"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
        request.Headers.TryAddWithoutValidation(
            "Accept",
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        );
        request.Headers.AcceptLanguage.ParseAdd(language);
        var response = await Client.SendAsync(request);
        var html = await response.Content.ReadAsStringAsync();
        if (KeptPdfs is not null)
        {
            Directory.CreateDirectory(KeptPdfs);
            var name = string.Join('.', path.Split('?')[0].Split('/').Where(part => part.Length is > 2 and < 40));
            await File.WriteAllTextAsync(Path.Combine(KeptPdfs, $"{name}-{NewKey()[^4..]}.html"), html);
        }

        return (response.StatusCode, WebUtility.HtmlDecode(html), response);
    }

    /// <summary>Any request; the bytes of its answer are in <see cref="ApiAnswer.Raw"/>.</summary>
    public async Task<ApiAnswer> SendAsync(
        HttpMethod method,
        string path,
        object? body,
        string? ifMatch = null,
        string? key = null,
        string? language = null,
        string? ifNoneMatch = null
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (!string.IsNullOrEmpty(key))
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }

        request.Headers.AcceptLanguage.ParseAdd(language ?? "en");
        if (method != HttpMethod.Get)
        {
            request.Content = body switch
            {
                HttpContent content => content,
                string raw => new StringContent(raw, System.Text.Encoding.UTF8, "application/json"),
                _ => JsonContent.Create(body ?? new { }, options: Json.Options),
            };
        }

        var response = await Client.SendAsync(request);
        if (KeptPdfs is not null && response.Content.Headers.ContentType?.MediaType == "application/pdf")
        {
            await KeepAsync(path, KeptPdfs);
        }

        var text = await response.Content.ReadAsStringAsync();
        JsonNode? node = null;
        if (
            text.Length > 0
            && response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true
        )
        {
            node = JsonNode.Parse(text);
        }

        return new ApiAnswer(
            response.StatusCode,
            response.Headers.ETag?.ToString(),
            response.Headers.Location?.ToString(),
            node,
            response
        );
    }

    // A PDF that tests read is kept in each language when somebody wants to look at it.
    private async Task KeepAsync(string path, string folder)
    {
        var bare = path.Split('?') is [var before, var query]
            ? $"{before}?{string.Join('&', query.Split('&').Where(p => !p.StartsWith("language=", StringComparison.Ordinal)).Append("language="))}"
            : path + "?language=";
        var name = string.Join(
            '.',
            path.Split('?')[0].Split('/').Where(part => part.Length > 2 && !Guid.TryParse(part, out _))
        )[..^4];
        Directory.CreateDirectory(folder);
        foreach (var language in ServiceDefaults.Texts.Languages)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, bare + language));
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            using var response = await Client.SendAsync(request);
            await File.WriteAllBytesAsync(
                Path.Combine(folder, $"{name}-{language}-{NewKey()[^4..]}.pdf"),
                await response.Content.ReadAsByteArrayAsync()
            );
        }
    }

    private static string NewKey() => Guid.CreateVersion7().ToString("N");
}
