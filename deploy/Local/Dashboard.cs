using System.Globalization;
using System.Net.Sockets;
using CustomerService.Servers;

namespace CustomerService.Local;

/// <summary>The Aspire dashboard: traces, logs and metrics of all programs in the browser, for this run only.</summary>
internal sealed class Dashboard : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private Dashboard(ChildProcess process, Uri page, IReadOnlyDictionary<string, string> exporter) =>
        (_process, Page, Exporter) = (process, page, exporter);

    /// <summary>Its page, with the token that lets in.</summary>
    public Uri Page { get; }

    /// <summary>Variables that make a program send its telemetry here.</summary>
    public IReadOnlyDictionary<string, string> Exporter { get; }

    /// <summary>Fetches the dashboard where it is not there yet, and starts it.</summary>
    /// <exception cref="StartException">It could not be fetched, or does not answer; the message says why.</exception>
    public static async Task<Dashboard> StartAsync(
        Checkout checkout,
        Secrets secrets,
        Screen screen,
        CancellationToken cancellation
    )
    {
        var project = Path.Combine(checkout.Root, "deploy/Dashboard");
        await RunAsync("restore", project);
        var program = (await RunAsync("msbuild", project, "-getProperty:DashboardProgram"))[^1].Trim();

        var (page, grpc) = (Machine.FreePort(), Machine.FreePort());
        var (token, key) = (secrets["dashboard:page"], secrets["dashboard:telemetry"]);
        var lines = new List<string>();
        var process = ChildProcess.Start(
            new("dashboard", program)
            {
                Folder = Path.GetDirectoryName(program),
                OnLine = lines.Add,
                Environment = new Dictionary<string, string?>
                {
                    ["ASPNETCORE_URLS"] = Loopback(page),
                    ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = Loopback(grpc),
                    ["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken",
                    ["DASHBOARD__FRONTEND__BROWSERTOKEN"] = token,
                    ["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey",
                    ["DASHBOARD__OTLP__PRIMARYAPIKEY"] = key,
                    // Its own telemetry, and a look for newer versions, would leave this machine.
                    ["ASPIRE_DASHBOARD_TELEMETRY_OPTOUT"] = "true",
                    ["ASPIRE_VERSION_CHECK_DISABLED"] = "true",
                    ["OTEL_EXPORTER_OTLP_ENDPOINT"] = null,
                },
            }
        );
        try
        {
            await AnswersAsync();
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }

        return new(
            process,
            new Uri($"{Loopback(page)}/login?t={token}"),
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Loopback(grpc),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
                ["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}",
            }
        );

        async Task AnswersAsync()
        {
            for (var tries = 0; ; tries++)
            {
                if (process.HasExited || tries == 300)
                {
                    throw new StartException($"The dashboard did not come up: {string.Join('\n', lines)}");
                }

                try
                {
                    using var client = new TcpClient();
                    await client.ConnectAsync("127.0.0.1", grpc, cancellation);
                    return;
                }
                catch (SocketException)
                {
                    await Task.Delay(100, cancellation);
                }
            }
        }

        async Task<List<string>> RunAsync(params string[] arguments)
        {
            var said = new List<string>();
            await using var dotnet = ChildProcess.Start(new("dotnet", ["dotnet", .. arguments]) { OnLine = said.Add });
            return await dotnet.WaitForExitAsync(cancellation) is 0
                ? said
                : throw new StartException(
                    $"The dashboard could not be fetched from the package registry: {string.Join('\n', said)}"
                );
        }

        static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
