using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Gateway.Live;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace CustomerService.Gateway.Tests;

/// <summary>The live stream, with a real broker.</summary>
public sealed class LiveTests(RabbitMqFixture rabbit)
{
    private const string Exchange = "customer-service.events";

    [Fact]
    public async Task Staff_see_every_event_and_others_what_concerns_their_organisation()
    {
        var broker = await rabbit.NewVirtualHostAsync();
        await using var gateway = await StartAsync(broker);
        var owner = Guid.CreateVersion7();
        var unit = Guid.CreateVersion7();
        await using var staff = await OpenAsync(gateway, gateway.Issuer.Token("s", "s", ["qc"]));
        await using var customer = await OpenAsync(
            gateway,
            gateway.Issuer.Token("c", "c", ["customer"], organisation: owner)
        );
        await using var repairUnit = await OpenAsync(
            gateway,
            gateway.Issuer.Token("r", "r", ["repair-unit"], organisation: unit)
        );
        await using var stranger = await OpenAsync(
            gateway,
            gateway.Issuer.Token("x", "x", ["customer"], organisation: Guid.CreateVersion7())
        );
        await using var nobody = await OpenAsync(gateway, gateway.Issuer.Token("n", "n", ["customer"]));

        await PublishAsync(
            broker,
            "e1",
            "repairs.repair-order.opened.v1",
            new
            {
                ownerId = owner,
                repairUnitId = unit,
                note = "internal",
            }
        );
        await PublishAsync(broker, "e2", "complaints.complaint.registered.v1", new { customerId = owner });
        await PublishAsync(broker, "e3", "projects.project.registered.v1", new { name = "no organisation at all" });
        await PublishAsync(
            broker,
            "e4",
            "repairs.repair-order.returned.v1",
            new { ownerId = owner, repairUnitId = unit }
        );

        var all = await staff.ReadAsync(4);
        all.Select(e => e.Id).ShouldBe(["e1", "e2", "e3", "e4"]);
        all[0].Type.ShouldBe("repairs.repair-order.opened.v1");
        all[0].Data["data"]!["note"]!.ToString().ShouldBe("internal");
        all[0].Data["subject"]!.ToString().ShouldBe("subject-e1");
        all[0].Data["time"]!.ToString().ShouldBe("2026-11-24T08:00:00Z");

        var seen = await customer.ReadAsync(3);
        seen.Select(e => e.Id).ShouldBe(["e1", "e2", "e4"]);
        // They learn that it happened; what stands in it they read through the API.
        seen[0].Data["data"].ShouldBeNull();
        (await repairUnit.ReadAsync(2)).Select(e => e.Id).ShouldBe(["e1", "e4"]);
        stranger.Events.ShouldBeEmpty();
        nobody.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_customer_sees_his_own_records_and_a_unit_its_own_orders_and_neither_what_is_internal()
    {
        var broker = await rabbit.NewVirtualHostAsync();
        await using var gateway = await StartAsync(broker);
        // A subcontractor that is also a customer: each role opens its own half only.
        var organisation = Guid.CreateVersion7();
        var other = Guid.CreateVersion7();
        await using var customer = await OpenAsync(
            gateway,
            gateway.Issuer.Token("c", "c", ["customer"], organisation: organisation)
        );
        await using var unit = await OpenAsync(
            gateway,
            gateway.Issuer.Token("r", "r", ["repair-unit"], organisation: organisation)
        );
        await using var both = await OpenAsync(
            gateway,
            gateway.Issuer.Token("b", "b", ["customer", "repair-unit"], organisation: organisation)
        );

        await PublishAsync(
            broker,
            "e1",
            "repairs.repair-order.started.v1",
            new { ownerId = other, repairUnitId = organisation }
        );
        await PublishAsync(
            broker,
            "e2",
            "complaints.complaint.liability-decided.v1",
            new { customerId = organisation, liability = "ours" }
        );
        await PublishAsync(
            broker,
            "e3",
            "repairs.repair-order.confirmation-overdue.v1",
            new { ownerId = organisation }
        );
        await PublishAsync(broker, "e4", "complaints.complaint.closed.v1", new { customerId = organisation });
        await PublishAsync(
            broker,
            "e5",
            "repairs.repair-order.returned.v1",
            new { ownerId = organisation, repairUnitId = organisation }
        );

        (await customer.ReadAsync(2)).Select(e => e.Id).ShouldBe(["e4", "e5"]);
        (await unit.ReadAsync(2)).Select(e => e.Id).ShouldBe(["e1", "e5"]);
        (await both.ReadAsync(3)).Select(e => e.Id).ShouldBe(["e1", "e4", "e5"]);
    }

    [Fact]
    public async Task A_person_whose_tokens_are_withdrawn_is_refused_and_their_streams_end()
    {
        var broker = await rabbit.NewVirtualHostAsync();
        await using var gateway = await StartAsync(broker);
        var (leaving, staying) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var token = gateway.Issuer.Token(leaving.ToString(), "l", ["qc"]);
        await using var ends = await OpenAsync(gateway, token);
        await using var goesOn = await OpenAsync(gateway, gateway.Issuer.Token(staying.ToString(), "s", ["qc"]));

        await PublishAsync(
            broker,
            "e1",
            "identity.user.changed.v1",
            new { userId = leaving, tokensValidFrom = TimeProvider.System.GetUtcNow() }
        );
        await PublishAsync(broker, "e2", "identity.user.changed.v1", "no event of ours");
        await PublishAsync(broker, "e3", "repairs.repair-order.opened.v1", new { note = "x" });

        await ends.Ended.WaitAsync(TimeSpan.FromSeconds(10));
        // Who holds which role is no news for everybody.
        (await goesOn.ReadAsync(1))
            .Select(e => e.Id)
            .ShouldBe(["e3"]);
        using var refused = await gateway.GetAsync("/api/live", token);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await GatewayUnderTest.ProblemAsync(refused))["code"]!.ToString().ShouldBe("token-outdated");
        var renewed = gateway.Issuer.Token(
            leaving.ToString(),
            "l",
            ["qc"],
            issuedAt: TimeProvider.System.GetUtcNow().AddSeconds(1)
        );
        await using var again = await OpenAsync(gateway, renewed);
    }

    [Fact]
    public async Task Those_without_a_part_in_it_are_refused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([]);
        using var anonymous = await gateway.GetAsync("/api/live");
        anonymous.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var reader = await gateway.GetAsync("/api/live", gateway.Token("bi-reader"));
        reader.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await GatewayUnderTest.ProblemAsync(reader))["code"]!.ToString().ShouldBe("forbidden");
    }

    [Fact]
    public async Task A_stream_that_comes_back_gets_what_it_missed_or_is_told_that_it_cannot()
    {
        var broker = await rabbit.NewVirtualHostAsync();
        await using var gateway = await StartAsync(broker, new() { ["Gateway:Live:Remembered"] = "3" });
        await using var first = await OpenAsync(gateway, gateway.Token());
        for (var i = 1; i <= 5; i++)
        {
            await PublishAsync(broker, "e" + i.ToString(CultureInfo.InvariantCulture), "repairs.x.v1", new { i });
        }

        // Twice delivered, once shown.
        await PublishAsync(broker, "e5", "repairs.x.v1", new { i = 5 });
        await PublishAsync(broker, "e6", "complaints.x.v1", new { i = 6 });
        (await first.ReadAsync(6)).Select(e => e.Id).ShouldBe(["e1", "e2", "e3", "e4", "e5", "e6"]);

        await using var resumed = await OpenAsync(gateway, gateway.Token(), lastEventId: "e4");
        (await resumed.ReadAsync(2)).Select(e => e.Id).ShouldBe(["e5", "e6"]);
        await using var filtered = await OpenAsync(gateway, gateway.Token(), "?types=complaints.,surveys.", "e4");
        (await filtered.ReadAsync(1)).Select(e => e.Id).ShouldBe(["e6"]);
        await using var tooLate = await OpenAsync(gateway, gateway.Token(), lastEventId: "e1");
        (await tooLate.ReadAsync(1)).Single().Type.ShouldBe("live.reset");
    }

    [Fact]
    public async Task A_quiet_stream_shows_that_it_lives()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            [],
            new() { ["Gateway:Live:HeartbeatMilliseconds"] = "100" }
        );
        await using var stream = await OpenAsync(gateway, gateway.Token());
        await Eventually.IsTrue(() => Task.FromResult(stream.KeepAlives >= 2), "comments come");
    }

    [Fact]
    public async Task The_stream_ends_with_the_token()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([]);
        // A valid token for some seconds beyond its end, as clocks differ: the stream is over at once.
        await using var stream = await OpenAsync(
            gateway,
            gateway.Issuer.Token("s", "s", ["qc"], lifetime: TimeSpan.FromSeconds(2))
        );
        await stream.Ended.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task The_stream_ends_when_the_gateway_stops()
    {
        var broker = await rabbit.NewVirtualHostAsync();
        await using var gateway = await StartAsync(broker);
        await using var stream = await OpenAsync(gateway, gateway.Token());
        var stopped = gateway.Service.App.StopAsync();
        await stream.Ended.WaitAsync(TimeSpan.FromSeconds(60));
        await stopped;
    }

    [Fact]
    public async Task One_person_has_a_bounded_number_of_streams()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            [],
            new() { ["Gateway:Live:StreamsPerUser"] = "1" }
        );
        await using var first = await OpenAsync(gateway, gateway.Token());
        using var second = await gateway.GetAsync("/api/live", gateway.Token());
        second.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await GatewayUnderTest.ProblemAsync(second))["code"]!.ToString().ShouldBe("too-many-streams");
        await first.DisposeAsync();
        await Eventually.Holds(async () =>
        {
            await using var again = await OpenAsync(gateway, gateway.Token());
        });
    }

    [Fact]
    public void A_reader_that_is_too_slow_is_cut_off()
    {
        var hub = new LiveHub(
            new LiveSettings(new Uri("amqp://localhost"), Exchange, 10, 2, 10, TimeSpan.FromSeconds(1))
        );
        var (slow, _) = hub.Open(new Viewer(true, null, null, []), "slow", DateTimeOffset.MaxValue, null)!.Value;
        var (quick, _) = hub.Open(new Viewer(true, null, null, []), "quick", DateTimeOffset.MaxValue, null)!.Value;
        for (var i = 0; i < 5; i++)
        {
            hub.Publish(
                LiveEvent.Read("e" + i.ToString(CultureInfo.InvariantCulture), "t", null, null, "{}"u8.ToArray())!
            );
            quick.Waiting.TryRead(out _).ShouldBeTrue();
        }

        slow.Waiting.TryRead(out _).ShouldBeTrue();
        slow.Waiting.TryRead(out _).ShouldBeTrue();
        slow.Waiting.TryRead(out _).ShouldBeFalse();
        slow.Waiting.Completion.IsCompletedSuccessfully.ShouldBeTrue();
        quick.Waiting.Completion.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task The_gateway_comes_back_to_the_broker_and_says_that_events_may_be_missing()
    {
        await using var own = new RabbitMqFixture();
        var broker = await own.NewVirtualHostAsync();
        Assert.SkipUnless(await own.CanBeStopped(), "The broker was given from outside and is not stopped by a test.");
        await using var gateway = await StartAsync(broker);
        await using var stream = await OpenAsync(gateway, gateway.Token());
        await own.StopAsync();
        await Eventually.IsTrue(
            () => Task.FromResult(stream.Events.Any(e => e.Type == "live.reset")),
            "the interruption is said"
        );
        // Neither those that come during the outage nor those of a gateway that starts in it are left believing
        // that they have seen everything.
        await using var during = await OpenAsync(gateway, gateway.Token());
        await using var late = await GatewayUnderTest.StartAsync([], broker: broker.OriginalString);
        await using var atLate = await OpenAsync(late, late.Token());
        during.Events.ShouldBeEmpty();
        atLate.Events.ShouldBeEmpty();
        await own.StartAsync();
        await Eventually.IsTrue(
            () => Task.FromResult(gateway.Service.Services.GetRequiredService<LiveSubscription>().IsConnected),
            "connected again"
        );
        // A broker that has just come up may drop its first connections again; what happens from then on arrives.
        var sent = 0;
        await Eventually.IsTrue(
            async () =>
            {
                await PublishAsync(
                    broker,
                    "after-" + (sent++).ToString(CultureInfo.InvariantCulture),
                    "repairs.x.v1",
                    new { }
                );
                return stream.Events.Any(e => e.Id?.StartsWith("after-", StringComparison.Ordinal) == true);
            },
            "events after the interruption arrive"
        );
        stream
            .Events.Count(e => e.Type == "live.reset")
            .ShouldBeGreaterThan(1, "what was published before the gateway listened again is missing, too");
        (await during.ReadAsync(1))[0].Type.ShouldBe("live.reset");
        (await atLate.ReadAsync(1))[0].Type.ShouldBe("live.reset");
    }

    [Fact]
    public async Task A_message_that_is_no_event_disturbs_nobody()
    {
        var broker = await rabbit.NewVirtualHostAsync();
        await using var gateway = await StartAsync(broker);
        await using var stream = await OpenAsync(gateway, gateway.Token());
        var connection = await ConnectAsync(broker);
        await using (connection)
        {
            await using var channel = await connection.CreateChannelAsync();
            await channel.BasicPublishAsync(Exchange, "x", Encoding.UTF8.GetBytes("not json"));
            await channel.BasicPublishAsync(
                Exchange,
                "x",
                false,
                new BasicProperties { MessageId = "bad\nid" },
                Encoding.UTF8.GetBytes("{}")
            );
        }

        await PublishAsync(broker, "good", "repairs.x.v1", new { });
        (await stream.ReadAsync(1)).Single().Id.ShouldBe("good");
    }

    private static async Task<GatewayUnderTest> StartAsync(Uri broker, Dictionary<string, string>? settings = null)
    {
        var gateway = await GatewayUnderTest.StartAsync([], settings, broker.OriginalString);
        await Eventually.IsTrue(
            () => Task.FromResult(gateway.Service.Services.GetRequiredService<LiveSubscription>().IsConnected),
            "the gateway listens to the exchange"
        );
        return gateway;
    }

    private static async Task<EventStream> OpenAsync(
        GatewayUnderTest gateway,
        string token,
        string query = "",
        string? lastEventId = null
    )
    {
        var request = gateway.Request(HttpMethod.Get, "/api/live" + query, token);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await gateway.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    private static Task<IConnection> ConnectAsync(Uri broker) =>
        new ConnectionFactory { Uri = broker }.CreateConnectionAsync();

    private static async Task PublishAsync(Uri broker, string id, string type, object data)
    {
        await using var connection = await ConnectAsync(broker);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.BasicPublishAsync(
            Exchange,
            type,
            true,
            new BasicProperties
            {
                MessageId = id,
                ContentType = "application/json",
                Headers = new Dictionary<string, object?>
                {
                    ["cloudEvents:id"] = id,
                    ["cloudEvents:type"] = type,
                    ["cloudEvents:subject"] = "subject-" + id,
                    ["cloudEvents:time"] = "2026-11-24T08:00:00Z",
                },
            },
            JsonSerializer.SerializeToUtf8Bytes(data)
        );
    }

    private sealed record Received(string? Id, string Type, JsonNode Data);

    /// <summary>Reads an event stream as a browser does.</summary>
    private sealed class EventStream : IAsyncDisposable
    {
        private readonly HttpResponseMessage _response;
        private readonly List<Received> _events = [];
        private int _keepAlives;

        public EventStream(HttpResponseMessage response, Stream body)
        {
            _response = response;
            Ended = Task.Run(() => ReadAllAsync(body));
        }

        public Task Ended { get; }

        public int KeepAlives => Volatile.Read(ref _keepAlives);

        public IReadOnlyList<Received> Events
        {
            get
            {
                lock (_events)
                {
                    return [.. _events];
                }
            }
        }

        public async Task<IReadOnlyList<Received>> ReadAsync(int count)
        {
            await Eventually.IsTrue(() => Task.FromResult(Events.Count >= count), $"{count} events");
            return Events;
        }

        public ValueTask DisposeAsync()
        {
            _response.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task ReadAllAsync(Stream body)
        {
            using var reader = new StreamReader(body);
            string? id = null,
                type = null,
                data = null;
            try
            {
                while (await reader.ReadLineAsync() is { } line)
                {
                    if (line.StartsWith(": keep-alive", StringComparison.Ordinal))
                    {
                        Interlocked.Increment(ref _keepAlives);
                    }
                    else if (line.StartsWith("id: ", StringComparison.Ordinal))
                    {
                        id = line[4..];
                    }
                    else if (line.StartsWith("event: ", StringComparison.Ordinal))
                    {
                        type = line[7..];
                    }
                    else if (line.StartsWith("data: ", StringComparison.Ordinal))
                    {
                        data = line[6..];
                    }
                    else if (line.Length == 0 && data is not null)
                    {
                        lock (_events)
                        {
                            _events.Add(new Received(id, type!, JsonNode.Parse(data)!));
                        }

                        id = type = data = null;
                    }
                }
            }
            catch (Exception exception)
                when (exception
                        is IOException
                            or ObjectDisposedException
                            or OperationCanceledException
                            or HttpRequestException
                )
            {
                // Closed.
            }
        }
    }
}
