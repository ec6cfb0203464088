using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerService.Servers;

namespace CustomerService.Local;

/// <summary>Brings the system up and takes it down.</summary>
internal sealed class Starter(Options options, Checkout checkout, string folder, Secrets secrets, Screen screen)
    : IAsyncDisposable
{
    /// <summary>What a start leaves in its folder.</summary>
    public static readonly string[] Kept = ["postgres", "rabbitmq", "blobs", "migrated", "seeded", Secrets.FileName];

    private const string VirtualHost = "customer-service";

    private readonly Dictionary<Service, Ports> _ports = Service.All.ToDictionary(
        service => service,
        service => new Ports(
            service == Service.Gateway ? options.Port : Machine.FreePort(),
            Machine.FreePort(),
            Machine.FreePort()
        )
    );

    private readonly ConcurrentDictionary<Service, ChildProcess> _running = [];
    private readonly Dictionary<Service, Dictionary<string, string?>> _environments = [];
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);
    private PostgresServer? _postgres;
    private RabbitMqServer? _rabbit;
    private DocumentServer? _documents;
    private Dashboard? _dashboard;

    /// <summary>The services that this start is about.</summary>
    public IReadOnlyList<Service> Services { get; } =
        Service.All.Where(service => options.Only?.Contains(service.Name) ?? true).ToList();

    /// <summary>Address of the system for everybody: the gateway's.</summary>
    public Uri Address { get; } = new($"http://localhost:{options.Port}");

    /// <summary>Host and port of PostgreSQL.</summary>
    public string StoreAddress => _postgres?.Address ?? "";

    /// <summary>Where Surveys keeps its documents, when not in PostgreSQL.</summary>
    public string? DocumentStore => _documents?.Name;

    /// <summary>Host and port of RabbitMQ.</summary>
    public string BrokerAddress => _rabbit?.Address ?? "";

    /// <summary>Management page of a private broker, with the account's name and password.</summary>
    public Uri? BrokerPage =>
        _rabbit is not { IsPrivate: true }
            ? null
            : new Uri(
                $"{_rabbit.ManagementAddress.Scheme}://{_rabbit.AdministratorAddress.UserInfo}@{_rabbit.ManagementAddress.Authority}/"
            );

    /// <summary>Page with the traces, logs and metrics, where the options ask for it.</summary>
    public Uri? DashboardPage => _dashboard?.Page;

    /// <summary>Time since the start of this program.</summary>
    public TimeSpan Elapsed => screen.Elapsed;

    /// <summary>Address of a service's own API, past the gateway.</summary>
    private static bool HasFiles(string service) => service is "projects" or "repairs" or "complaints" or "surveys";

    public Uri AddressOf(Service service) => new($"http://127.0.0.1:{_ports[service].Http}");

    /// <summary>Servers, databases, migrations, services; returns when all are healthy.</summary>
    /// <exception cref="StartException">Something did not come up; the message says what and why.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (Services.Contains(Service.Gateway) && !Machine.IsFree(options.Port))
        {
            throw new StartException(
                $"Port {options.Port} is taken by another program. Stop it, or give the gateway another port with --port."
            );
        }

        Task<string>? broker = null;
        try
        {
            await Fonts.EnsureAsync(screen.Say, cancellation);
            if (options.Dashboard)
            {
                _dashboard = await Dashboard.StartAsync(checkout, secrets, screen, cancellation);
            }

            broker = StartBrokerAsync(cancellation);
            var stores = await StartStoresAsync(cancellation);
            await Task.WhenAll(
                Services
                    .Where(service => service.HasStore)
                    .Select(service => MigrateAsync(service, Settings(service, stores, null), cancellation))
            );
            var brokerAddress = await broker;
            var healthy = Start(Services.Where(service => service != Service.Gateway), brokerAddress).ToList();
            // The gateway comes when the first of them has: its first look then finds them, or its second.
            await Task.WhenAny(healthy.DefaultIfEmpty(Task.CompletedTask));
            healthy.AddRange(Start(Services.Where(service => service == Service.Gateway), brokerAddress));
            await foreach (var each in Task.WhenEach(healthy).WithCancellation(cancellation))
            {
                // The first that does not come up is told at once; the others may wait for it for minutes.
                await each;
            }

            // Launched at once; the tasks say when each is healthy.
            IEnumerable<Task> Start(IEnumerable<Service> group, string? address) =>
                group
                    .Select(service => (service, process: Launch(service, Settings(service, stores, address))))
                    .ToList()
                    .Select(entry => HealthyAsync(entry.service, entry.process, cancellation));
        }
        catch
        {
            if (broker is not null)
            {
                // So that the broker that is just starting is known to whoever stops it.
                await ((Task)broker).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            throw;
        }
    }

    /// <summary>Makes the account of a department's own system that listens to events, and returns its
    /// address.</summary>
    public async Task<Uri> DepartmentAsync(CancellationToken cancellation)
    {
        await _rabbit!.CreateUserAsync(
            VirtualHost,
            "cs_department",
            secrets["broker:department"],
            // A queue of its own that the broker names.
            new(@"^amq\.gen.*$", @"^amq\.gen.*$", $"^(amq\\.gen.*|{BrokerDefinitions.Exchange})$"),
            cancellation
        );
        return new Uri($"amqp://cs_department:{secrets["broker:department"]}@{_rabbit.Address}/{VirtualHost}");
    }

    /// <summary>Has every service check the hash chains of its audit trail.</summary>
    /// <returns>What each said.</returns>
    /// <exception cref="StartException">A chain is broken.</exception>
    public async Task<IReadOnlyList<string>> VerifyAuditAsync(CancellationToken cancellation)
    {
        var said = new List<string>();
        foreach (var service in Services.Where(service => service.HasStore))
        {
            var lines = new List<string>();
            await using var process = ChildProcess.Start(
                Command(service, _environments[service], "verify-audit") with
                {
                    OnLine = lines.Add,
                }
            );
            if (await process.WaitForExitAsync(cancellation) is not 0 and var code)
            {
                throw new StartException(
                    $"verify-audit of {service.Name} ended with {code}:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}"
                );
            }

            said.Add($"{service.Name}: {lines.LastOrDefault()}");
        }

        return said;
    }

    /// <summary>Starts each service that ends by itself again, and says so, until it is told to stop.</summary>
    public Task KeepAsync(CancellationToken cancellation) =>
        Task.WhenAll(_running.Keys.Select(service => KeepAsync(service, cancellation)));

    private async Task KeepAsync(Service service, CancellationToken cancellation)
    {
        var pause = _firstPause;
        while (true)
        {
            var began = TimeProvider.System.GetTimestamp();
            var ended = _running[service];
            var code = await ended.WaitForExitAsync(cancellation);
            // Once it has run for a while its end is a fault of its own, not the last one again.
            pause =
                TimeProvider.System.GetElapsedTime(began) > _longestPause
                    ? _firstPause
                    : TimeSpan.FromTicks(Math.Min(_longestPause.Ticks, pause.Ticks * 2));
            screen.Fail(
                $"{service.Name} ended by itself with {code}; it starts again in {pause.TotalSeconds:0} s. The others go on."
            );
            await Task.Delay(pause, cancellation);
            Launch(service, _environments[service]);
            await ended.DisposeAsync();
            try
            {
                await HealthyAsync(service, _running[service], cancellation);
            }
            catch (StartException fault)
            {
                screen.Fail(fault.Message);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The gateway first: what is under way ends, nothing new comes.
        if (_running.TryRemove(Service.Gateway, out var gateway))
        {
            await gateway.DisposeAsync();
        }

        await Task.WhenAll(_running.Values.Select(process => process.DisposeAsync().AsTask()));
        await Task.WhenAll(StopAsync(_rabbit), StopAsync(_postgres), StopAsync(_dashboard));
        _cores.Dispose();

        static async Task StopAsync(IAsyncDisposable? server)
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }
        }
    }

    private async Task<IReadOnlyDictionary<Service, string>> StartStoresAsync(CancellationToken cancellation)
    {
        _postgres = await PostgresServer.StartAsync(
            new ServerOptions(Path.Combine(folder, "postgres")) { Say = screen.Say },
            cancellation
        );
        screen.Say($"PostgreSQL runs at {_postgres.Address}.");
        var stores = new Dictionary<Service, string>();
        Directory.CreateDirectory(Path.Combine(folder, "migrated"));
        foreach (var service in Service.All.Where(service => service.HasStore))
        {
            if (service == Service.Surveys && await DocumentsAsync(service, cancellation) is { } documents)
            {
                stores[service] = documents;
                continue;
            }

            if (options.Fresh && !_postgres.IsPrivate)
            {
                await _postgres.DropDatabaseAsync(service.Database, service.Database, cancellation);
            }

            if (!await _postgres.HasDatabaseAsync(service.Database, cancellation))
            {
                // It may be another server than the one on which this folder's last start worked.
                File.Delete(Stamp(service));
                File.Delete(Path.Combine(folder, "seeded"));
            }

            stores[service] = await _postgres.CreateDatabaseAsync(
                service.Database,
                service.Database,
                secrets[$"database:{service.Name}"],
                cancellation
            );
        }

        return stores;
    }

    // Surveys' store on the server of CS_MONGO; null where there is none, and it takes PostgreSQL like the others.
    private async Task<string?> DocumentsAsync(Service service, CancellationToken cancellation)
    {
        _documents = await DocumentServer.ConnectAsync(service.Database, cancellation);
        if (_documents is null)
        {
            return null;
        }

        screen.Say($"Surveys keeps its documents in {_documents.Name}.");
        if (options.Fresh)
        {
            await _documents.DropDatabaseAsync(cancellation);
        }

        if (!await _documents.HasDatabaseAsync(cancellation))
        {
            File.Delete(Stamp(service));
            File.Delete(Path.Combine(folder, "seeded"));
        }

        return _documents.ConnectionString;
    }

    private async Task<string> StartBrokerAsync(CancellationToken cancellation)
    {
        _rabbit = await RabbitMqServer.StartAsync(
            new ServerOptions(Path.Combine(folder, "rabbitmq")) { Say = screen.Say },
            cancellation
        );
        if (options.Fresh && !_rabbit.IsPrivate)
        {
            await _rabbit.DeleteVirtualHostAsync(VirtualHost, cancellation);
        }

        await _rabbit.CreateVirtualHostAsync(VirtualHost, complete: true, cancellation);
        foreach (var service in Service.All.Where(service => service.HasBroker))
        {
            await _rabbit.CreateUserAsync(
                VirtualHost,
                service.Database,
                secrets[$"broker:{service.Name}"],
                BrokerDefinitions.AccountOf(service.Name),
                cancellation
            );
        }

        screen.Say($"RabbitMQ runs at {_rabbit.Address}.");
        return _rabbit.Address;
    }

    /// <summary>
    /// Applies the migrations, unless this very build with these settings has done so on these databases: a
    /// process more for each
    /// service would cost a second start half its time. That none is pending is checked by the service's
    /// startup health all the same.
    /// </summary>
    private async Task MigrateAsync(
        Service service,
        Dictionary<string, string?> environment,
        CancellationToken cancellation
    )
    {
        var file = new FileInfo(service.Assembly(checkout));
        var stamp = Stamp(service);
        var state = Convert.ToHexString(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{file.Length} {file.LastWriteTimeUtc:O} {Address} {PostgresServerName()} {DocumentStore} {string.Join(' ', secrets[$"database:{service.Name}"], string.Join(' ', Secret(service)))}"
                    )
                )
            )
        );
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp, cancellation) == state)
        {
            return;
        }

        await _cores.WaitAsync(cancellation);
        try
        {
            await using var process = ChildProcess.Start(Command(service, environment, "migrate"));
            if (await process.WaitForExitAsync(cancellation) is not 0 and var code)
            {
                throw new StartException(
                    $"The migrations of {service.Name} failed with {code}:{Environment.NewLine}{screen.LastOf(service)}"
                );
            }

            await File.WriteAllTextAsync(stamp, state, cancellation);
        }
        finally
        {
            _cores.Release();
        }
    }

    private string Stamp(Service service) => Path.Combine(folder, "migrated", service.Name);

    private ChildProcess Launch(Service service, Dictionary<string, string?> environment)
    {
        _environments[service] = environment;
        var process = ChildProcess.Start(Command(service, environment));
        _running[service] = process;
        return process;
    }

    private ChildCommand Command(Service service, Dictionary<string, string?> environment, params string[] arguments) =>
        new(service.Name, ["dotnet", service.Assembly(checkout), .. arguments])
        {
            Environment = environment,
            Folder = Path.Combine(checkout.Root, service.Project),
            Grace = TimeSpan.FromSeconds(15),
            OnLine = line => screen.Log(service, line),
        };

    private async Task HealthyAsync(Service service, ChildProcess process, CancellationToken cancellation)
    {
        using var client = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{_ports[service].Management}"),
            Timeout = TimeSpan.FromSeconds(10),
        };
        var said = "no answer";
        var until = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(until) < TimeSpan.FromMinutes(4))
        {
            if (process.HasExited)
            {
                throw new StartException(
                    $"{service.Name} ended with {process.ExitCode} before it was healthy:{Environment.NewLine}{screen.LastOf(service)}"
                );
            }

            try
            {
                var healthy = true;
                foreach (var question in (string[])["health/startup", "health/ready"])
                {
                    using var response = await client.GetAsync(question, cancellation);
                    said = $"{question}: {await response.Content.ReadAsStringAsync(cancellation)}";
                    healthy &= response.IsSuccessStatusCode;
                    if (!healthy)
                    {
                        break;
                    }
                }

                if (healthy)
                {
                    screen.Say($"{service.Name} is healthy.");
                    return;
                }
            }
            catch (Exception error)
                when (error is HttpRequestException
                    || (error is TaskCanceledException && !cancellation.IsCancellationRequested)
                )
            {
                said = error.Message;
            }

            await Task.Delay(150, cancellation);
        }

        throw new StartException($"{service.Name} did not become healthy within four minutes. Its last answer: {said}");
    }

    private Dictionary<string, string?> Settings(
        Service service,
        IReadOnlyDictionary<Service, string> stores,
        string? broker
    )
    {
        var own = _ports[service];
        var identity = AddressOf(Service.Identity);
        var environment = new Dictionary<string, string?>
        {
            // What the shell around this program says about ports or the environment is not meant for the services.
            ["ASPNETCORE_URLS"] = null,
            ["ASPNETCORE_HTTP_PORTS"] = null,
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DOTNET_ENVIRONMENT"] = "Production",
            // Seven programs share the machine: each leaves the second, better compilation of its methods until
            // it has been quiet for three
            // seconds (hexadecimal), and does without the separate mapping of code for writing, which costs a
            // page fault a method.
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_TC_CallCountingDelayMs"] = "BB8",
            ["DOTNET_EnableWriteXorExecute"] = "0",
            // The C library otherwise keeps a pool of freed memory for each thread: 10 MB a program.
            ["MALLOC_ARENA_MAX"] = "2",
            ["Hosting__Address"] = "127.0.0.1",
            ["Hosting__HttpPort"] = own.Http.ToString(CultureInfo.InvariantCulture),
            ["Hosting__GrpcPort"] = own.Grpc.ToString(CultureInfo.InvariantCulture),
            ["Hosting__ManagementPort"] = own.Management.ToString(CultureInfo.InvariantCulture),
            ["Hosting__DrainSeconds"] = "8",
            ["Auth__Issuer"] = Address.GetLeftPart(UriPartial.Authority),
            ["Auth__MetadataAddress"] =
                $"{identity.GetLeftPart(UriPartial.Authority)}/.well-known/openid-configuration",
            ["Auth__Audience"] = "customer-service",
            ["Services__Identity__Http"] = identity.GetLeftPart(UriPartial.Authority),
            ["Company__PublicUrl"] = Address.GetLeftPart(UriPartial.Authority),
            ["Telemetry__TraceFolder"] = options.TraceFolder,
        };
        foreach (var other in Service.All.Where(other => HasFiles(other.Name)))
        {
            environment[$"Services__{other.Name}__Grpc"] = $"http://127.0.0.1:{_ports[other].Grpc}";
        }

        foreach (var (name, value) in _dashboard?.Exporter ?? new Dictionary<string, string>())
        {
            environment[name] = value;
        }

        if (service.HasStore)
        {
            environment["ConnectionStrings__Store"] = stores[service];
            if (service == Service.Surveys)
            {
                // Kept, so that links and printed codes hold after the next start, at another port.
                environment["Surveys__LinkKey"] = secrets["links:surveys"];
                environment["Store__Kind"] = _documents is null ? "postgres" : "mongo";
            }
        }

        if (service.HasBroker)
        {
            // While migrations run the broker may still be starting; they do not talk to it.
            environment["ConnectionStrings__RabbitMq"] =
                $"amqp://{service.Database}:{secrets[$"broker:{service.Name}"]}@{broker ?? "127.0.0.1:5672"}/{VirtualHost}";
        }

        if (service.HasAccount)
        {
            environment["ServiceAccount__ClientId"] = service.Account;
            environment["ServiceAccount__ClientSecret"] = secrets[$"client:{service.Account}"];
        }

        if (service.Name == "reporting" && BrokerPage is { } page)
        {
            environment["DepartmentAccounts__Management"] = page.ToString();
        }

        if (options.Story)
        {
            // Whose move it is stands with the step that moved it.
            environment["Messaging__GatherParts"] = "00:00:00.05";
        }

        if (HasFiles(service.Name))
        {
            environment["Blobs__Folder"] = Path.Combine(folder, "blobs", service.Name);
        }

        if (service == Service.Identity)
        {
            foreach (var (key, value) in Secret(service))
            {
                environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
            }
        }

        if (service == Service.Gateway)
        {
            foreach (var other in Service.All.Where(other => other != Service.Gateway))
            {
                environment[$"Gateway__Services__{other.Name}__Http"] = AddressOf(other)
                    .GetLeftPart(UriPartial.Authority);
                environment[$"Gateway__Services__{other.Name}__Management"] =
                    $"http://127.0.0.1:{_ports[other].Management}";
            }
        }

        return environment;
    }

    private IEnumerable<KeyValuePair<string, string>> Secret(Service service)
    {
        if (service != Service.Identity)
        {
            yield break;
        }

        foreach (
            var account in (string[])
                [.. Service.All.Where(other => other.HasAccount).Select(other => other.Account), "bi"]
        )
        {
            yield return new($"Identity:Clients:{account}:Secret", secrets[$"client:{account}"]);
        }

        yield return new("Identity:Administrator:UserName", DemoAccounts.Administrator);
        yield return new("Identity:Administrator:Password", secrets.ForPeople(DemoAccounts.PasswordSecret));
    }

    // The port of a private server changes with every start; its databases are those of the folder.
    private string PostgresServerName() => _postgres!.IsPrivate ? "private" : _postgres.Address;

    private sealed record Ports(int Http, int Grpc, int Management);
}

/// <summary>The system did not come up; the message says what failed and why.</summary>
internal sealed class StartException(string message) : Exception(message);
