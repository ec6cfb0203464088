using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerService.Gateway;
using CustomerService.Identity;
using CustomerService.Testing;

namespace CustomerService.Gateway.Tests;

/// <summary>As in a cluster: the public address is https, TLS ends in front of the gateway, and inside
/// everybody speaks http.</summary>
public sealed partial class HttpsIssuerTests(SignInFixture fixture)
{
    private const string Host = "service.example.test";
    private const string Issuer = "https://" + Host;

    [Fact]
    public async Task People_sign_in_by_https_and_services_get_keys_and_tokens_by_http_inside()
    {
        var database = await fixture.Postgres.NewDatabaseAsync();
        await using var unused = await TestIssuer.StartAsync();
        await using var identity = await RunningService.StartAsync(
            args => IdentityService.Build(args),
            unused,
            database.ConnectionString,
            null,
            SignInFixture.IdentitySettings(new Uri(Issuer))
        );
        await using var gateway = await RunningService.StartAsync(
            GatewayService.Build,
            unused,
            null,
            "amqp://guest:guest@127.0.0.1:1/",
            new Dictionary<string, string>(Upstreams.None)
            {
                ["Auth:Issuer"] = Issuer,
                ["Auth:MetadataAddress"] = new Uri(identity.Http, ".well-known/openid-configuration").AbsoluteUri,
                ["Gateway:Services:identity:Http"] = identity.Http.AbsoluteUri,
                ["Gateway:Services:identity:Management"] = identity.Management.AbsoluteUri,
                ["Gateway:TrustedProxies"] = "127.0.0.0/8",
            }
        );
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

        // Inside: discovery and client credentials, as the services do it.
        var inner = (
            await client.GetFromJsonAsync<JsonNode>(new Uri(identity.Http, ".well-known/openid-configuration"))
        )!;
        inner["issuer"]!.ToString().ShouldBe(Issuer + "/");
        inner["token_endpoint"]!.ToString().ShouldBe(new Uri(identity.Http, "/connect/token").AbsoluteUri);
        using var granted = await client.PostAsync(
            inner["token_endpoint"]!.ToString(),
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "client_credentials",
                    ["client_id"] = "svc-repairs",
                    ["client_secret"] = SignInFixture.ServiceSecret,
                    ["scope"] = "api",
                }
            )
        );
        granted.StatusCode.ShouldBe(HttpStatusCode.OK, await granted.Content.ReadAsStringAsync());
        var token = (await granted.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!.ToString();
        Tokens.Payload(token)["iss"]!.ToString().ShouldBe(Issuer + "/");
        using var me = await client.SendAsync(Request(HttpMethod.Get, "/api/identity/v1/departments", token));
        me.StatusCode.ShouldNotBe(HttpStatusCode.Unauthorized);

        // Outside: everything is https, the cookies above all.
        using var discovered = await client.SendAsync(Request(HttpMethod.Get, "/.well-known/openid-configuration"));
        var outer = (await discovered.Content.ReadFromJsonAsync<JsonNode>())!;
        outer["issuer"]!.ToString().ShouldBe(Issuer + "/");
        outer["authorization_endpoint"]!.ToString().ShouldBe(Issuer + "/connect/authorize");
        using var page = await client.SendAsync(Request(HttpMethod.Get, "/account/login"));
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var form = page.Headers.GetValues("Set-Cookie").Single();
        form.ShouldContain("; secure");
        var hidden = Hidden().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        using var submit = Request(HttpMethod.Post, "/account/login");
        submit.Headers.Add("Cookie", form.Split(';')[0]);
        submit.Content = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["userName"] = SignInFixture.Administrator,
                ["password"] = SignInFixture.AdministratorPassword,
                ["__RequestVerificationToken"] = hidden,
            }
        );
        using var signedIn = await client.SendAsync(submit);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect, await signedIn.Content.ReadAsStringAsync());
        signedIn
            .Headers.GetValues("Set-Cookie")
            .Single(cookie => cookie.StartsWith("customer-service.session=", StringComparison.Ordinal))
            .ShouldContain("; secure");

        HttpRequestMessage Request(HttpMethod method, string path, string? bearer = null)
        {
            var request = new HttpRequestMessage(method, new Uri(gateway.Http, path));
            request.Headers.Host = Host;
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-For", "203.0.113.7");
            request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
            return request;
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Hidden();
}
