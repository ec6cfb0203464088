using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Gateway;
using CustomerService.Identity;
using CustomerService.Servers;
using CustomerService.Testing;

namespace CustomerService.Gateway.Tests;

/// <summary>The issuer behind the gateway, as people and systems meet it. Starts with the first test that
/// asks.</summary>
public sealed class SignInFixture : IAsyncLifetime
{
    public const string Administrator = "root-admin";
    public const string AdministratorPassword = "correct horse battery";
    public const string ServiceSecret = "svc-repairs-secret-0123456789";

    /// <summary>The server that the issuer's databases are on.</summary>
    public PostgresFixture Postgres { get; } = new();

    private readonly SemaphoreSlim _turn = new(1);
    private TestIssuer? _unused;
    private SignInSystem? _system;

    public async Task<SignInSystem> StartAsync()
    {
        await _turn.WaitAsync();
        try
        {
            return _system ??= await CreateAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.Gateway.DisposeAsync();
            await _system.Identity.DisposeAsync();
            await _unused!.DisposeAsync();
        }

        await Postgres.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<SignInSystem> CreateAsync()
    {
        var database = await Postgres.NewDatabaseAsync();
        // The fixtures want one; nobody asks it for anything here.
        _unused = await TestIssuer.StartAsync();
        var port = Machine.FreePort();
        var address = new Uri($"http://localhost:{port}");
        var settings = IdentitySettings(address);
        var identity = await RunningService.StartAsync(
            args => IdentityService.Build(args),
            _unused,
            database.ConnectionString,
            // Nothing listens there: accounts are managed without a broker, what they announce waits.
            "amqp://guest:guest@127.0.0.1:1/",
            settings
        );
        var gateway = await RunningService.StartAsync(
            GatewayService.Build,
            _unused,
            null,
            "amqp://guest:guest@127.0.0.1:1/",
            new Dictionary<string, string>(Upstreams.None)
            {
                ["Auth:Issuer"] = address.OriginalString,
                ["Auth:MetadataAddress"] = new Uri(identity.Http, ".well-known/openid-configuration").AbsoluteUri,
                ["Hosting:HttpPort"] = port.ToString(CultureInfo.InvariantCulture),
                ["Gateway:Services:identity:Http"] = identity.Http.AbsoluteUri,
                ["Gateway:Services:identity:Management"] = identity.Management.AbsoluteUri,
                // All these tests come from one address, as fast as the machine lets them; the limit has tests
                // of its own.
                ["Gateway:RateLimits:SignIns:Burst"] = "100000",
                ["Gateway:RateLimits:PerAddress:Burst"] = "100000",
            }
        );
        return new SignInSystem(address, database, identity, gateway);
    }

    internal static Dictionary<string, string> IdentitySettings(Uri gateway) =>
        new()
        {
            ["Auth:Issuer"] = gateway.OriginalString,
            ["Identity:Administrator:UserName"] = Administrator,
            ["Identity:Administrator:Password"] = AdministratorPassword,
            ["Identity:Clients:svc-repairs:Secret"] = ServiceSecret,
            ["Identity:Clients:bi:Secret"] = "bi-secret-0123456789",
            ["Identity:LockOut:Attempts"] = "3",
        };
}

/// <summary>What runs, and the calls that many tests make.</summary>
public sealed record SignInSystem(Uri Address, TestDatabase Database, RunningService Identity, RunningService Gateway)
{
    public Browser NewBrowser() => new(Address);

    public ApiClient With(string? token) => new(Address, token);

    public async Task<ApiClient> AsAdministratorAsync() =>
        With(
            (
                await NewBrowser().SignInAsync(SignInFixture.Administrator, SignInFixture.AdministratorPassword)
            ).AccessToken
        );

    /// <summary>Makes a user with a name of its own.</summary>
    public async Task<NewUser> CreateUserAsync(string[] roles, string? department = null, Guid? organisationId = null)
    {
        var name = "user-" + Guid.CreateVersion7().ToString("N")[12..];
        const string Password = "a password of some length";
        var made = (
            await (await AsAdministratorAsync()).PostAsync(
                "/api/identity/v1/users",
                new
                {
                    userName = name,
                    displayName = "王小明",
                    email = $"{name}@example.test",
                    roles,
                    department,
                    organisationId,
                    password = Password,
                }
            )
        ).Ok();
        return new NewUser(made.Id, name, Password, made.ETag!);
    }

    public async Task<(System.Net.HttpStatusCode Status, JsonNode Body)> TokenAsync(Dictionary<string, string> form)
    {
        using var client = new HttpClient();
        using var response = await client.PostAsync(
            new Uri(Address, "/connect/token"),
            new FormUrlEncodedContent(form)
        );
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>())!);
    }
}

public sealed record NewUser(Guid Id, string UserName, string Password, string ETag)
{
    public string Record => $"/api/identity/v1/users/{Id}";
}
