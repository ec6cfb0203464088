using System.Text.RegularExpressions;
using CustomerService.Servers;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace CustomerService.Messaging.Tests;

/// <summary>What the accounts of the programs may do at the broker, and which limits its queues have:
/// <c>deploy/rabbitmq/definitions.json</c> on a real broker.</summary>
public sealed class BrokerRightsTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    private static CancellationToken Ends => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_its_narrow_account_When_a_service_publishes_consumes_gives_up_and_replays_Then_all_of_it_works()
    {
        var (place, _) = await NarrowAsync("narrow", "sample");
        await using var service = await SampleService.StartAsync(
            place,
            bus => bus.Consume<CountNoteConsumer>().Consume<SensitiveConsumer>()
        );
        var mind = service.Services.GetRequiredService<SensitiveConsumer.Mind>();

        await service.WriteAsync("text");
        await service.WriteAsync("poison");

        await Eventually.IsTrue(async () => await place.EffectsAsync() == 2, "both are counted");
        var letters = new DeadLetters(
            new MessagingOptions { Service = "sample", Broker = place.Broker.ToString() },
            ["sample.sensitive"]
        );
        await Eventually.IsTrue(async () => (await letters.ListAsync(Ends)).Count == 1, "one is given up");
        mind.Cured = true;
        (await letters.ReplayAsync(null, Ends)).ShouldBe(1);
        await Eventually.IsTrue(async () => await place.EffectsAsync("sensitive") == 2, "and has its effect");
    }

    [Fact]
    public async Task Given_the_account_of_another_service_When_it_purges_forges_or_takes_away_Then_the_broker_refuses()
    {
        var (place, own) = await NarrowAsync("other", "sample");
        await using (var service = await SampleService.StartAsync(place, bus => bus.Consume<CountNoteConsumer>()))
        {
            // Declares the queues.
        }

        var other = await AccountAsync(own, "repairs");
        await using var connection = await new ConnectionFactory { Uri = other }.CreateConnectionAsync(Ends);
        Func<IChannel, Task>[] attempts =
        [
            c => c.QueuePurgeAsync("sample.count-note", Ends),
            c => c.QueueDeleteAsync("sample.count-note", cancellationToken: Ends),
            c => c.QueueUnbindAsync("sample.count-note", Topology.Exchange, "sample.note.written.v1", null, Ends),
            c => c.BasicGetAsync("sample.count-note", autoAck: true, Ends),
            c => c.BasicGetAsync("sample.count-note_error", autoAck: true, Ends),
            c => c.QueueDeclareAsync("sample.another", cancellationToken: Ends),
            c => c.ExchangeDeleteAsync(Topology.Exchange, cancellationToken: Ends),
            c => c.QueueDeleteAsync(Topology.Stream, cancellationToken: Ends),
            c => c.QueuePurgeAsync(Topology.Stream, Ends),
            // Under another's name, past the exchange, and by another's way back.
            c => PublishAsync(c, Topology.Exchange, "sample.note.written.v1"),
            c => PublishAsync(c, Topology.Exchange, "repairsx.order.opened.v1"),
            c => PublishAsync(c, "", "sample.count-note"),
            c => PublishAsync(c, Topology.ReturnsOf("sample"), "sample.count-note"),
            c => c.BasicConsumeAsync(Topology.Stream, autoAck: false, new AsyncDefaultConsumer(c), Ends),
        ];
        for (var i = 0; i < attempts.Length; i++)
        {
            await using var channel = await ChannelAsync(connection);
            var refusal = await Should.ThrowAsync<Exception>(() => attempts[i](channel), $"attempt {i}");
            Code(refusal).ShouldBe(Constants.AccessRefused, $"attempt {i}: {refusal}");
        }

        await using var allowed = await ChannelAsync(connection);
        await PublishAsync(allowed, Topology.Exchange, "repairs.repair-order.opened.v1");
    }

    [Theory]
    [InlineData("identity", "identity.account.changed.v1", "projects.project.registered.v1")]
    [InlineData("gateway", null, "gateway.live.event.v1")]
    public async Task Given_a_program_that_only_tells_or_only_listens_When_it_does_more_Then_the_broker_refuses(
        string program,
        string? mayTell,
        string mayNotTell
    )
    {
        var own = await rabbit.NewVirtualHostAsync($"{program}-rights", complete: true);
        await using var connection = await new ConnectionFactory
        {
            Uri = await AccountAsync(own, program),
        }.CreateConnectionAsync(Ends);
        if (mayTell is not null)
        {
            await using var channel = await ChannelAsync(connection);
            await PublishAsync(channel, Topology.Exchange, mayTell);
        }

        await RefusedAsync(c => PublishAsync(c, Topology.Exchange, mayNotTell));
        await RefusedAsync(c => c.QueueDeclareAsync($"{program}.queue", cancellationToken: Ends));
        await RefusedAsync(c => c.ExchangeDeleteAsync(Topology.Exchange, cancellationToken: Ends));

        async Task RefusedAsync(Func<IChannel, Task> attempt)
        {
            await using var channel = await ChannelAsync(connection);
            Code(await Should.ThrowAsync<Exception>(() => attempt(channel))).ShouldBe(Constants.AccessRefused);
        }
    }

    [Fact]
    public void Every_program_has_an_account_that_publishes_its_own_events_only()
    {
        BrokerDefinitions.Programs.ShouldBe(
            ["projects", "repairs", "complaints", "surveys", "reporting", "identity", "gateway"],
            ignoreOrder: true
        );
        foreach (var program in BrokerDefinitions.Programs)
        {
            var account = BrokerDefinitions.AccountOf(program);
            var tells = Regex.IsMatch(Topology.Exchange, account.Write);
            tells.ShouldBe(program != "gateway", program);
            foreach (var other in BrokerDefinitions.Programs)
            {
                var isOwn = other == program;
                if (tells)
                {
                    Regex.IsMatch($"{other}.thing.happened.v1", account.Events!).ShouldBe(isOwn, $"{program} {other}");
                }

                foreach (var pattern in new[] { account.Configure, account.Write, account.Read })
                {
                    Regex
                        .IsMatch($"{other}.a-consumer", pattern)
                        .ShouldBe(isOwn && program is not ("identity" or "gateway"), $"{program} {other} {pattern}");
                }
            }

            Regex.IsMatch(Topology.Exchange, account.Configure).ShouldBeFalse(program);
            Regex.IsMatch("amq.default", account.Write).ShouldBeFalse(program);
        }
    }

    [Fact]
    public async Task Given_queues_When_the_broker_is_asked_Then_each_kind_has_its_limits_by_policy_and_declares_none()
    {
        var own = await rabbit.NewVirtualHostAsync("limits", complete: true);
        var place = (await Place.NewAsync(postgres, rabbit, "limits-store")) with { Broker = own };
        await using (var service = await SampleService.StartAsync(place, bus => bus.Consume<CountNoteConsumer>()))
        {
            // Declares the queues.
        }

        var server = await rabbit.ServerAsync();
        await Eventually.Holds(async () =>
        {
            var queues = await server.QueuesAsync(Host(own), Ends);
            queues
                .ToDictionary(q => q.Name, q => q.Policy)
                .ShouldBe(
                    new Dictionary<string, string?>
                    {
                        ["sample.count-note"] = "consumers",
                        ["sample.count-note_delay_1s"] = "delays",
                        ["sample.count-note_error"] = "errors",
                        [Topology.Stream] = "stream",
                    },
                    ignoreOrder: true
                );
            foreach (var queue in queues)
            {
                queue.Limits.ShouldNotBeEmpty(queue.Name);
                queue
                    .Arguments.Except([
                        "x-queue-type",
                        "x-dead-letter-exchange",
                        "x-dead-letter-routing-key",
                        "x-message-ttl",
                    ])
                    .ShouldBeEmpty(queue.Name);
            }

            var stream = queues.Single(q => q.Name == Topology.Stream);
            stream.Arguments.ShouldBe(["x-queue-type"]);
            stream.Limits.ShouldBe(["max-age", "max-length-bytes", "stream-max-segment-size-bytes"], ignoreOrder: true);
        });
    }

    private async Task<(Place Place, Uri Administrator)> NarrowAsync(string name, string program)
    {
        var own = await rabbit.NewVirtualHostAsync(name, complete: true);
        var place = await Place.NewAsync(postgres, rabbit, name + "-store");
        return (place with { Broker = await AccountAsync(own, program) }, own);
    }

    /// <summary>The account of a program; the sample's is that of any service, under its own name.</summary>
    private async Task<Uri> AccountAsync(Uri virtualHost, string program)
    {
        var account = BrokerDefinitions.AccountOf(program == "sample" ? "projects" : program);
        return await (await rabbit.ServerAsync()).CreateUserAsync(
            Host(virtualHost),
            $"{program}-{Guid.CreateVersion7():N}",
            "secret",
            program == "sample"
                ? new(Sample(account.Configure), Sample(account.Write), Sample(account.Read), Sample(account.Events!))
                : account,
            Ends
        );

        static string Sample(string pattern) => pattern.Replace("projects", "sample", StringComparison.Ordinal);
    }

    private static string Host(Uri address) => Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/'));

    private static Task<IChannel> ChannelAsync(IConnection connection) =>
        connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            Ends
        );

    private static async Task PublishAsync(IChannel channel, string exchange, string key) =>
        await channel.BasicPublishAsync(exchange, key, mandatory: false, new BasicProperties(), "{}"u8.ToArray(), Ends);

    private static int? Code(Exception refusal) =>
        refusal switch
        {
            OperationInterruptedException interrupted => interrupted.ShutdownReason?.ReplyCode,
            _ => refusal.InnerException is { } inner ? Code(inner) : null,
        };

    private sealed class AsyncDefaultConsumer(IChannel channel) : AsyncDefaultBasicConsumer(channel);
}
