using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using CustomerService.Client;

namespace CustomerService.Local;

/// <summary>
/// A person at the system's door: signs in as a browser does (authorization code with PKCE, the issuer's own form) and
/// uses the generated client through the gateway.
/// </summary>
internal sealed class DemoClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="gateway">Public address of the system.</param>
    /// <param name="userName">Name for signing in.</param>
    /// <param name="password">Password.</param>
    public DemoClient(Uri gateway, string userName, string password)
    {
        UserName = userName;
        _http = new HttpClient(new SignedIn(gateway, userName, password))
        {
            BaseAddress = gateway,
            Timeout = TimeSpan.FromSeconds(60),
        };
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-Hant");
        Api = new CustomerServiceClient(_http);
    }

    public string UserName { get; }

    /// <summary>The API as this person may use it.</summary>
    public CustomerServiceClient Api { get; }

    /// <summary>A new idempotency key.</summary>
    public static string NewKey() => Guid.CreateVersion7().ToString("N");

    public void Dispose() => _http.Dispose();
}

/// <summary>Signs in before the first request and when the token is about to end; waits where the gateway asks to go
/// slower or a service is away for a moment.</summary>
internal sealed partial class SignedIn : DelegatingHandler
{
    private const string ClientId = "console";

    // As long as the slowest start of a service on a busy machine takes, a few seconds each.
    private const int Tries = 30;

    private readonly Uri _gateway;
    private readonly string _userName;
    private readonly string _password;
    private readonly SemaphoreSlim _signingIn = new(1);
    private string? _token;
    private DateTimeOffset _until;

    public SignedIn(Uri gateway, string userName, string password)
        : base(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        (_gateway, _userName, _password) = (gateway, userName, password);
    }

    /// <exception cref="StartException">The gateway does not answer, or the issuer lets this person not in; the
    /// message says at which step.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await EnsureTokenAsync(cancellationToken);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
            return await AskAsync(request, cancellationToken);
        }
        catch (Exception error)
            when (error is HttpRequestException
                || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            throw new StartException(
                $"{request.Method} {request.RequestUri} as {_userName}: {_gateway} does not answer: {error.GetBaseException().Message}"
            );
        }
    }

    // A read, or a command under its key, is the same however often it is sent.
    private async Task<HttpResponseMessage> AskAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var response = await base.SendAsync(request, cancellation);
            var isAway = response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
            var again =
                response.StatusCode == HttpStatusCode.TooManyRequests
                || (
                    isAway
                    && tries < Tries
                    && (request.Method == HttpMethod.Get || request.Headers.Contains("Idempotency-Key"))
                );
            if (!again || response.Headers.RetryAfter?.Delta is not { } pause)
            {
                return response;
            }

            response.Dispose();
            await Task.Delay(pause, cancellation);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _signingIn.Dispose();
        base.Dispose(disposing);
    }

    [GeneratedRegex("<input[^>]*name=\"(?<name>__RequestVerificationToken)\"[^>]*value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenField();

    [GeneratedRegex("<p[^>]*id=\"error\"[^>]*>(?<text>[^<]*)</p>")]
    private static partial Regex ErrorText();

    private static string ErrorOf(string html) => WebUtility.HtmlDecode(ErrorText().Match(html).Groups["text"].Value);

    private static string Base64Url(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private async Task EnsureTokenAsync(CancellationToken cancellation)
    {
        await _signingIn.WaitAsync(cancellation);
        try
        {
            if (TimeProvider.System.GetUtcNow() >= _until)
            {
                await SignInAsync(cancellation);
            }
        }
        finally
        {
            _signingIn.Release();
        }
    }

    private async Task SignInAsync(CancellationToken cancellation)
    {
        var verifier = RandomNumberGenerator.GetString(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            64
        );
        var state = RandomNumberGenerator.GetHexString(16);
        var callback = new Uri(_gateway, "/callback").AbsoluteUri;
        var question = new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["client_id"] = ClientId,
            ["redirect_uri"] = callback,
            ["scope"] = "openid profile api",
            ["state"] = state,
            ["code_challenge"] = Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
        };
        var query = string.Join('&', question.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
        var next = new Uri(_gateway, "/connect/authorize?" + query);
        for (var hop = 0; hop < 10; hop++)
        {
            next = await HopAsync(next, cancellation);
            if (next.AbsoluteUri.StartsWith(callback, StringComparison.Ordinal))
            {
                await RedeemAsync(HttpUtility.ParseQueryString(next.Query), state, callback, verifier, cancellation);
                return;
            }
        }

        throw new StartException($"{_userName} could not sign in: the issuer redirects without end, last to {next}.");
    }

    private async Task<Uri> HopAsync(Uri at, CancellationToken cancellation)
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, at);
        using var shown = await AskAsync(question, cancellation);
        if (shown.StatusCode != HttpStatusCode.OK)
        {
            return await LocationOf(shown, at, cancellation);
        }

        var html = await shown.Content.ReadAsStringAsync(cancellation);
        var fields = new Dictionary<string, string> { ["username"] = _userName, ["password"] = _password };
        foreach (Match hidden in HiddenField().Matches(html))
        {
            fields[hidden.Groups["name"].Value] = WebUtility.HtmlDecode(hidden.Groups["value"].Value);
        }

        using var form = new HttpRequestMessage(HttpMethod.Post, at) { Content = new FormUrlEncodedContent(fields) };
        using var posted = await base.SendAsync(form, cancellation);
        return await LocationOf(posted, at, cancellation);
    }

    private async Task<Uri> LocationOf(HttpResponseMessage answer, Uri at, CancellationToken cancellation)
    {
        if (answer.Headers.Location is { } location)
        {
            return new Uri(at, location);
        }

        var said = ErrorOf(await answer.Content.ReadAsStringAsync(cancellation));
        var where = at.GetLeftPart(UriPartial.Path);
        throw new StartException($"{_userName} could not sign in at {where}: {(int)answer.StatusCode}. {said}");
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

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_gateway, "/connect/token"))
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "authorization_code",
                    ["client_id"] = ClientId,
                    ["code"] = code,
                    ["redirect_uri"] = callback,
                    ["code_verifier"] = verifier,
                }
            ),
        };
        using var response = await base.SendAsync(request, cancellation);
        var token = await response.Content.ReadFromJsonAsync<JsonObject>(cancellation);
        _token =
            token?["access_token"]?.GetValue<string>()
            ?? throw new StartException($"{_userName} got no token: {token?.ToJsonString()}");
        _until = TimeProvider.System.GetUtcNow().AddSeconds((token["expires_in"]?.GetValue<int>() ?? 600) - 60);
    }
}
