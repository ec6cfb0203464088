using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace CustomerService.Servers;

/// <summary>
/// A RabbitMQ server: the one that <c>CS_RABBITMQ</c> names, or a private node on free loopback ports, with a
/// name, folders, settings
/// and a port mapper (epmd) of its own, so that any number of nodes run beside each other and beside an
/// installed service.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    /// <summary>Environment variable with the AMQP address of a broker that runs already, such as
    /// <c>amqp://user:password@host:5672/</c>.</summary>
    public const string Setting = "CS_RABBITMQ";

    /// <summary>Environment variable with the address of its management API; <c>http://host:15672</c> of the
    /// same host when not set.</summary>
    public const string ManagementSetting = "CS_RABBITMQ_MANAGEMENT";

    private const string PasswordFile = "administrator-password";
    private const string Administrator = "administrator";

    private readonly ServerOptions? _options;
    private readonly Node? _node;
    private readonly HttpClient _management;
    private ChildProcess? _portMapper;
    private ChildProcess? _process;

    private RabbitMqServer(Uri address, Uri management, ServerOptions? options, Node? node)
    {
        AdministratorAddress = address;
        ManagementAddress = management;
        _options = options;
        _node = node;
        _management = new HttpClient { BaseAddress = management, Timeout = TimeSpan.FromSeconds(30) };
        _management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo)))
        );
    }

    /// <summary>AMQP address of the administrator's account, with the default virtual host.</summary>
    public Uri AdministratorAddress { get; }

    /// <summary>Address of the management API and page; the account is the one of
    /// <see cref="AdministratorAddress"/>.</summary>
    public Uri ManagementAddress { get; }

    /// <summary>True when this object started the node and stops it.</summary>
    public bool IsPrivate => _node is not null;

    /// <summary>Host and port, for people.</summary>
    public string Address => $"{AdministratorAddress.Host}:{AdministratorAddress.Port}";

    /// <summary>True when binaries are installed or an address is given, so that nothing need be installed.</summary>
    public static bool IsAtHand =>
        Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } || FindScript() is not null;

    /// <summary>Connects to the broker of <c>CS_RABBITMQ</c>, or starts a private one.</summary>
    /// <exception cref="ServerUnavailableException">There is none and none can be had; the message says what to
    /// do.</exception>
    public static async Task<RabbitMqServer> StartAsync(ServerOptions options, CancellationToken cancellation = default)
    {
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } given)
        {
            var address = new Uri(given);
            var management = Environment.GetEnvironmentVariable(ManagementSetting) is { Length: > 0 } other
                ? new Uri(other)
                : new UriBuilder("http", address.Host, 15672).Uri;
            return await ConnectAsync(address, management, cancellation);
        }

        if (FindScript() is null)
        {
            await DebianPackages.InstallAsync(
                "rabbitmq-server",
                Setting,
                () => FindScript() is not null,
                options.Say,
                cancellation
            );
        }

        var user = Machine.FirstUser("rabbitmq");
        Directory.CreateDirectory(options.Folder);
        var passwordFile = Path.Combine(options.Folder, PasswordFile);
        if (!File.Exists(passwordFile))
        {
            await File.WriteAllTextAsync(passwordFile, Machine.NewSecret(), cancellation);
        }

        var password = await File.ReadAllTextAsync(passwordFile, cancellation);
        for (var attempt = 1; ; attempt++)
        {
            var node = new Node(
                FindScript()!,
                user,
                Machine.FreePort(),
                Machine.FreePort(),
                Machine.FreePort(),
                Machine.FreePort()
            );
            var server = new RabbitMqServer(
                new Uri($"amqp://{Administrator}:{password}@127.0.0.1:{node.Port}/"),
                new Uri($"http://127.0.0.1:{node.ManagementPort}"),
                options,
                node
            );
            try
            {
                await server.StartAsync(cancellation);
                return server;
            }
            catch (Exception error)
            {
                await server.StopAsync();
                // Another process may have been faster; then the next attempt takes other ports.
                if (error is not ServerUnavailableException || attempt == 3 || !node.SomePortIsTaken)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Uses a broker that somebody else runs, such as a container.</summary>
    public static async Task<RabbitMqServer> ConnectAsync(
        Uri address,
        Uri management,
        CancellationToken cancellation = default
    )
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port < 0 ? 5672 : address.Port, cancellation);
        }
        catch (SocketException error)
        {
            throw new ServerUnavailableException(
                $"The RabbitMQ server at {address.Host}:{address.Port} ({Setting}) does not answer: {error.Message}"
            );
        }

        return new RabbitMqServer(address, management, null, null);
    }

    /// <summary>Starts the private node again, on the same ports with the same data, after
    /// <see cref="StopAsync"/> or <see cref="KillAsync"/>.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        var (options, node) = (_options ?? throw NotOurs(), _node!);
        if (_process is not null)
        {
            return;
        }

        string In(string name) => Path.Combine(options.Folder, name);
        // The management plug-in is wanted: virtual hosts, accounts and dead letters are handled through its API.
        await File.WriteAllTextAsync(In("enabled_plugins"), "[rabbitmq_management].\n", cancellation);
        await File.WriteAllTextAsync(In("environment.conf"), "", cancellation);
        await File.WriteAllTextAsync(
            In("rabbitmq.conf"),
            $"""
            default_user = {Administrator}
            default_pass = {await File.ReadAllTextAsync(In(PasswordFile), cancellation)}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {node.ManagementPort}
            disk_free_limit.absolute = 50MB
            log.file = server.log
            log.file.level = info

            """,
            cancellation
        );
        await Machine.OwnFolderAsync(options.Folder, node.User, cancellation);
        await Machine.MustReachAsync(options.Folder, node.User, "CS_LOCAL_FOLDER", cancellation);
        var environment = new Dictionary<string, string?>
        {
            ["HOME"] = options.Folder,
            ["ERL_EPMD_PORT"] = node.PortMapperPort.ToString(CultureInfo.InvariantCulture),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = "customer-service@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = node.Port.ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_DIST_PORT"] = node.DistributionPort.ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_CONF_ENV_FILE"] = In("environment.conf"),
            ["RABBITMQ_CONFIG_FILE"] = In("rabbitmq.conf"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = In("advanced.config"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = In("enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = In("data"),
            ["RABBITMQ_LOG_BASE"] = options.Folder,
            ["RABBITMQ_PID_FILE"] = In("pid"),
            // A scheduler waits busily for a moment before it sleeps. Sleeping at once spares a tenth of a core
            // while nothing happens, but where a
            // wake-up is dear, as on a virtual machine, it makes the node's start, with its thousands of
            // hand-overs between threads, three times as long.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
                "-kernel inet_dist_use_interface {127,0,0,1} +sbwt short +sbwtdcpu short +sbwtdio short",
            // The script then becomes the server instead of staying before it, and a signal reaches the server.
            ["RUNNING_UNDER_SYSTEMD"] = "1",
            ["NOTIFY_SOCKET"] = null,
        };
        var log = In("start.log");
        // Started by Erlang it would be a daemon that outlives the node.
        _portMapper ??= ChildProcess.Start(
            new ChildCommand("epmd", node.PortMapper, "-port", environment["ERL_EPMD_PORT"]!, "-address", "127.0.0.1")
            {
                User = node.User,
                LogFile = log,
                Folder = options.Folder,
                Grace = TimeSpan.FromSeconds(3),
            }
        );
        _process = ChildProcess.Start(
            new ChildCommand("rabbitmq", node.Script)
            {
                User = node.User,
                Environment = environment,
                LogFile = log,
                Folder = options.Folder,
                Grace = TimeSpan.FromSeconds(30),
                RemoveWhenOrphaned = options.Temporary ? options.Folder : null,
            }
        );
        for (var attempt = 0; !await AnswersAsync(cancellation); attempt++)
        {
            if (_process.HasExited || attempt > 1200)
            {
                throw new ServerUnavailableException(
                    $"RabbitMQ did not start: {Machine.Tail(log)}{Environment.NewLine}{Machine.Tail(In("server.log"))}"
                );
            }

            await Task.Delay(100, cancellation);
        }
    }

    /// <summary>Stops the private node in good order; <see cref="StartAsync(CancellationToken)"/> brings it
    /// back.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }

        if (_portMapper is { } portMapper)
        {
            _portMapper = null;
            await portMapper.DisposeAsync();
        }
    }

    /// <summary>Kills the private node, as a power cut would; <see cref="StartAsync(CancellationToken)"/>
    /// brings it back.</summary>
    public async Task KillAsync()
    {
        await (_process ?? throw NotOurs()).KillAsync();
        await StopAsync();
    }

    /// <summary>Makes a virtual host in which the administrator's account may do all, with the limits of
    /// <see cref="BrokerDefinitions"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="complete">With exchange and stream, which the accounts of programs may not declare.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>AMQP address of the virtual host.</returns>
    public async Task<Uri> CreateVirtualHostAsync(
        string name,
        bool complete = false,
        CancellationToken cancellation = default
    )
    {
        var user = Uri.UnescapeDataString(AdministratorAddress.UserInfo.Split(':')[0]);
        await PutAsync($"api/vhosts/{Uri.EscapeDataString(name)}", new { }, cancellation);
        await PutPermissionsAsync(name, user, BrokerAccount.Unlimited, cancellation);
        await SendAsync(
            HttpMethod.Post,
            $"api/definitions/{Uri.EscapeDataString(name)}",
            complete ? BrokerDefinitions.Topology : BrokerDefinitions.Limits,
            cancellation
        );
        return new UriBuilder(AdministratorAddress) { Path = Uri.EscapeDataString(name) }.Uri;
    }

    /// <summary>Makes an account, and says what it may do in the virtual host.</summary>
    /// <returns>AMQP address of the virtual host for that account.</returns>
    public async Task<Uri> CreateUserAsync(
        string virtualHost,
        string user,
        string password,
        BrokerAccount account,
        CancellationToken cancellation = default
    )
    {
        await PutAsync($"api/users/{Uri.EscapeDataString(user)}", new { password, tags = "" }, cancellation);
        await PutPermissionsAsync(virtualHost, user, account, cancellation);
        return new UriBuilder(AdministratorAddress)
        {
            UserName = Uri.EscapeDataString(user),
            Password = Uri.EscapeDataString(password),
            Path = Uri.EscapeDataString(virtualHost),
        }.Uri;
    }

    /// <summary>The queues of a virtual host, with what was declared and what a policy adds.</summary>
    public async Task<IReadOnlyList<BrokerQueue>> QueuesAsync(
        string virtualHost,
        CancellationToken cancellation = default
    )
    {
        var answer = await _management.GetFromJsonAsync<JsonArray>(
            $"api/queues/{Uri.EscapeDataString(virtualHost)}",
            cancellation
        );
        return
        [
            .. answer!.Select(queue => new BrokerQueue(
                (string)queue!["name"]!,
                (string?)queue["policy"],
                [.. (queue["arguments"] as JsonObject ?? []).Select(argument => argument.Key)],
                [.. (queue["effective_policy_definition"] as JsonObject ?? []).Select(limit => limit.Key)]
            )),
        ];
    }

    /// <summary>Deletes a virtual host with its exchanges and queues.</summary>
    public async Task DeleteVirtualHostAsync(string name, CancellationToken cancellation = default)
    {
        using var response = await _management.DeleteAsync($"api/vhosts/{Uri.EscapeDataString(name)}", cancellation);
    }

    /// <summary>Stops the private node, and deletes its folder when that is temporary.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _management.Dispose();
        if (_options is { Temporary: true } && Directory.Exists(_options.Folder))
        {
            Directory.Delete(_options.Folder, recursive: true);
        }
    }

    // Debian's script on PATH changes the account and the log itself; the one behind it does as it is told.
    private static string? FindScript() => Machine.Find("rabbitmq-server", "/usr/lib/rabbitmq/bin");

    private static InvalidOperationException NotOurs() =>
        new("Only a private node that this process started can be stopped and started.");

    private async Task PutPermissionsAsync(
        string virtualHost,
        string user,
        BrokerAccount account,
        CancellationToken cancellation
    )
    {
        var who = $"{Uri.EscapeDataString(virtualHost)}/{Uri.EscapeDataString(user)}";
        await PutAsync(
            $"api/permissions/{who}",
            new
            {
                configure = account.Configure,
                write = account.Write,
                read = account.Read,
            },
            cancellation
        );
        if (account.Events is { } events)
        {
            await PutAsync(
                $"api/topic-permissions/{who}",
                new
                {
                    exchange = BrokerDefinitions.Exchange,
                    write = events,
                    read = ".*",
                },
                cancellation
            );
        }
    }

    private Task PutAsync(string path, object body, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Put, path, body, cancellation);

    private async Task SendAsync(HttpMethod method, string path, object body, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
            using var response = await _management.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                throw new ServerUnavailableException(
                    $"RabbitMQ's management API refused {method} {path}: {(int)response.StatusCode} "
                        + await response.Content.ReadAsStringAsync(cancellation)
                );
            }
        }
        catch (HttpRequestException error)
        {
            throw new ServerUnavailableException(
                $"RabbitMQ's management API at {ManagementAddress} ({ManagementSetting}) does not answer: "
                    + error.Message
            );
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _node!.Port, cancellation);
            using var response = await _management.GetAsync("api/overview", cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is SocketException or HttpRequestException)
        {
            return false;
        }
    }

    private sealed record Node(
        string Script,
        string? User,
        int Port,
        int ManagementPort,
        int DistributionPort,
        int PortMapperPort
    )
    {
        public string PortMapper { get; } =
            Machine.Find(
                "epmd",
                Directory.Exists("/usr/lib/erlang")
                    ? Directory
                        .GetDirectories("/usr/lib/erlang", "erts-*")
                        .Select(folder => Path.Combine(folder, "bin"))
                        .ToArray()
                    : []
            )
            ?? throw new ServerUnavailableException(
                "Erlang's epmd is not on PATH, although rabbitmq-server is. Add Erlang's bin folder to PATH."
            );

        public bool SomePortIsTaken =>
            ((int[])[Port, ManagementPort, DistributionPort, PortMapperPort]).Any(port => !Machine.IsFree(port));
    }
}
