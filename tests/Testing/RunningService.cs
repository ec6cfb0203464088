using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    /// <summary>Nobody in particular.</summary>
    public ApiClient Anonymous() => new(Http, null);

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
    }
}

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

    /// <summary>Code of a problem.</summary>
    public string? Code => Body?["code"]?.ToString();

    /// <summary>Rule of a problem.</summary>
    public string? Rule => Body?["rule"]?.ToString();

    /// <summary>Goes on when it succeeded; shows the problem when not.</summary>
    public ApiAnswer Ok() =>
        (int)Status is >= 200 and < 300
            ? this
            : throw new InvalidOperationException(
                $"{(int)Status} from {Raw.RequestMessage?.Method} {Raw.RequestMessage?.RequestUri}: {Body?.ToJsonString()}"
            );
}

/// <summary>Calls an API as one person: bearer token, Idempotency-Key on every POST, If-Match where a version
/// is given.</summary>
public sealed class ApiClient(Uri address, string? token)
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    public Task<ApiAnswer> GetAsync(string path, string? language = null, string? ifNoneMatch = null) =>
        SendAsync(HttpMethod.Get, path, null, null, null, language, ifNoneMatch);

    /// <param name="path">Path, for example <c>/v1/projects</c>.</param>
    /// <param name="body">Serialised as the API spells it; a string is sent as it is.</param>
    /// <param name="ifMatch">ETag of the version seen.</param>
    /// <param name="key">Idempotency-Key; a fresh one by default, none when empty.</param>
    /// <param name="language">Accept-Language.</param>
    public Task<ApiAnswer> PostAsync(
        string path,
        object? body = null,
        string? ifMatch = null,
        string? key = null,
        string? language = null
    ) => SendAsync(HttpMethod.Post, path, body, ifMatch, key ?? Guid.CreateVersion7().ToString("N"), language, null);

    public Task<ApiAnswer> PutAsync(
        string path,
        object? body = null,
        string? ifMatch = null,
        string? key = null,
        string? language = null
    ) => SendAsync(HttpMethod.Put, path, body, ifMatch, key ?? Guid.CreateVersion7().ToString("N"), language, null);

    /// <summary>Reads the record first and sends the change with its version; again when somebody else, a sweep
    /// perhaps, changed it in between.</summary>
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

    private async Task<ApiAnswer> SendAsync(
        HttpMethod method,
        string path,
        object? body,
        string? ifMatch,
        string? key,
        string? language,
        string? ifNoneMatch
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
            request.Content = body is string raw
                ? new StringContent(raw, System.Text.Encoding.UTF8, "application/json")
                : JsonContent.Create(body ?? new { }, options: Json.Options);
        }

        var response = await Client.SendAsync(request);
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
}
