using System.Diagnostics;
using CustomerService.Testing;

namespace CustomerService.Servers.Tests;

/// <summary>A run that is killed, by a user or by CI, must not leave servers behind.</summary>
public sealed class OrphanTests
{
    private const string FolderSetting = "CS_TEST_HOLD_FOLDER";

    [Fact]
    public async Task When_the_process_that_started_the_servers_is_killed_they_end_and_their_folders_go()
    {
        Assert.SkipUnless(
            PostgresServer.IsAtHand && Environment.GetEnvironmentVariable(PostgresServer.Setting) is null or "",
            "No private server here."
        );
        var folder = Machine.NewTemporaryFolder("orphan");
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet")
        {
            start.ArgumentList.Add(typeof(OrphanTests).Assembly.Location);
        }

        foreach (
            var argument in (string[])
                [
                    "--explicit",
                    "only",
                    "--filter-method",
                    $"{typeof(OrphanTests).FullName}.{nameof(Hold_servers_until_killed)}",
                ]
        )
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[FolderSetting] = folder;
        using var holder = Process.Start(start)!;
        _ = holder.StandardOutput.ReadToEndAsync();
        await Eventually.IsTrue(
            () => Task.FromResult(File.Exists(Path.Combine(folder, "ready"))),
            "the servers run",
            TimeSpan.FromMinutes(3)
        );
        (await Processes.UsingAsync(folder)).ShouldNotBeEmpty();

        holder.Kill();

        await Eventually.Holds(async () =>
        {
            (await Processes.UsingAsync(folder)).ShouldBeEmpty();
            Directory.GetDirectories(folder).ShouldBeEmpty();
        });
        Directory.Delete(folder, recursive: true);
    }

    [Fact(Explicit = true)]
    public async Task Hold_servers_until_killed()
    {
        var folder = Environment.GetEnvironmentVariable(FolderSetting);
        Assert.SkipUnless(folder is not null, "Started by the other test only.");
        await using var postgres = await PostgresServer.StartAsync(
            new ServerOptions(Path.Combine(folder, "postgres")) { Durable = false, Temporary = true }
        );
        await using var rabbit = await RabbitMqServer.StartAsync(
            new ServerOptions(Path.Combine(folder, "rabbitmq")) { Temporary = true }
        );
        await File.WriteAllTextAsync(Path.Combine(folder, "ready"), "");
        await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
    }
}
