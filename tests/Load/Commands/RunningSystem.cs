using System.Globalization;
using System.Text.Json.Nodes;
using CustomerService.Servers;

namespace CustomerService.Load.Commands;

/// <summary>
/// The whole system as the local starter brings it up, in the configuration of this program, on the servers of
/// this run: five services, issuer and gateway, each consuming what it listens to.
/// </summary>
internal sealed class RunningSystem : IAsyncDisposable
{
    private const string Log = "log";
    private readonly ChildProcess _starter;
    private readonly string _folder;

    private RunningSystem(ChildProcess starter, string folder, int port)
    {
        (_starter, _folder) = (starter, folder);
        Public = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        Gateway = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
    }

    /// <summary>Where people sign in.</summary>
    public Uri Public { get; }

    /// <summary>The same without a look at the names of hosts.</summary>
    public Uri Gateway { get; }

    /// <summary>Password of all accounts of the demonstration data.</summary>
    public string Password =>
        (string)JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "secrets.json")))!["demo-password"]!;

    /// <summary>Keeps what the system logged, under a name of its own, and says where.</summary>
    public string KeepLog()
    {
        var kept = Path.Combine(Path.GetTempPath(), Path.GetFileName(_folder) + ".log");
        File.Copy(Path.Combine(_folder, Log), kept, overwrite: true);
        return kept;
    }

    /// <summary>Starts everything with the demonstration data; returns when all of it is healthy.</summary>
    public static async Task<RunningSystem> StartAsync(Place place)
    {
        var folder = Machine.NewTemporaryFolder("load-commands");
        var log = Path.Combine(folder, Log);
        var port = Machine.FreePort();
        // No limit of the gateway may be what is measured.
        const string Unlimited = "10000000";
        var starter = ChildProcess.Start(
            new ChildCommand("system", "dotnet", Program(), "--port", port.ToString(CultureInfo.InvariantCulture))
            {
                LogFile = log,
                Grace = TimeSpan.FromSeconds(60),
                Environment = new Dictionary<string, string?>
                {
                    ["CS_LOCAL_FOLDER"] = folder,
                    ["CS_POSTGRES"] = place.Postgres.AdministratorConnectionString,
                    ["CS_RABBITMQ"] = place.Rabbit.AdministratorAddress.AbsoluteUri,
                    ["CS_RABBITMQ_MANAGEMENT"] = place.Rabbit.ManagementAddress.AbsoluteUri,
                    ["Gateway__RateLimits__PerAddress__PerMinute"] = Unlimited,
                    ["Gateway__RateLimits__PerAddress__Burst"] = Unlimited,
                    ["Gateway__RateLimits__PerUser__PerMinute"] = Unlimited,
                    ["Gateway__RateLimits__PerUser__Burst"] = Unlimited,
                    ["Gateway__RateLimits__SignIns__PerMinute"] = Unlimited,
                    ["Gateway__RateLimits__SignIns__Burst"] = Unlimited,
                    // One sign-in a caller is enough for the whole run.
                    ["Identity__Tokens__AccessMinutes"] = "60",
                },
            }
        );
        for (var second = 0; ; second++)
        {
            var said = File.Exists(log) ? await ReadAsync(log) : "";
            if (said.Contains("The system runs", StringComparison.Ordinal))
            {
                return new RunningSystem(starter, folder, port);
            }

            if (starter.HasExited || second == 300)
            {
                await starter.DisposeAsync();
                throw new InvalidOperationException("The system did not come up: " + said);
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _starter.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // It is still being written.
    private static async Task<string> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static string Program()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        for (var folder = output; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CustomerService.sln")))
            {
                return Path.Combine(
                    folder.FullName,
                    "deploy/Local/bin",
                    output.Parent!.Name,
                    output.Name,
                    "CustomerService.Local.dll"
                );
            }
        }

        throw new DirectoryNotFoundException("CustomerService.sln is in none of the folders above this program.");
    }
}
