using System.Net;
using CustomerService.Rules;
using CustomerService.Servers;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Testing;

/// <summary>A service of the system as it runs in production, in this process: its own migrations, Kestrel,
/// database and broker.</summary>
public sealed class RunningService : IAsyncDisposable
{
    private readonly TestIssuer _issuer;

    private RunningService(WebApplication app, TestIssuer issuer, int http, int grpc, int management)
    {
        App = app;
        _issuer = issuer;
        Http = new Uri($"http://127.0.0.1:{http}");
        Grpc = new Uri($"http://127.0.0.1:{grpc}");
        Management = new Uri($"http://127.0.0.1:{management}");
    }

    public WebApplication App { get; }

    public IServiceProvider Services => App.Services;

    public Uri Http { get; }

    public Uri Grpc { get; }

    public Uri Management { get; }

    /// <param name="build">The service's own Build.</param>
    /// <param name="issuer">Issuer whose tokens it accepts.</param>
    /// <param name="store">Connection string of an empty database.</param>
    /// <param name="broker">amqp address; null for services without messaging.</param>
    /// <param name="settings">Further settings, <c>Section:Key</c>.</param>
    public static async Task<RunningService> StartAsync(
        Func<string[], WebApplication> build,
        TestIssuer issuer,
        string? store,
        string? broker,
        IReadOnlyDictionary<string, string>? settings = null
    )
    {
        int[] ports = [Machine.FreePort(), Machine.FreePort(), Machine.FreePort()];
        var all = new Dictionary<string, string>
        {
            ["Hosting:Address"] = "127.0.0.1",
            ["Hosting:HttpPort"] = ports[0].ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Hosting:GrpcPort"] = ports[1].ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Hosting:ManagementPort"] = ports[2].ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Auth:Issuer"] = issuer.Issuer,
            ["ServiceAccount:ClientId"] = "svc-test",
            ["Auth:SystemSubjects"] = "svc-test,svc-repairs,svc-projects",
            ["ServiceAccount:ClientSecret"] = "test",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Hosting:DrainSeconds"] = "5",
            // Nobody listens there; a test that needs another service says where it is.
            ["Services:Projects:Grpc"] = "http://127.0.0.1:9",
            ["Services:Repairs:Grpc"] = "http://127.0.0.1:9",
            ["Services:Complaints:Grpc"] = "http://127.0.0.1:9",
            ["Services:Surveys:Grpc"] = "http://127.0.0.1:9",
            ["Blobs:Folder"] = Path.Combine(Path.GetTempPath(), "cs-blobs"),
        };
        if (store is not null)
        {
            all["ConnectionStrings:Store"] = store;
        }

        if (broker is not null)
        {
            all["ConnectionStrings:RabbitMq"] = broker;
        }

        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            all[key] = value;
        }

        var app = build([.. all.Select(pair => $"--{pair.Key}={pair.Value}")]);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            if (
                scope.ServiceProvider.GetServices<IServiceCommand>().FirstOrDefault(c => c.Name == "migrate") is
                { } migrate
            )
            {
                await migrate.RunAsync([], scope.ServiceProvider, TextWriter.Null, CancellationToken.None);
            }
        }

        await app.StartAsync();
        return new RunningService(app, issuer, ports[0], ports[1], ports[2]);
    }

    /// <summary>Runs one of the service's commands, for example <c>verify-audit</c>, and returns its exit code
    /// and output.</summary>
    public async Task<(int Code, string Output)> RunCommandAsync(string name, params string[] args)
    {
        await using var scope = Services.CreateAsyncScope();
        await using var output = new StringWriter();
        var command = scope.ServiceProvider.GetServices<IServiceCommand>().Single(c => c.Name == name);
        return (await command.RunAsync(args, scope.ServiceProvider, output, CancellationToken.None), output.ToString());
    }

    /// <summary>Somebody with these roles, calling this service.</summary>
    public ApiClient As(string name, string[] roles, string? department = null, Guid? organisation = null) =>
        new(Http, _issuer.Token(name, name, roles, department, organisation));

    /// <summary>Somebody with one role, named after it.</summary>
    public ApiClient As(string role) => As(role, [role]);

    /// <summary>The same person as in a test of the domain.</summary>
    public ApiClient As(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return new(
            Http,
            _issuer.Token(
                actor.Id,
                actor.Name,
                actor.Roles,
                actor.Department,
                actor.OrganisationId,
                regions: actor.Regions
            )
        );
    }

    /// <summary>A caller without a token.</summary>
    public ApiClient Anonymous() => new(Http, null);

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
    }
}
