using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using CustomerService.Testing;
using RabbitMQ.Client;

namespace CustomerService.Messaging.Tests;

/// <summary>
/// A department's own system reads the events with a client that is not .NET, under an account that
/// can read its own queue and do nothing else.
/// </summary>
public sealed class ForeignConsumerTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    private const string Queue = "department.quality";

    private static readonly string Folder = typeof(ForeignConsumerTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "ForeignConsumer")
        .Value!;

    [Fact]
    public async Task A_department_reads_its_own_queue_with_another_client_and_may_do_nothing_else()
    {
        await InstallAsync();
        var place = await Place.NewAsync(postgres, rabbit, "department");
        await using var service = await SampleService.StartAsync(place);
        var account = await DepartmentAsync(place);
        var first = await service.WriteAsync("屋面滲漏 🏗");
        await service.RewriteAsync(first, "second");

        var lines = await RunAsync("read", account.ToString(), Queue, "2");
        var events = lines.Select(line => JsonNode.Parse(line)!).ToList();
        events.Select(e => e["body"]!["text"]!.ToString()).ShouldBe(["屋面滲漏 🏗", "second"]);
        foreach (var seen in events)
        {
            seen["routingKey"]!.ToString().ShouldBe("sample.note.written.v1");
            seen["contentType"]!.ToString().ShouldBe("application/json");
            seen["headers"]!["cloudEvents:specversion"]!.ToString().ShouldBe("1.0");
            seen["headers"]!["cloudEvents:type"]!.ToString().ShouldBe("sample.note.written.v1");
            seen["headers"]!["cloudEvents:source"]!.ToString().ShouldBe("/customer-service/sample");
            seen["headers"]!["cloudEvents:subject"]!.ToString().ShouldBe(first.ToString());
            seen["headers"]!["cloudEvents:id"]!.ToString().ShouldBe(seen["messageId"]!.ToString());
            seen["body"]!["noteId"]!.ToString().ShouldBe(first.ToString());
        }

        (await RunAsync("try", account.ToString(), Queue)).ShouldBe([
            "read another queue: 403",
            "declare a queue: 403",
            "bind its queue to more: 403",
            "purge its queue: 403",
            "publish an event: 403",
            "publish into a queue: 403",
            "read its own queue: done",
        ]);
    }

    /// <summary>What an operator does for a department, as docs/messaging.md says.</summary>
    private async Task<Uri> DepartmentAsync(Place place)
    {
        await using var connection = await place.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(Topology.Exchange, ExchangeType.Topic, durable: true);
        foreach (var queue in (string[])[Queue, "department.finance"])
        {
            await channel.QueueDeclareAsync(
                queue,
                durable: true,
                exclusive: false,
                autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }
            );
            await channel.QueueBindAsync(queue, Topology.Exchange, "sample.note.#");
        }

        var virtualHost = Uri.UnescapeDataString(place.Broker.AbsolutePath.TrimStart('/'));
        return await (await rabbit.ServerAsync()).CreateUserAsync(
            virtualHost,
            "department-" + Guid.CreateVersion7().ToString("N"),
            "secret-of-the-department",
            new("^$", "^$", @"^department\.quality$")
        );
    }

    private static async Task<string[]> RunAsync(params string[] arguments)
    {
        using var node = Start("node", ["consumer.mjs", .. arguments]);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var output = node.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = node.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await node.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            node.Kill();
            throw;
        }

        node.ExitCode.ShouldBe(0, await errors + await output);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task InstallAsync()
    {
        var installed = Path.Combine(Folder, "node_modules", ".package-lock.json");
        if (
            File.Exists(installed)
            && File.GetLastWriteTimeUtc(installed)
                >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"))
        )
        {
            return;
        }

        using var npm = Start("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        var output = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync();
        npm.ExitCode.ShouldBe(0, string.Concat(output));
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
}
