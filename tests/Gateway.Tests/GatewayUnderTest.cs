using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Gateway;
using CustomerService.Testing;

namespace CustomerService.Gateway.Tests;

/// <summary>A gateway of a test's own, in front of what the test puts there, with an issuer that makes any
/// token.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        }
    )
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    private GatewayUnderTest(TestIssuer issuer, RunningService service)
    {
        Issuer = issuer;
        Service = service;
    }

    public TestIssuer Issuer { get; }

    public RunningService Service { get; }

    public Uri Address => Service.Http;

    /// <param name="services">Service name to the addresses of its replicas: API, and health where it is
    /// elsewhere.</param>
    /// <param name="settings">Further settings.</param>
    /// <param name="broker">amqp address; none by default.</param>
    public static async Task<GatewayUnderTest> StartAsync(
        (string Service, string Http, string? Health)[] services,
        Dictionary<string, string>? settings = null,
        string? broker = null
    )
    {
        var issuer = await TestIssuer.StartAsync();
        var all = new Dictionary<string, string>(Upstreams.None);
        foreach (var (service, http, health) in services)
        {
            all[$"Gateway:Services:{service}:Http"] = http;
            all[$"Gateway:Services:{service}:Management"] = health ?? http;
        }

        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        return new GatewayUnderTest(
            issuer,
            await RunningService.StartAsync(
                GatewayService.Build,
                issuer,
                null,
                broker ?? "amqp://guest:guest@127.0.0.1:1/",
                all
            )
        );
    }

    public string Token(params string[] roles) => Issuer.Token("u-1", "陳美玲", roles.Length == 0 ? ["qc"] : roles);

    public HttpRequestMessage Request(HttpMethod method, string path, string? token = null)
    {
        var request = new HttpRequestMessage(method, new Uri(Address, path));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Headers.AcceptLanguage.ParseAdd("en");
        return request;
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead
    ) => await _client.SendAsync(request, completion);

    public async Task<HttpResponseMessage> GetAsync(string path, string? token = null)
    {
        using var request = Request(HttpMethod.Get, path, token);
        return await SendAsync(request);
    }

    public static async Task<JsonNode> ProblemAsync(HttpResponseMessage response)
    {
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        problem["status"]!.GetValue<int>().ShouldBe((int)response.StatusCode);
        return problem;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Service.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
