using System.Globalization;
using System.Net.Http.Headers;
using CustomerService.Rules;
using CustomerService.Servers;
using CustomerService.Testing;

namespace CustomerService.Load.Projects;

/// <summary>A service as it runs in production, as a process of its own: Projects, unless said otherwise; and the echo
/// to compare it with.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly string _pidFile;
    private readonly string _log;

    private ServiceProcess(ChildProcess process, string pidFile, string log, int http, int grpc)
    {
        (_process, _pidFile, _log) = (process, pidFile, log);
        Http = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{http}"));
        Grpc = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{grpc}"));
    }

    public Uri Http { get; }

    public Uri Grpc { get; }

    /// <summary>Most memory that it has had in use so far, MB (Linux).</summary>
    public double PeakMegabytes =>
        double.Parse(
            File.ReadLines($"/proc/{File.ReadAllText(_pidFile).Trim()}/status")
                .First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Split(':')[1]
                .Replace("kB", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture
        ) / 1024;

    /// <summary>Time of the processor that it has used so far, s.</summary>
    public double ProcessorSeconds
    {
        get
        {
            using var process = System.Diagnostics.Process.GetProcessById(
                int.Parse(File.ReadAllText(_pidFile), CultureInfo.InvariantCulture)
            );
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    public const string Projects = "CustomerService.Projects";
    public const string Repairs = "CustomerService.Repairs";

    /// <summary>Brings the schema of a database up to date.</summary>
    public static Task MigrateAsync(string database, string program = Projects) =>
        CommandAsync(database, program, "migrate");

    /// <summary>Runs a command of a service to its end.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<IReadOnlyList<string>> CommandAsync(string database, string program, string name)
    {
        var lines = new List<string>();
        await using var command = ChildProcess.Start(
            new ChildCommand(
                name,
                [
                    "dotnet",
                    Dll(program),
                    name,
                    .. Settings(database, new Uri("amqp://g:g@127.0.0.1:1"), "http://127.0.0.1:1"),
                ]
            )
            {
                OnLine = lines.Add,
            }
        );
        return await command.WaitForExitAsync() == 0
            ? lines
            : throw new InvalidOperationException($"{name} failed: " + string.Join(Environment.NewLine, lines));
    }

    /// <summary>Starts the service and waits until it is ready.</summary>
    /// <param name="database">Connection string.</param>
    /// <param name="broker">Address of the broker.</param>
    /// <param name="issuer">Whose tokens it accepts.</param>
    /// <param name="core">The one core that it may use; null for all.</param>
    /// <param name="heapMegabytes">The most that its heap may hold, MB; null for what the machine has.</param>
    /// <param name="program">Which service.</param>
    /// <param name="settings">Further settings, as arguments.</param>
    public static Task<ServiceProcess> StartAsync(
        string database,
        Uri broker,
        TestIssuer issuer,
        int? core = null,
        int? heapMegabytes = null,
        string program = Projects,
        params string[] settings
    ) =>
        StartAsync(
            program,
            core,
            heapMegabytes,
            ports => [.. Settings(database, broker, issuer.Issuer), .. Listening(ports), .. settings],
            "/health/ready"
        );

    /// <summary>Starts the echo: the same questions and answers on the same Kestrel, and nothing behind it.</summary>
    public static Task<ServiceProcess> StartEchoAsync(int? core) =>
        StartAsync("CustomerService.Load", core, null, ports => [Echo.Command, .. Listening(ports)], "/");

    public HttpClient Client(TestIssuer issuer, string role = Roles.EngineeringHead)
    {
        var client = new HttpClient { BaseAddress = Http, Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            issuer.Token("周部長", "周部長", [role], lifetime: TimeSpan.FromHours(6))
        );
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        File.Delete(_pidFile);
        File.Delete(_log);
    }

    private static async Task<ServiceProcess> StartAsync(
        string program,
        int? core,
        int? heapMegabytes,
        Func<int[], string[]> arguments,
        string ready
    )
    {
        int[] ports = [Machine.FreePort(), Machine.FreePort(), Machine.FreePort()];
        var pidFile = Path.GetTempFileName();
        var log = Path.GetTempFileName();
        // The shell becomes the program, so the number that it writes is the program's.
        string[] pinned = core is { } one ? ["taskset", "-c", one.ToString(CultureInfo.InvariantCulture)] : [];
        var process = ChildProcess.Start(
            new ChildCommand(
                program,
                [
                    "bash",
                    "-c",
                    "echo $$ >\"$0\"; exec \"$@\"",
                    pidFile,
                    .. pinned,
                    "dotnet",
                    Dll(program),
                    .. arguments(ports),
                ]
            )
            {
                LogFile = log,
                Environment = new Dictionary<string, string?>
                {
                    ["Logging__LogLevel__Default"] = "Warning",
                    ["ASPNETCORE_ENVIRONMENT"] = "Production",
                    // The runtime reads it as hexadecimal.
                    ["DOTNET_GCHeapHardLimit"] = heapMegabytes is { } limit
                        ? (limit * 1024L * 1024).ToString("X", CultureInfo.InvariantCulture)
                        : null,
                },
            }
        );
        using var client = new HttpClient();
        await Patience.UntilAsync(async () =>
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException(
                    $"{program} ended with {process.ExitCode}: {await File.ReadAllTextAsync(log)}"
                );
            }

            try
            {
                return (
                    await client.GetAsync(
                        new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[2]}{ready}"))
                    )
                ).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return new ServiceProcess(process, pidFile, log, ports[0], ports[1]);
    }

    private static string Dll(string program) => Path.Combine(AppContext.BaseDirectory, program + ".dll");

    private static string[] Settings(string database, Uri broker, string issuer) =>
        [
            $"--ConnectionStrings:Store={database}",
            $"--ConnectionStrings:RabbitMq={broker}",
            $"--Auth:Issuer={issuer}",
            "--ServiceAccount:ClientId=load",
            "--ServiceAccount:ClientSecret=load",
            "--Sweep:Minutes=0",
            $"--Blobs:Folder={Path.GetTempPath()}",
        ];

    private static string[] Listening(int[] ports) =>
        [
            "--Hosting:Address=127.0.0.1",
            .. ports.Zip(
                ["HttpPort", "GrpcPort", "ManagementPort"],
                (port, name) => string.Create(CultureInfo.InvariantCulture, $"--Hosting:{name}={port}")
            ),
        ];
}
