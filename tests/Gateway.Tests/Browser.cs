using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerService.Gateway.Tests;

/// <summary>What a browser and a single-page application do to sign somebody in: cookies, forms, redirects,
/// PKCE.</summary>
public sealed partial class Browser : IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _address;

    public Browser(Uri address)
    {
        _address = address;
        _client = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }
        )
        {
            BaseAddress = address,
        };
    }

    public string Verifier { get; } = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    public string RedirectUri => new Uri(_address, "/callback").AbsoluteUri;

    public string AuthorizeAddress(
        string scope = "openid profile email roles offline_access api",
        string? more = null
    ) =>
        "/connect/authorize?client_id=console&response_type=code&state=abc&code_challenge_method=S256"
        + "&code_challenge="
        + Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)))
        + "&redirect_uri="
        + Uri.EscapeDataString(RedirectUri)
        + "&scope="
        + Uri.EscapeDataString(scope)
        + more;

    public async Task<HttpResponseMessage> GetAsync(string address, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (language is not null)
        {
            request.Headers.AcceptLanguage.ParseAdd(language);
        }

        return await _client.SendAsync(request);
    }

    /// <summary>Opens a page, fills in its form, sends it.</summary>
    /// <param name="address">The page.</param>
    /// <param name="fields">What is filled in.</param>
    /// <param name="to">Where it is sent; to the page's own address by default.</param>
    public async Task<HttpResponseMessage> SubmitAsync(
        string address,
        Dictionary<string, string> fields,
        string? to = null
    )
    {
        using var page = await GetAsync(address, "en");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = await page.Content.ReadAsStringAsync();
        var form = new Dictionary<string, string>(fields)
        {
            ["__RequestVerificationToken"] = Hidden().Match(html).Groups[1].Value,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, to ?? address)
        {
            Content = new FormUrlEncodedContent(form),
        };
        request.Headers.AcceptLanguage.ParseAdd("en");
        return await _client.SendAsync(request);
    }

    public Task<HttpResponseMessage> TryPasswordAsync(string userName, string password) =>
        SubmitAsync(
            "/account/login",
            new Dictionary<string, string> { ["userName"] = userName, ["password"] = password }
        );

    /// <summary>The whole way: authorize, sign in, code, token.</summary>
    public async Task<Tokens> SignInAsync(
        string userName,
        string password,
        string scope = "openid profile email roles offline_access api"
    )
    {
        using var start = await GetAsync(AuthorizeAddress(scope));
        start.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var login = start.Headers.Location!.ToString();
        login.ShouldStartWith("/account/login?");
        using var signedIn = await SubmitAsync(
            login,
            new Dictionary<string, string> { ["userName"] = userName, ["password"] = password }
        );
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect, await signedIn.Content.ReadAsStringAsync());
        using var authorized = await GetAsync(signedIn.Headers.Location!.ToString());
        var code = CodeFrom(authorized);
        return await RedeemAsync(code);
    }

    public string CodeFrom(HttpResponseMessage authorized)
    {
        authorized.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var back = authorized.Headers.Location!;
        back.GetLeftPart(UriPartial.Path).ShouldBe(RedirectUri);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(back.Query);
        query.ShouldContainKey("code", back.ToString());
        query["state"].ToString().ShouldBe("abc");
        return query["code"].ToString();
    }

    public async Task<Tokens> RedeemAsync(string code)
    {
        var (status, body) = await TokenAsync(
            new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = "console",
                ["code"] = code,
                ["redirect_uri"] = RedirectUri,
                ["code_verifier"] = Verifier,
            }
        );
        status.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        return Tokens.From(body);
    }

    public Task<(HttpStatusCode Status, JsonNode Body)> RefreshAsync(string refreshToken) =>
        TokenAsync(
            new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["client_id"] = "console",
                ["refresh_token"] = refreshToken,
            }
        );

    public async Task<(HttpStatusCode Status, JsonNode Body)> TokenAsync(Dictionary<string, string> form)
    {
        using var response = await _client.PostAsync("/connect/token", new FormUrlEncodedContent(form));
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>())!);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Hidden();
}

public sealed record Tokens(string AccessToken, string? RefreshToken, string? IdToken)
{
    public static Tokens From(JsonNode body) =>
        new(body["access_token"]!.ToString(), body["refresh_token"]?.ToString(), body["id_token"]?.ToString());

    /// <summary>Payload of a JWT. That it can be read at all proves that it is not encrypted.</summary>
    public static JsonNode Payload(string token) => JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[1]))!;

    public static string KeyId(string token) => new JsonWebToken(token).Kid;
}
