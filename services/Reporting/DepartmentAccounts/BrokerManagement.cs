using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Messaging;
using CustomerService.Reporting.DepartmentAccounts.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.DepartmentAccounts;

/// <summary>Settings of the accounts of departments, section <c>DepartmentAccounts</c>.</summary>
internal sealed class DepartmentAccountOptions
{
    /// <summary>Address of the broker's management API with an account that may make users:
    /// <c>http://user:password@host:15672</c>. Without it no accounts are made here.</summary>
    public string? Management { get; init; }

    /// <summary>The virtual host; that of <c>ConnectionStrings:RabbitMq</c> by default.</summary>
    public string? VirtualHost { get; init; }

    /// <summary>Most bytes of a queue; beyond that the oldest events go.</summary>
    public long MaxBytes { get; init; } = 1_000_000_000;

    /// <summary>How long an event waits in a queue.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Most connections of an account at the same time.</summary>
    public int MaxConnections { get; init; } = 5;
}

/// <summary>What lies in a queue.</summary>
/// <param name="Waiting">Events that nobody has confirmed.</param>
/// <param name="Readers">Connections that read it.</param>
internal sealed record QueueLoad(long Waiting, int Readers);

/// <summary>Makes and removes accounts of departments at the broker. Everything is said as it shall be, so that saying it
/// again changes nothing.</summary>
internal sealed class BrokerManagement : IDisposable
{
    /// <summary>Code of the answer while the broker's management does not answer.</summary>
    public const string Unavailable = "broker-management-unavailable";

    private const string Setting = "DepartmentAccounts:Management";
    private const int PasswordBytes = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient? _http;
    private readonly DepartmentAccountOptions _options;
    private readonly string _host;

    public BrokerManagement(DepartmentAccountOptions options, IConfiguration configuration)
    {
        _options = options;
        var broker = configuration.GetConnectionString("RabbitMq");
        var path = broker is null ? "" : Uri.UnescapeDataString(new Uri(broker).AbsolutePath.TrimStart('/'));
        VirtualHost =
            options.VirtualHost is { Length: > 0 } given ? given
            : path.Length > 0 ? path
            : "/";
        _host = Uri.EscapeDataString(VirtualHost);
        if (options.Management is not { Length: > 0 } management)
        {
            return;
        }

        if (!Uri.TryCreate(management, UriKind.Absolute, out var address) || address.UserInfo.Length == 0)
        {
            throw new SettingException($"Setting {Setting} is no address such as http://user:password@host:15672.");
        }

        _http = new HttpClient
        {
            BaseAddress = new UriBuilder(address) { UserName = "", Password = "" }.Uri,
            Timeout = Patience,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo)))
        );
    }

    /// <summary>The virtual host of the feed.</summary>
    public string VirtualHost { get; }

    /// <summary>Refuses where the setting is missing.</summary>
    public Refusal? Check() =>
        _http is null
            ? Refusal.ByRule("broker-management-missing", "C3.1.4", ["management-address"], Roles.Operator)
            : null;

    /// <summary>A password that nobody guesses.</summary>
    public static string NewPassword() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(PasswordBytes)).Replace('+', '-').Replace('/', '_');

    /// <summary>Makes account, queue, bindings, rights and limits what the record says.</summary>
    /// <param name="account">The account.</param>
    /// <param name="password">Its password; null where it stays.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="UnavailableException">The broker's management does not answer.</exception>
    public async Task ApplyAsync(DepartmentAccount account, string? password, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        var queue = Uri.EscapeDataString(account.Queue);
        var only = "^" + account.Queue.Replace(".", "\\.", StringComparison.Ordinal) + "$";
        await SendAsync(
            HttpMethod.Put,
            $"api/policies/{_host}/{queue}",
            new JsonObject
            {
                ["pattern"] = only,
                ["priority"] = 20,
                ["apply-to"] = "queues",
                ["definition"] = new JsonObject
                {
                    ["max-length-bytes"] = _options.MaxBytes,
                    ["message-ttl"] = (long)_options.MaxAge.TotalMilliseconds,
                    ["overflow"] = "drop-head",
                },
            },
            cancellation
        );
        await SendAsync(
            HttpMethod.Put,
            $"api/queues/{_host}/{queue}",
            new JsonObject
            {
                ["durable"] = true,
                ["auto_delete"] = false,
                ["arguments"] = new JsonObject { ["x-queue-type"] = "quorum" },
            },
            cancellation
        );
        await BindAsync(account, queue, cancellation);
        if (password is not null)
        {
            await SendAsync(
                HttpMethod.Put,
                $"api/users/{account.User}",
                new JsonObject { ["password"] = password, ["tags"] = "" },
                cancellation
            );
        }

        await SendAsync(
            HttpMethod.Put,
            $"api/permissions/{_host}/{account.User}",
            new JsonObject
            {
                ["configure"] = "^$",
                ["write"] = "^$",
                ["read"] = account.ReadsStream
                    ? $"{only[..^1]}$|^{Topology.Stream.Replace(".", "\\.", StringComparison.Ordinal)}$"
                    : only,
            },
            cancellation
        );
        await SendAsync(
            HttpMethod.Put,
            $"api/user-limits/{account.User}/max-connections",
            new JsonObject { ["value"] = _options.MaxConnections },
            cancellation
        );
    }

    /// <summary>Ends account, connections, queue and limits.</summary>
    public async Task RemoveAsync(DepartmentAccount account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        var queue = Uri.EscapeDataString(account.Queue);
        await SendAsync(HttpMethod.Delete, $"api/users/{account.User}", null, cancellation);
        await SendAsync(HttpMethod.Delete, $"api/queues/{_host}/{queue}", null, cancellation);
        await SendAsync(HttpMethod.Delete, $"api/policies/{_host}/{queue}", null, cancellation);
    }

    /// <summary>What lies in the queue; null where the broker does not say.</summary>
    public async Task<QueueLoad?> LoadAsync(DepartmentAccount account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (_http is null)
        {
            return null;
        }

        try
        {
            var read = await SendAsync(
                HttpMethod.Get,
                $"api/queues/{_host}/{Uri.EscapeDataString(account.Queue)}",
                null,
                cancellation
            );
            return read is null ? null : new((long?)read["messages"] ?? 0, (int?)read["consumers"] ?? 0);
        }
        catch (UnavailableException)
        {
            return null;
        }
    }

    public void Dispose() => _http?.Dispose();

    private async Task BindAsync(DepartmentAccount account, string queue, CancellationToken cancellation)
    {
        var path = $"api/bindings/{_host}/e/{Topology.Exchange}/q/{queue}";
        var known = (await SendAsync(HttpMethod.Get, path, null, cancellation))?.AsArray() ?? [];
        foreach (var binding in known.Where(b => !account.Patterns.Contains((string?)b!["routing_key"])))
        {
            var key = Uri.EscapeDataString((string)binding!["properties_key"]!);
            await SendAsync(HttpMethod.Delete, $"{path}/{key}", null, cancellation);
        }

        foreach (var pattern in account.Patterns)
        {
            await SendAsync(
                HttpMethod.Post,
                path,
                new JsonObject { ["routing_key"] = pattern, ["arguments"] = new JsonObject() },
                cancellation
            );
        }
    }

    private async Task<JsonNode?> SendAsync(
        HttpMethod method,
        string path,
        JsonObject? body,
        CancellationToken cancellation
    )
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = body is null ? null : JsonContent.Create(body);
            using var answer = await _http!.SendAsync(request, cancellation);
            if (answer.StatusCode == HttpStatusCode.NotFound && method != HttpMethod.Put && method != HttpMethod.Post)
            {
                return null;
            }

            if (!answer.IsSuccessStatusCode)
            {
                throw new HttpRequestException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The broker's management refused {method} {path}: {(int)answer.StatusCode}."
                    )
                );
            }

            return method == HttpMethod.Get ? await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation) : null;
        }
        catch (Exception away)
            when (away is HttpRequestException
                || (away is OperationCanceledException && !cancellation.IsCancellationRequested)
            )
        {
            throw new UnavailableException(Unavailable, away);
        }
    }
}
