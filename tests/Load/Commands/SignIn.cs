using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;

namespace CustomerService.Load.Commands;

/// <summary>Signs a person in as a browser does: authorization code with PKCE, by the issuer's own form.</summary>
internal static partial class SignIn
{
    private const string ClientId = "console";

    /// <returns>The access token.</returns>
    /// <exception cref="InvalidOperationException">The issuer did not let this person in.</exception>
    public static async Task<string> AsAsync(Uri gateway, string userName, string password)
    {
        using var http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }
        );
        var verifier = RandomNumberGenerator.GetHexString(64);
        var challenge = Convert
            .ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))
            .TrimEnd('=')
            .Replace('+', '-')
            .Replace('/', '_');
        var callback = new Uri(gateway, "/callback").AbsoluteUri;
        var next = new Uri(
            gateway,
            $"/connect/authorize?response_type=code&client_id={ClientId}"
                + $"&redirect_uri={Uri.EscapeDataString(callback)}"
                + $"&scope={Uri.EscapeDataString("openid profile api")}"
                + $"&state=load&code_challenge={challenge}&code_challenge_method=S256"
        );
        for (var hop = 0; hop < 10 && !next.AbsoluteUri.StartsWith(callback, StringComparison.Ordinal); hop++)
        {
            using var page = await http.GetAsync(next);
            using var answer =
                page.StatusCode == HttpStatusCode.OK
                    ? await FillInAsync(http, next, await page.Content.ReadAsStringAsync(), userName, password)
                    : null;
            next = new Uri(
                next,
                (answer ?? page).Headers.Location
                    ?? throw new InvalidOperationException(
                        $"{userName} could not sign in: {(int)(answer ?? page).StatusCode} at {next.AbsolutePath}."
                    )
            );
        }

        using var redeemed = await http.PostAsync(
            new Uri(gateway, "/connect/token"),
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "authorization_code",
                    ["client_id"] = ClientId,
                    ["code"] = HttpUtility.ParseQueryString(next.Query)["code"] ?? "",
                    ["redirect_uri"] = callback,
                    ["code_verifier"] = verifier,
                }
            )
        );
        var token = await redeemed.Content.ReadFromJsonAsync<JsonObject>();
        return (string?)token?["access_token"]
            ?? throw new InvalidOperationException($"{userName} got no token: {token?.ToJsonString()}");
    }

    private static async Task<HttpResponseMessage> FillInAsync(
        HttpClient http,
        Uri address,
        string html,
        string userName,
        string password
    )
    {
        var fields = new Dictionary<string, string> { ["username"] = userName, ["password"] = password };
        foreach (Match hidden in HiddenField().Matches(html))
        {
            fields[hidden.Groups["name"].Value] = WebUtility.HtmlDecode(hidden.Groups["value"].Value);
        }

        using var content = new FormUrlEncodedContent(fields);
        return await http.PostAsync(address, content);
    }

    [GeneratedRegex("<input[^>]*name=\"(?<name>__RequestVerificationToken)\"[^>]*value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenField();
}
