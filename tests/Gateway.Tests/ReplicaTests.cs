using System.Diagnostics;
using System.Net;
using CustomerService.Gateway.Proxy;
using CustomerService.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace CustomerService.Gateway.Tests;

/// <summary>Several replicas of a service, and one that comes back.</summary>
public sealed class ReplicaTests
{
    [Fact]
    public async Task A_service_that_is_ready_again_is_served_long_before_an_absence_would_be_forgotten()
    {
        var first = await StubService.StartAsync();
        var address = first.Address;
        await using var gateway = await GatewayUnderTest.StartAsync([("repairs", address.AbsoluteUri, null)]);
        using var before = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
        before.StatusCode.ShouldBe(HttpStatusCode.OK);

        await first.DisposeAsync();
        // Callers meet the absence, and the probes do.
        var away = Stopwatch.StartNew();
        while (away.Elapsed < TimeSpan.FromSeconds(4))
        {
            using var refused = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
            ((int)refused.StatusCode).ShouldBeOneOf(502, 503);
            await Task.Delay(50);
        }

        await using var second = await StubService.StartAsync(at: address);
        await Eventually.Holds(
            async () =>
            {
                using var after = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
                after.StatusCode.ShouldBe(HttpStatusCode.OK);
            },
            // It takes a probe, within a second; by requests alone it would take two minutes.
            TimeSpan.FromSeconds(20)
        );
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task What_never_left_goes_to_the_other_replica_whatever_it_is(string method)
    {
        await using var alive = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([
            ("repairs", $"{Upstreams.Nowhere},{alive.Address}", $"{alive.Address},{alive.Address}"),
        ]);
        for (var i = 0; i < 20; i++)
        {
            using var request = gateway.Request(new HttpMethod(method), "/api/repairs/v1/x", gateway.Token());
            request.Content = method == "GET" ? null : new StringContent("{}");
            using var answer = await gateway.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        alive.Requests.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Load_goes_to_all_and_a_dead_one_is_not_missed()
    {
        var first = await StubService.StartAsync();
        await using var second = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("repairs", $"{first.Address},{second.Address}", $"{first.Address},{second.Address}")],
            new() { ["Gateway:Health:IntervalMilliseconds"] = "200" }
        );
        async Task ReadAsync()
        {
            using var answer = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ReadAsync()));
        first.Requests.Count.ShouldBeGreaterThan(5);
        second.Requests.Count.ShouldBeGreaterThan(5);

        await first.DisposeAsync();
        for (var i = 0; i < 20; i++)
        {
            await ReadAsync();
        }
    }

    [Fact]
    public async Task A_replica_that_hangs_does_not_take_the_other_along()
    {
        await using var hung = await StubService.StartAsync();
        hung.Answer = context =>
            Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        await using var well = await StubService.StartAsync();
        // Its readiness is fine: only requests find out.
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("repairs", $"{hung.Address},{well.Address}", $"{well.Address},{well.Address}")],
            new() { ["Gateway:Limits:TimeoutMilliseconds"] = "2000" }
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(async _ =>
                {
                    using var answer = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
                })
        );
        var unanswered = 0;
        for (var i = 0; i < 10; i++)
        {
            using var answer = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
            unanswered += answer.StatusCode == HttpStatusCode.OK ? 0 : 1;
        }

        // Half would be lost to it; one may be the try whether it is well again.
        unanswered.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_read_that_waits_at_a_replica_that_hangs_goes_to_the_other_and_a_command_is_never_sent_twice()
    {
        await using var well = await StubService.StartAsync();
        await using var hung = await StubService.StartAsync();
        var asked = new SemaphoreSlim(0);
        hung.Answer = async context =>
        {
            asked.Release();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("repairs", $"{hung.Address},{well.Address}", $"{hung.Address},{well.Address}")],
            new() { ["Gateway:Health:IntervalMilliseconds"] = "200", ["Gateway:Limits:TimeoutMilliseconds"] = "3000" }
        );
        async Task<HttpResponseMessage> SendAsync(HttpMethod method)
        {
            using var request = gateway.Request(method, "/api/repairs/v1/x", gateway.Token());
            request.Content = method == HttpMethod.Get ? null : new StringContent("{}");
            return await gateway.SendAsync(request);
        }

        // So many that some of each wait at either.
        var reads = Enumerable.Range(0, 10).Select(_ => SendAsync(HttpMethod.Get)).ToList();
        var commands = Enumerable.Range(0, 10).Select(_ => SendAsync(HttpMethod.Post)).ToList();
        await asked.WaitAsync();
        hung.Healthy = false;

        foreach (var read in await Task.WhenAll(reads))
        {
            using (read)
            {
                read.StatusCode.ShouldBe(HttpStatusCode.OK);
            }
        }

        var sent = await Task.WhenAll(commands);
        foreach (var command in sent.Where(c => c.StatusCode != HttpStatusCode.OK))
        {
            command.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
            command.Headers.RetryAfter.ShouldNotBeNull();
        }

        hung.Requests.Concat(well.Requests).Count(r => r.Method == "POST").ShouldBe(sent.Length);
    }

    [Fact]
    public async Task Silence_never_takes_the_only_replica_away()
    {
        await using var repairs = await StubService.StartAsync();
        repairs.Answer = async context =>
        {
            if (context.Request.QueryString.Value == "?slow")
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted)
                    .ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }

            await context.Response.WriteAsync("{}");
        };
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("repairs", repairs.Address.AbsoluteUri, null)],
            new() { ["Gateway:Limits:TimeoutMilliseconds"] = "300" }
        );
        for (var i = 0; i < 6; i++)
        {
            using var silent = await gateway.GetAsync("/api/repairs/v1/x?slow", gateway.Token());
            silent.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        }

        using var answer = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_name_is_looked_up()
    {
        await using var repairs = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([
            ("repairs", $"http://localhost:{repairs.Address.Port}", null),
            ("surveys", "http://there-is-no-such-host.invalid:8080", null),
        ]);
        for (var i = 0; i < 4; i++)
        {
            using var answer = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        repairs.Requests.First().Headers.Host.ToString().ShouldBe($"localhost:{repairs.Address.Port}");
        using var unknown = await gateway.GetAsync("/api/surveys/v1/x", gateway.Token());
        unknown.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_name_server_that_is_away_changes_nothing()
    {
        var names = new Names();
        var addresses = new ReplicaAddresses(names);
        var asked = new Dictionary<string, DestinationConfig>
        {
            ["repairs-1"] = new() { Address = "http://repairs:8080/", Health = "http://repairs:8082/" },
            ["repairs-2"] = new() { Address = "http://10.0.0.9:8080/" },
        };
        async Task<IEnumerable<string>> FoundAsync() =>
            (await addresses.ResolveDestinationsAsync(asked, default))
                .Destinations.Values.Select(d => d.Address)
                .Order();

        names.Known = null;
        (await FoundAsync()).ShouldBe(["http://10.0.0.9:8080/", "http://repairs:8080/"]);
        names.Known = ["http://10.0.0.1:8080/", "http://10.0.0.2:8080/"];
        (await FoundAsync()).ShouldBe(["http://10.0.0.1:8080/", "http://10.0.0.2:8080/", "http://10.0.0.9:8080/"]);
        names.Known = null;
        (await FoundAsync()).ShouldBe(["http://10.0.0.1:8080/", "http://10.0.0.2:8080/", "http://10.0.0.9:8080/"]);
        names.Known = ["http://10.0.0.3:8080/"];
        (await FoundAsync()).ShouldBe(["http://10.0.0.3:8080/", "http://10.0.0.9:8080/"]);
    }

    private sealed class Names : IDestinationResolver
    {
        public IReadOnlyList<string>? Known { get; set; }

        public ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
            IReadOnlyDictionary<string, DestinationConfig> destinations,
            CancellationToken cancellationToken
        ) =>
            Known is null
                ? throw new InvalidOperationException("No answer.")
                : ValueTask.FromResult(
                    new ResolvedDestinationCollection(
                        Known.ToDictionary(a => a, a => new DestinationConfig { Address = a }),
                        new CancellationChangeToken(default)
                    )
                );
    }
}
