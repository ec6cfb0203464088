using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CustomerService.Servers;

namespace CustomerService.Testing;

/// <summary>
/// A program of the system as a process of its own, out of the folder of the tests: for what shows only there,
/// such as its exit code, its
/// output and what it does with a signal. The project of the program must be referenced by the test project.
/// </summary>
public sealed class RealProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private RealProgram(Process process) => _process = process;

    /// <summary>Lines of both outputs so far.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    public int Id => _process.Id;

    public Uri Http { get; private init; } = null!;

    public Uri Management { get; private init; } = null!;

    /// <summary>Starts it on free ports of the loopback.</summary>
    /// <param name="name">Project, for example <c>Surveys</c>.</param>
    /// <param name="settings">Settings as <c>Section:Key</c>; a name without a colon is a variable as it
    /// stands.</param>
    /// <param name="args">Command line.</param>
    public static RealProgram Start(
        string name,
        IReadOnlyDictionary<string, string>? settings = null,
        params string[] args
    )
    {
        int[] ports = [Machine.FreePort(), Machine.FreePort(), Machine.FreePort()];
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, $"CustomerService.{name}.dll"), .. args]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        var all = new Dictionary<string, string>
        {
            ["Hosting:Address"] = "127.0.0.1",
            ["Hosting:HttpPort"] = ports[0].ToString(CultureInfo.InvariantCulture),
            ["Hosting:GrpcPort"] = ports[1].ToString(CultureInfo.InvariantCulture),
            ["Hosting:ManagementPort"] = ports[2].ToString(CultureInfo.InvariantCulture),
            ["ServiceAccount:ClientId"] = "svc-test",
            ["ServiceAccount:ClientSecret"] = "test",
            ["Blobs:Folder"] = Path.Combine(Path.GetTempPath(), "cs-blobs"),
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            all[key] = value;
        }

        foreach (var (key, value) in all)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var program = new RealProgram(new Process { StartInfo = start })
        {
            Http = new Uri($"http://127.0.0.1:{ports[0]}"),
            Management = new Uri($"http://127.0.0.1:{ports[2]}"),
        };
        program._process.OutputDataReceived += (_, line) => program.Take(line.Data);
        program._process.ErrorDataReceived += (_, line) => program.Take(line.Data);
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, IReadOnlyList<string> Lines)> RunAsync(
        string name,
        IReadOnlyDictionary<string, string>? settings = null,
        params string[] args
    )
    {
        await using var program = Start(name, settings, args);
        return (await program.ExitAsync(), program.Lines);
    }

    /// <summary>Waits until it answers.</summary>
    public async Task<RealProgram> LiveAsync()
    {
        using var client = new HttpClient();
        await Eventually.IsTrue(
            async () =>
            {
                if (_process.HasExited)
                {
                    throw new InvalidOperationException(
                        $"It ended with {_process.ExitCode}: {string.Join('\n', Lines)}"
                    );
                }

                return (await client.GetAsync(new Uri(Management, "/health/live"))).IsSuccessStatusCode;
            },
            "the program is live"
        );
        return this;
    }

    /// <summary>Sends SIGTERM, as a container engine does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-s", "TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end, a minute at most, and returns its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        // Both outputs have been read to their ends then.
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            _lines.Enqueue(line);
        }
    }
}
