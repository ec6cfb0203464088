using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;

namespace CustomerService.Local;

/// <summary>
/// A person at the system's door: signs in as a browser does (authorization code with PKCE, the issuer's own
/// form) and uses the API
/// through the gateway, with an idempotency key on every change and the version that was read in If-Match.
/// </summary>
internal sealed partial class DemoClient : IDisposable
{
    private const string ClientId = "console";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly HttpClient _http;
    private readonly Uri _gateway;
    private readonly string _userName;
    private readonly string _password;
    private DateTimeOffset _until;

    /// <param name="gateway">Public address of the system.</param>
    /// <param name="userName">Name for signing in.</param>
    /// <param name="password">Password.</param>
    public DemoClient(Uri gateway, string userName, string password)
    {
        _gateway = gateway;
        _userName = userName;
        _password = password;
        _http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }
        )
        {
            BaseAddress = gateway,
            Timeout = TimeSpan.FromSeconds(60),
        };
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-Hant");
    }

    /// <summary>Reads a representation.</summary>
    public Task<Answer> GetAsync(string path, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Get, path, null, null, null, cancellation);

    /// <summary>Creates a record.</summary>
    /// <param name="path">For example <c>/api/projects/v1/projects</c>.</param>
    /// <param name="body">Written as JSON.</param>
    /// <param name="key">Idempotency key; a new one when null. With a key of the caller's own the call can be
    /// repeated.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Answer> PostAsync(
        string path,
        object body,
        string? key = null,
        CancellationToken cancellation = default
    ) => SendAsync(HttpMethod.Post, path, body, key ?? Guid.CreateVersion7().ToString("N"), null, cancellation);

    /// <summary>Does something with a record: reads it for its version, then posts to the verb below it.</summary>
    /// <param name="record">Path of the record, as in the Location of its creation.</param>
    /// <param name="verb">Last part of the command's path.</param>
    /// <param name="body">Written as JSON; an empty object when null.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Answer> DoAsync(
        string record,
        string verb,
        object? body = null,
        CancellationToken cancellation = default
    )
    {
        var seen = (await GetAsync(record, cancellation)).MustBe(HttpStatusCode.OK);
        return await SendAsync(
            HttpMethod.Post,
            $"{record}/{verb}",
            body ?? new { },
            Guid.CreateVersion7().ToString("N"),
            seen.ETag,
            cancellation
        );
    }

    /// <summary>Sends a request; when the gateway asks to go slower, waits as long as it says.</summary>
    /// <exception cref="StartException">Nobody answered.</exception>
    public async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        object? body,
        string? key,
        string? ifMatch,
        CancellationToken cancellation
    )
    {
        try
        {
            await SignedInAsync(cancellation);
            return await ExchangeAsync(method, path, body, key, ifMatch, cancellation);
        }
        catch (Exception error)
            when (error is HttpRequestException
                || (error is TaskCanceledException && !cancellation.IsCancellationRequested)
            )
        {
            throw new StartException($"{method} {path} as {_userName}: {_gateway} does not answer: {error.Message}");
        }
    }

    private async Task<Answer> ExchangeAsync(
        HttpMethod method,
        string path,
        object? body,
        string? key,
        string? ifMatch,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
            {
                request.Content = JsonContent.Create(body, body.GetType(), options: Json);
            }

            if (key is not null)
            {
                request.Headers.Add("Idempotency-Key", key);
            }

            if (ifMatch is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
            }

            using var response = await _http.SendAsync(request, cancellation);
            if (
                response.StatusCode == HttpStatusCode.TooManyRequests
                && response.Headers.RetryAfter?.Delta is { } pause
            )
            {
                await Task.Delay(pause, cancellation);
                continue;
            }

            var text = await response.Content.ReadAsStringAsync(cancellation);
            var isJson =
                response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
            return new Answer(
                $"{method} {path}",
                response.StatusCode,
                isJson && text.Length > 0 ? JsonNode.Parse(text) : null,
                text,
                response.Headers.ETag?.ToString(),
                response.Headers.Location?.ToString()
            );
        }
    }

    /// <summary>Signs in when that was not yet done or the token is about to end.</summary>
    /// <exception cref="StartException">The issuer did not let this person in; the message says at which
    /// step.</exception>
    private async Task SignedInAsync(CancellationToken cancellation)
    {
        if (TimeProvider.System.GetUtcNow() < _until)
        {
            return;
        }

        _http.DefaultRequestHeaders.Authorization = null;
        var verifier = RandomNumberGenerator.GetString(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            64
        );
        var challenge = Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var state = RandomNumberGenerator.GetHexString(16);
        var callback = new Uri(_gateway, "/callback").AbsoluteUri;
        var next = new Uri(
            _gateway,
            $"/connect/authorize?response_type=code&client_id={ClientId}&redirect_uri={Uri.EscapeDataString(callback)}&scope={Uri.EscapeDataString("openid profile api")}&state={state}&code_challenge={challenge}&code_challenge_method=S256"
        );
        for (var hop = 0; hop < 10; hop++)
        {
            using var response = await _http.GetAsync(next, cancellation);
            var page = response;
            HttpResponseMessage? posted = null;
            try
            {
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    page = posted = await FillInAsync(response, next, cancellation);
                }

                if (page.Headers.Location is not { } location)
                {
                    throw new StartException(
                        $"{_userName} could not sign in at {next.GetLeftPart(UriPartial.Path)}: {(int)page.StatusCode}. {ErrorOf(await page.Content.ReadAsStringAsync(cancellation))}"
                    );
                }

                next = new Uri(next, location);
            }
            finally
            {
                posted?.Dispose();
            }

            if (next.AbsoluteUri.StartsWith(callback, StringComparison.Ordinal))
            {
                await RedeemAsync(HttpUtility.ParseQueryString(next.Query), state, callback, verifier, cancellation);
                return;
            }
        }

        throw new StartException($"{_userName} could not sign in: the issuer redirects without end, last to {next}.");
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("<input[^>]*name=\"(?<name>__RequestVerificationToken)\"[^>]*value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenField();

    [GeneratedRegex("<p[^>]*id=\"error\"[^>]*>(?<text>[^<]*)</p>")]
    private static partial Regex ErrorText();

    private static string ErrorOf(string html) => WebUtility.HtmlDecode(ErrorText().Match(html).Groups["text"].Value);

    private static string Base64Url(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private async Task<HttpResponseMessage> FillInAsync(
        HttpResponseMessage form,
        Uri address,
        CancellationToken cancellation
    )
    {
        var html = await form.Content.ReadAsStringAsync(cancellation);
        var fields = new Dictionary<string, string> { ["username"] = _userName, ["password"] = _password };
        foreach (Match hidden in HiddenField().Matches(html))
        {
            fields[hidden.Groups["name"].Value] = WebUtility.HtmlDecode(hidden.Groups["value"].Value);
        }

        using var content = new FormUrlEncodedContent(fields);
        return await _http.PostAsync(address, content, cancellation);
    }

    private async Task RedeemAsync(
        System.Collections.Specialized.NameValueCollection answer,
        string state,
        string callback,
        string verifier,
        CancellationToken cancellation
    )
    {
        if (answer["code"] is not { } code || answer["state"] != state)
        {
            throw new StartException(
                $"{_userName} could not sign in: the issuer answered {answer["error"]} {answer["error_description"]}"
            );
        }

        using var content = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = ClientId,
                ["code"] = code,
                ["redirect_uri"] = callback,
                ["code_verifier"] = verifier,
            }
        );
        using var response = await _http.PostAsync("/connect/token", content, cancellation);
        var token = await response.Content.ReadFromJsonAsync<JsonObject>(cancellation);
        if (token?["access_token"]?.GetValue<string>() is not { } access)
        {
            throw new StartException($"{_userName} got no token: {token?.ToJsonString()}");
        }

        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access);
        _until = TimeProvider.System.GetUtcNow().AddSeconds((token["expires_in"]?.GetValue<int>() ?? 600) - 60);
    }
}

/// <summary>What the API answered.</summary>
/// <param name="Request">Method and path, for messages.</param>
internal sealed record Answer(
    string Request,
    HttpStatusCode Status,
    JsonNode? Body,
    string Text,
    string? ETag,
    string? Location
)
{
    /// <summary>A value of the body by name; a dotted path goes deeper.</summary>
    public string? this[string path] =>
        path.Split('.')
            .Aggregate(
                Body,
                (node, name) =>
                    node is JsonArray list
                        ? list.ElementAtOrDefault(int.Parse(name, CultureInfo.InvariantCulture))
                        : node?[name]
            ) switch
        {
            null => null,
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            var other => other.ToJsonString(),
        };

    /// <summary>True for 2xx.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>This answer, when its status is the expected one.</summary>
    /// <exception cref="StartException">It is another; the message holds the problem as the API put it.</exception>
    public Answer MustBe(params HttpStatusCode[] expected) =>
        expected.Contains(Status)
            ? this
            : throw new StartException(
                $"{Request} answered {(int)Status}, expected {string.Join(" or ", expected.Select(status => (int)status))}: {Text}"
            );
}
