using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using CustomerService.Servers;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Tests;

/// <summary>Any OpenID Connect issuer can take the place of ours: here one that other people wrote, in another
/// language.</summary>
public sealed class ForeignIssuerTests
{
    [Fact]
    public async Task A_token_of_a_foreign_issuer_opens_a_service_with_roles_mapped_by_configuration()
    {
        await using var foreign = await ForeignIssuer.StartAsync();
        await using var unused = await TestIssuer.StartAsync();
        await using var service = await RunningService.StartAsync(
            WhoAmI,
            unused,
            null,
            null,
            new Dictionary<string, string>
            {
                ["Auth:Issuer"] = foreign.Issuer,
                ["Auth:Audience"] = "urn:customer-service",
                ["Auth:NameClaim"] = "display_name",
                ["Auth:RoleClaim"] = "groups",
                ["Auth:DepartmentClaim"] = "unit",
                ["Auth:RoleMap:CS-Quality"] = "qc",
            }
        );

        var answer = (
            await new ApiClient(service.Http, await foreign.TokenAsync("urn:customer-service")).GetAsync("/v1/who-am-i")
        ).Ok();
        answer.Text("id").ShouldBe("foreign-client");
        answer.Text("name").ShouldBe("外部系統");
        answer.Text("department").ShouldBe("quality");
        answer["roles"]
            .AsArray()
            .Select(r => r!.ToString())
            .Order(StringComparer.Ordinal)
            .ShouldBe(["CS-Everybody", "qc"]);

        // A token for somebody else, and one of our own issuer, open nothing here.
        (
            await new ApiClient(service.Http, await foreign.TokenAsync("urn:another-system")).GetAsync("/v1/who-am-i")
        ).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (
            await new ApiClient(
                service.Http,
                unused.Token("u", "u", ["qc"], audience: "urn:customer-service")
            ).GetAsync("/v1/who-am-i")
        ).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_gateway_lets_a_foreign_token_through_too()
    {
        await using var foreign = await ForeignIssuer.StartAsync();
        await using var repairs = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("repairs", repairs.Address.AbsoluteUri, null)],
            new() { ["Auth:Issuer"] = foreign.Issuer, ["Auth:Audience"] = "urn:customer-service" }
        );
        using var answer = await gateway.GetAsync(
            "/api/repairs/v1/x",
            await foreign.TokenAsync("urn:customer-service")
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var ours = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
        ours.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_service_gets_its_own_token_from_a_foreign_issuer_with_the_scope_and_resource_that_it_wants()
    {
        await using var foreign = await ForeignIssuer.StartAsync();
        await using var unused = await TestIssuer.StartAsync();
        var settings = new Dictionary<string, string>
        {
            ["Auth:Issuer"] = foreign.Issuer,
            ["Auth:Audience"] = "urn:customer-service",
            ["Auth:RoleClaim"] = "groups",
            ["Auth:RoleMap:CS-Everybody"] = "system",
            ["Auth:SystemSubjects"] = "svc-elsewhere, foreign-client",
        };
        await using var service = await RunningService.StartAsync(WhoAmI, unused, null, null, settings);
        await using var provider = new ServiceCollection().AddHttpClient().BuildServiceProvider();
        async Task<string> OwnTokenAsync(Dictionary<string, string?> account)
        {
            var configuration = new ConfigurationBuilder()
                .AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value))
                .AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["ServiceAccount:ClientId"] = "foreign-client",
                        ["ServiceAccount:ClientSecret"] = "foreign-secret",
                    }
                )
                .AddInMemoryCollection(account)
                .Build();
            using var tokens = new ServiceTokens(
                provider.GetRequiredService<IHttpClientFactory>(),
                configuration,
                AuthSettings.From(configuration),
                TimeProvider.System
            );
            return await tokens.GetAsync(TestContext.Current.CancellationToken);
        }

        var with = await OwnTokenAsync(new() { ["ServiceAccount:Resource"] = "urn:customer-service" });
        var answer = (await new ApiClient(service.Http, with).GetAsync("/v1/who-am-i")).Ok();
        answer["roles"].AsArray().Select(r => r!.ToString()).ShouldContain("system");

        Tokens.Payload(with)["scope"]!.ToString().ShouldBe("api");

        // Without it this issuer gives a token for itself, which opens nothing; and a scope that it does not
        // know it leaves out.
        (
            await new ApiClient(service.Http, await OwnTokenAsync(new() { ["ServiceAccount:Scope"] = "" })).GetAsync(
                "/v1/who-am-i"
            )
        ).Status.ShouldBe(HttpStatusCode.Unauthorized);
        Tokens
            .Payload(
                await OwnTokenAsync(
                    new()
                    {
                        ["ServiceAccount:Resource"] = "urn:customer-service",
                        ["ServiceAccount:Scope"] = "something-else",
                    }
                )
            )["scope"]
            .ShouldBeNull();
    }

    [Fact]
    public async Task The_role_system_of_a_foreign_token_counts_for_the_services_own_accounts_only()
    {
        await using var foreign = await ForeignIssuer.StartAsync();
        await using var unused = await TestIssuer.StartAsync();
        await using var service = await RunningService.StartAsync(
            WhoAmI,
            unused,
            null,
            null,
            new Dictionary<string, string>
            {
                ["Auth:Issuer"] = foreign.Issuer,
                ["Auth:Audience"] = "urn:customer-service",
                ["Auth:RoleClaim"] = "groups",
                ["Auth:RoleMap:CS-Everybody"] = "system",
                ["Auth:RoleMap:CS-Quality"] = "qc",
                ["Auth:SystemSubjects"] = "svc-repairs",
            }
        );

        var answer = (
            await new ApiClient(service.Http, await foreign.TokenAsync("urn:customer-service")).GetAsync("/v1/who-am-i")
        ).Ok();
        answer["roles"].AsArray().Select(r => r!.ToString()).ShouldBe(["qc"]);
    }

    [Fact]
    public async Task The_documentation_page_signs_in_where_the_foreign_issuer_says()
    {
        await using var foreign = await ForeignIssuer.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(
            [],
            new() { ["Auth:Issuer"] = foreign.Issuer, ["Gateway:PublicAddress"] = "https://service.example.test/" }
        );
        using var answer = await gateway.GetAsync("/openapi/v1.json");
        var flow = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["components"]!["securitySchemes"]![
            "oauth"
        ]!["flows"]!["authorizationCode"]!;
        flow["authorizationUrl"]!.ToString().ShouldBe(foreign.Issuer + "/auth");
        flow["tokenUrl"]!.ToString().ShouldBe(foreign.Issuer + "/token");

        // The page is at the gateway, wherever the issuer is: people are sent back there, and it may fetch the
        // token at the issuer.
        using var page = await gateway.GetAsync("/docs/");
        (await page.Content.ReadAsStringAsync()).ShouldContain("https://service.example.test/docs\"");
        page.Headers.GetValues("Content-Security-Policy")
            .Single()
            .ShouldContain($"connect-src 'self' {foreign.Issuer};");
    }

    private static WebApplication WhoAmI(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("who-am-i", typeof(ForeignIssuerTests).Assembly);
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapGet("/v1/who-am-i", (Caller caller) => Results.Json(caller.Actor));
        return app;
    }

    private sealed class ForeignIssuer : IAsyncDisposable
    {
        private static readonly string Folder = typeof(ForeignIssuerTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "ForeignIssuer")
            .Value!;

        private static readonly Lazy<Task> Installed = new(() => InstallAsync());

        private readonly Process _process;

        private ForeignIssuer(Process process, string issuer)
        {
            _process = process;
            Issuer = issuer;
        }

        public string Issuer { get; }

        public static async Task<ForeignIssuer> StartAsync()
        {
            await Installed.Value;
            var port = Machine.FreePort();
            var process = Start("node", "issuer.mjs", port.ToString(CultureInfo.InvariantCulture));
            _ = process.StandardError.ReadToEndAsync();
            var ready = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
            ready.ShouldBe("ready");
            return new ForeignIssuer(process, $"http://127.0.0.1:{port}");
        }

        public async Task<string> TokenAsync(string resource)
        {
            using var client = new HttpClient();
            using var response = await client.PostAsync(
                new Uri(Issuer + "/token"),
                new FormUrlEncodedContent(
                    new Dictionary<string, string>
                    {
                        ["grant_type"] = "client_credentials",
                        ["client_id"] = "foreign-client",
                        ["client_secret"] = "foreign-secret",
                        ["scope"] = "api",
                        ["resource"] = resource,
                    }
                )
            );
            response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
            return (await response.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!.ToString();
        }

        public async ValueTask DisposeAsync()
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        private static async Task InstallAsync()
        {
            var installed = Path.Combine(Folder, "node_modules", ".package-lock.json");
            if (
                File.Exists(installed)
                && File.GetLastWriteTimeUtc(installed)
                    >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"))
            )
            {
                return;
            }

            using var npm = Start("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            var output = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            await npm.WaitForExitAsync();
            npm.ExitCode.ShouldBe(0, string.Concat(output));
        }

        private static Process Start(string program, params string[] arguments) =>
            Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    WorkingDirectory = Folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
    }
}
