using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using CustomerService.Servers;
using CustomerService.Testing;

namespace CustomerService.EndToEnd.Tests;

/// <summary>What the starter of the local system does for a service that dies under it, and what it leaves to read.</summary>
public sealed class TheStarter
{
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_service_that_is_killed_starts_again_and_its_files_are_for_its_own_account_only()
    {
        var folder = Machine.NewTemporaryFolder("starter");
        var port = Machine.FreePort();
        var lines = new ConcurrentQueue<string>();
        var command = new ChildCommand(
            "starter",
            [
                "dotnet",
                LocalProgram.Path,
                "--fresh",
                "--only",
                "identity,gateway",
                "--port",
                port.ToString(CultureInfo.InvariantCulture),
            ]
        )
        {
            Environment = new Dictionary<string, string?> { ["CS_LOCAL_FOLDER"] = folder },
            OnLine = lines.Enqueue,
        };
        await using (ChildProcess.Start(command))
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}/") };
            await AnswersAsync(http, lines);
            var first = IdentityOf(folder);

            using (var process = System.Diagnostics.Process.GetProcessById(first))
            {
                process.Kill();
            }

            await Eventually.IsTrue(
                () =>
                    Task.FromResult(
                        lines.Any(line => line.Contains("identity ended by itself", StringComparison.Ordinal))
                    ),
                "the starter says it"
            );
            await AnswersAsync(http, lines);
            IdentityOf(folder).ShouldNotBe(first);

            var open = Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => (File.GetUnixFileMode(file) & ForOthers) != 0);
            open.ShouldBeEmpty();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Given_a_system_that_is_away_for_a_moment_When_its_data_are_loaded_Then_the_loader_waits_for_it()
    {
        var port = Machine.FreePort();
        using var door = new HttpListener();
        door.Prefixes.Add($"http://localhost:{port}/");
        door.Start();
        var asked = 0;
        _ = Task.Run(async () =>
        {
            while (door.IsListening)
            {
                var call = await door.GetContextAsync();
                // Away three times; then there, and it lets nobody in.
                call.Response.StatusCode = ++asked <= 3 ? 503 : 403;
                call.Response.AddHeader("Retry-After", "1");
                call.Response.Close();
            }
        });
        var lines = new ConcurrentQueue<string>();
        var command = new ChildCommand("loader", ["dotnet", LocalProgram.Path, "--at", $"http://localhost:{port}"])
        {
            Environment = new Dictionary<string, string?> { ["CS_ADMINISTRATOR_PASSWORD"] = "a password of no system" },
            OnLine = lines.Enqueue,
        };
        await using var loader = ChildProcess.Start(command);

        await Eventually.IsTrue(
            () => Task.FromResult(lines.Any(line => line.Contains("could not sign in", StringComparison.Ordinal))),
            "it says that it was not let in"
        );
        asked.ShouldBe(4);
        lines.ShouldContain(line => line.Contains(": 403.", StringComparison.Ordinal));
        door.Stop();
    }

    private const UnixFileMode ForOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // Through the gateway, what everybody may read of Identity.
    private static Task AnswersAsync(HttpClient http, ConcurrentQueue<string> lines) =>
        Eventually.Holds(
            async () =>
            {
                using var answer = await http.GetAsync(".well-known/openid-configuration");
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, string.Join('\n', lines));
            },
            TimeSpan.FromMinutes(3)
        );

    private static int IdentityOf(string folder) =>
        Directory
            .EnumerateDirectories("/proc")
            .Where(process =>
                LocalProgram.Of(process, "environ").Contains(folder, StringComparison.Ordinal)
                && LocalProgram.Of(process, "cmdline").StartsWith("dotnet", StringComparison.Ordinal)
                && LocalProgram.Of(process, "cmdline").Contains("Identity.dll", StringComparison.Ordinal)
            )
            .Select(process => int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture))
            .Single();
}
