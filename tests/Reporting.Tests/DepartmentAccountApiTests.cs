using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Messaging;
using CustomerService.Reporting.DepartmentAccounts.Features;
using CustomerService.Testing;
using RabbitMQ.Client;

namespace CustomerService.Reporting.Tests;

/// <summary>An operator makes an account of the event feed, and a system that is not .NET lives on it (npm
/// amqplib).</summary>
public sealed class DepartmentAccountApiTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    private static readonly string Folder = typeof(DepartmentAccountApiTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "FeedReader")
        .Value!;

    private static readonly string Schemas = Path.Combine(Snapshot.Root(), "docs", "events");

    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_no_account_at_the_management_When_one_is_asked_for_Then_refused_with_the_setting()
    {
        var answer = await Fixture
            .As(Someone.Operator())
            .PostAsync("/v1/department-accounts", new DepartmentAccountRequest("quality", ["complaints.#"]));

        (answer.Code, answer.Rule).ShouldBe(("broker-management-missing", "C3.1.4"));
        (
            await Fixture
                .As(Someone.InQuality())
                .PostAsync("/v1/department-accounts", new DepartmentAccountRequest("quality", ["complaints.#"]))
        ).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_an_account_When_its_system_stops_for_a_while_Then_it_misses_nothing_and_can_do_nothing_else()
    {
        if (!await InstalledAsync())
        {
            Assert.Skip("npm is not there, or the registry does not answer: the foreign client cannot be installed.");
        }

        var place = await PlaceAsync();
        var it = place.Service.As(Someone.Operator());
        var name = "quality-" + Guid.CreateVersion7().ToString("N")[..8];
        foreach (
            var wrong in (DepartmentAccountRequest[])
                [new("Q!", ["projects.#"]), new(name, []), new(name, ["x y"]), new(name, ["poems.#"])]
        )
        {
            (await it.PostAsync("/v1/department-accounts", wrong)).Code.ShouldBe("validation");
        }

        var key = Guid.CreateVersion7().ToString("N");
        var request = new DepartmentAccountRequest(name, ["projects.person.#"]);
        var made = (await it.PostAsync("/v1/department-accounts", request, key: key)).Ok();
        made.Status.ShouldBe(HttpStatusCode.Created);
        var again = (await it.PostAsync("/v1/department-accounts", request, key: key)).Ok();
        (again.Id, again.Body!["password"]).ShouldBe((made.Id, null), "it is told once");
        (await it.PostAsync("/v1/department-accounts", request)).Code.ShouldBe("account-name-taken");
        var address = AddressOf(place, made, made.Text("password"));

        var first = await place.PublishAsync(new PersonRegistered(Guid.CreateVersion7(), 1, "張三", "員工", null));
        await place.PublishAsync(Changed());
        var seen = await ReadAsync("queue", address, made.Text("queue"), 1);
        (seen[0]["id"]!.ToString(), seen[0]["errors"]!.AsArray().Count).ShouldBe((first.ToString(), 0));

        // Its system is off, events go on.
        List<string> meanwhile = [];
        for (var i = 0; i < 5; i++)
        {
            var person = new PersonRegistered(Guid.CreateVersion7(), 1, $"李{i}", "員工", null);
            meanwhile.Add((await place.PublishAsync(person)).ToString());
        }

        await Eventually.Holds(async () =>
            ((long)(await it.GetAsync($"/v1/department-accounts/{made.Id}")).Ok()["load"]["waiting"]!).ShouldBe(5)
        );
        (await ReadAsync("queue", address, made.Text("queue"), 5)).Select(e => e["id"]!.ToString()).ShouldBe(meanwhile);

        (await RunAsync("try", address.ToString(), made.Text("queue"))).ShouldBe([
            "bind its queue to more: 403",
            "declare a queue: 403",
            "read another queue: 403",
            "read the stream: 403",
            "publish an event: 403",
            "read its own queue: done",
        ]);
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_an_account_that_reads_the_stream_When_it_begins_late_Then_it_replays_what_was_before_it()
    {
        if (!await InstalledAsync())
        {
            Assert.Skip("npm is not there, or the registry does not answer: the foreign client cannot be installed.");
        }

        var place = await PlaceAsync();
        var before = await place.PublishAsync(new PersonRegistered(Guid.CreateVersion7(), 1, "王五", "員工", null));
        var it = place.Service.As(Someone.Operator());
        var name = "late-" + Guid.CreateVersion7().ToString("N")[..8];

        var made = (
            await it.PostAsync("/v1/department-accounts", new DepartmentAccountRequest(name, ["projects.#"], true))
        ).Ok();

        var address = AddressOf(place, made, made.Text("password"));
        var seen = await ReadAsync("stream", address, Topology.Stream, 1);
        (seen[0]["id"]!.ToString(), seen[0]["errors"]!.AsArray().Count).ShouldBe((before.ToString(), 0));
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_an_account_When_it_is_revised_renewed_and_removed_Then_the_broker_does_as_the_record_says()
    {
        var place = await PlaceAsync();
        var it = place.Service.As(Someone.Operator());
        var name = "sales-" + Guid.CreateVersion7().ToString("N")[..8];
        var made = (
            await it.PostAsync("/v1/department-accounts", new DepartmentAccountRequest(name, ["projects.#"]))
        ).Ok();
        var path = $"/v1/department-accounts/{made.Id}";
        made.Actions.ShouldBe(["revise", "renew-password", "remove"], ignoreOrder: true);

        var revised = (
            await it.PostAsync(path + "/revise", new DepartmentAccountContent(["identity.#"]), made.ETag)
        ).Ok();
        await place.PublishAsync(new PersonRegistered(Guid.CreateVersion7(), 1, "不要的", "員工", null));
        var wanted = await place.PublishAsync(Changed());
        var renewed = (await it.PostAsync(path + "/renew-password", ifMatch: revised.ETag)).Ok();

        await Should.ThrowAsync<Exception>(() => OpenAsync(AddressOf(place, made, made.Text("password"))));
        var connection = await OpenAsync(AddressOf(place, made, renewed.Text("password")));
        await using (connection)
        {
            await using var channel = await connection.CreateChannelAsync();
            BasicGetResult? got = null;
            await Eventually.Holds(async () =>
                (got = await channel.BasicGetAsync(made.Text("queue"), autoAck: true)).ShouldNotBeNull()
            );
            got!.BasicProperties.MessageId.ShouldBe(wanted.ToString());
            // The broker's figures come a few seconds late.
            await Eventually.Holds(async () =>
                (await (await Fixture.Broker.ServerAsync()).QueuesAsync(place.VirtualHost))
                    .Single(queue => queue.Name == made.Text("queue"))
                    .Limits.ShouldBe(["max-length-bytes", "message-ttl", "overflow"], ignoreOrder: true)
            );

            var removed = (await it.PostAsync(path + "/remove", ifMatch: renewed.ETag)).Ok();

            removed.State.ShouldBe("removed");
            await Eventually.IsTrue(() => Task.FromResult(!connection.IsOpen), "its connection ends");
        }

        (await (await Fixture.Broker.ServerAsync()).QueuesAsync(place.VirtualHost)).ShouldNotContain(queue =>
            queue.Name == made.Text("queue")
        );
        // It was a mistake: the same account again, with what it heard of and a password of its own.
        var gone = (await it.GetAsync(path)).Ok();
        gone.Actions.ShouldBe(["restore"]);
        (await it.PostAsync(path + "/remove", ifMatch: gone.ETag)).Code.ShouldBe("not-in-this-state");
        var key = Guid.CreateVersion7().ToString("N");
        var restored = (await it.PostAsync(path + "/restore", ifMatch: gone.ETag, key: key)).Ok();
        (restored.State, restored["patterns"]!.ToJsonString()).ShouldBe(("active", "[\"identity.#\"]"));
        (await it.PostAsync(path + "/restore", ifMatch: gone.ETag, key: key)).Ok().Body!["password"].ShouldBeNull();
        await Should.ThrowAsync<Exception>(() => OpenAsync(AddressOf(place, made, renewed.Text("password"))));
        var after = await place.PublishAsync(Changed());
        await using (var again = await OpenAsync(AddressOf(place, restored, restored.Text("password"))))
        {
            await using var channel = await again.CreateChannelAsync();
            BasicGetResult? got = null;
            await Eventually.Holds(async () =>
                (got = await channel.BasicGetAsync(made.Text("queue"), autoAck: true)).ShouldNotBeNull()
            );
            got!.BasicProperties.MessageId.ShouldBe(after.ToString());
        }

        // Another one by its name leaves it no place.
        var ended = (await it.PostAsync(path + "/remove", ifMatch: restored.ETag)).Ok();
        (await it.PostAsync("/v1/department-accounts", new DepartmentAccountRequest(name, ["projects.#"]))).Ok();
        (await it.PostAsync(path + "/restore", ifMatch: ended.ETag)).Code.ShouldBe("account-name-taken");
    }

    private static DepartmentChanged Changed() =>
        new(
            Guid.CreateVersion7(),
            1,
            "d" + Guid.CreateVersion7().ToString("N")[^6..],
            "Test",
            "測試部",
            "测试部",
            null,
            null,
            null,
            null,
            "zh-Hant",
            "company",
            true
        );

    private async Task<Place> PlaceAsync()
    {
        var broker = await Fixture.Broker.ServerAsync();
        var address = await Fixture.Broker.NewVirtualHostAsync("feed", complete: true);
        var management = new UriBuilder(broker.ManagementAddress)
        {
            UserName = broker.AdministratorAddress.UserInfo.Split(':')[0],
            Password = broker.AdministratorAddress.UserInfo.Split(':')[1],
        };
        var settings = new Dictionary<string, string> { ["DepartmentAccounts:Management"] = management.Uri.ToString() };
        return new(await Fixture.AnotherAsync(settings, TimeProvider.System, address), address);
    }

    private static Uri AddressOf(Place place, ApiAnswer account, string password) =>
        new UriBuilder(place.Address)
        {
            UserName = Uri.EscapeDataString(account.Text("user")),
            Password = Uri.EscapeDataString(password),
        }.Uri;

    private static Task<IConnection> OpenAsync(Uri address) =>
        new ConnectionFactory { Uri = address, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();

    private static async Task<IReadOnlyList<JsonNode>> ReadAsync(string mode, Uri address, string source, int count)
    {
        var number = count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var lines = await RunAsync(mode, address.ToString(), source, number, Schemas);
        return [.. lines.Select(line => JsonNode.Parse(line)!)];
    }

    private static async Task<string[]> RunAsync(params string[] arguments)
    {
        using var node = Start("node", ["feed.mjs", .. arguments]);
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

    private static readonly SemaphoreSlim Installing = new(1);

    private static async Task<bool> InstalledAsync()
    {
        await Installing.WaitAsync();
        try
        {
            var installed = Path.Combine(Folder, "node_modules", ".package-lock.json");
            if (
                File.Exists(installed)
                && File.GetLastWriteTimeUtc(installed)
                    >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"))
            )
            {
                return true;
            }

            using var npm = Start("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            await npm.WaitForExitAsync();
            return npm.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
        finally
        {
            Installing.Release();
        }
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

    private sealed record Place(RunningService Service, Uri Address)
    {
        public string VirtualHost => Uri.UnescapeDataString(Address.AbsolutePath.TrimStart('/'));

        public async Task<Guid> PublishAsync(Contracts.IIntegrationEvent happened)
        {
            var id = Guid.CreateVersion7();
            await using var connection = await OpenAsync(Address);
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
            await channel.BasicPublishAsync(
                Topology.Exchange,
                EventNames.Of(happened.GetType()),
                mandatory: false,
                new BasicProperties { MessageId = id.ToString(), Persistent = true },
                System.Text.Encoding.UTF8.GetBytes(EventJson.Serialize(happened))
            );
            return id;
        }
    }
}
