using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace CustomerService.Messaging.Tests;

/// <summary>Whatever comes, however often and in whatever order, has one effect.</summary>
public sealed class InboxTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    [Fact]
    public async Task Duplicates_have_one_effect_even_when_they_come_at_the_same_time()
    {
        var place = await Place.NewAsync(postgres, rabbit, "duplicates");
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<CountNoteConsumer>().Consume<CopyNoteConsumer>()
        );
        await using var connection = await place.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();

        var events = Enumerable
            .Range(0, 20)
            .Select(_ => (Id: Guid.CreateVersion7(), Body: Body(Guid.CreateVersion7(), 1)))
            .ToList();
        for (var time = 0; time < 5; time++)
        {
            foreach (var (id, body) in events)
            {
                await PublishAsync(
                    channel,
                    body,
                    new BasicProperties { MessageId = id.ToString(), ContentType = "application/json" }
                );
            }
        }

        await DrainedAsync(place, 40, "sample.count-note", "sample.copy-note");
        (await place.EffectsAsync()).ShouldBe(20);
        (await place.AskAsync(c => c.Copies.SumAsync(n => n.Changes))).ShouldBe(20);
        (await place.AskAsync(c => c.Set<InboxEntry>().CountAsync())).ShouldBe(
            40,
            "each of the two consumers remembers each message"
        );
    }

    [Fact]
    public async Task Out_of_order_delivery_ends_in_the_newest_state()
    {
        var place = await Place.NewAsync(postgres, rabbit, "disorder");
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<CopyNoteConsumer>()
        );
        await using var connection = await place.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();

        var subjects = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var version in new long[] { 3, 1, 6, 2, 5, 4 })
        {
            foreach (var subject in subjects)
            {
                await PublishAsync(
                    channel,
                    Body(subject, version),
                    new BasicProperties { MessageId = Guid.CreateVersion7().ToString() }
                );
            }
        }

        await DrainedAsync(place, 30, "sample.copy-note");
        var copies = await place.AskAsync(c => c.Copies.ToListAsync());
        copies.Count.ShouldBe(5);
        copies.ShouldAllBe(c => c.Version == 6 && c.Text == "text 6");
    }

    [Fact]
    public async Task What_a_consumer_announces_goes_out_once_with_its_effect()
    {
        var place = await Place.NewAsync(postgres, rabbit, "chain");
        await using var outsider = await Outsider.ListenAsync(place, "sample.note.copied.#");
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<CopyNoteConsumer>()
        );

        var id = await service.WriteAsync("one");
        await service.RewriteAsync(id, "two");

        await Eventually.IsTrue(
            async () => (await place.AskAsync(c => c.Copies.SingleOrDefaultAsync())) is { Version: 2 },
            "the copy is up to date"
        );
        await Eventually.IsTrue(async () => await place.OutboxAsync() == 0, "the outbox is empty");
        await Eventually.IsTrue(() => Task.FromResult(outsider.Heard.Count > 0), "it is announced");
        var changes = (await place.AskAsync(c => c.Copies.SingleAsync())).Changes;
        await Eventually.IsTrue(() => Task.FromResult(outsider.Heard.Count == changes), "once for each change");
    }

    [Fact]
    public async Task One_consumer_may_take_several_events()
    {
        var place = await Place.NewAsync(postgres, rabbit, "several");
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<CopyNoteConsumer>()
        );

        await service.WriteAsync("a note");
        await service.InScopeAsync(async context =>
        {
            context.Enqueue(new BellRung(Guid.CreateVersion7(), 1));
            await context.SaveChangesAsync();
        });

        await Eventually.Holds(async () =>
        {
            (await place.AskAsync(c => c.Copies.CountAsync())).ShouldBe(1);
            (await place.EffectsAsync("bell")).ShouldBe(1);
        });
    }

    [Fact]
    public async Task A_conflict_with_another_writer_is_tried_again_with_nothing_left_of_the_first_try()
    {
        var place = await Place.NewAsync(postgres, rabbit, "conflict");
        await using var outsider = await Outsider.ListenAsync(place, "sample.note.copied.#");
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<SensitiveConsumer>()
        );
        var mind = service.Services.GetRequiredService<SensitiveConsumer.Mind>();

        // The consumer saves in the middle, then fails: the save must not count.
        var conflict = await service.WriteAsync("conflict");
        var call = await service.WriteAsync("slow-call");

        await Eventually.IsTrue(
            async () => await place.EffectsAsync("sensitive") == 2 && await place.OutboxAsync() == 0,
            "both have their effect"
        );
        mind.Tries[conflict].ShouldBe(2);
        mind.Tries[call].ShouldBe(2, "a cancelled call of the consumer is a fault, not our shutdown");
        await Eventually.IsTrue(() => Task.FromResult(outsider.Heard.Count == 2), "each is announced once");
    }

    [Fact]
    public async Task An_event_from_a_party_that_is_not_dotnet_needs_no_more_than_its_routing_key()
    {
        Assert.SkipUnless(
            (await rabbit.ServerAsync()).ManagementAddress is not null,
            "The broker has no management API."
        );
        var place = await Place.NewAsync(postgres, rabbit, "foreign");
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<CountNoteConsumer>()
        );
        var server = await rabbit.ServerAsync();

        // Plain HTTP to the broker: no AMQP client, no .NET types, no message id, no headers.
        using var http = new HttpClient { BaseAddress = server.ManagementAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(server.AdministratorAddress.UserInfo)))
        );
        async Task SayAsync(object properties, string payload)
        {
            using var answer = await http.PostAsJsonAsync(
                $"api/exchanges/{place.Broker.AbsolutePath.Trim('/')}/{Topology.Exchange}/publish",
                new
                {
                    properties,
                    routing_key = "sample.note.written.v1",
                    payload,
                    payload_encoding = "string",
                }
            );
            (await answer.Content.ReadAsStringAsync()).ShouldContain("\"routed\":true");
        }

        var first = Guid.CreateVersion7();
        var second = Guid.CreateVersion7();
        var third = Guid.CreateVersion7();
        // Twice the same: without an identity it is known by what it says.
        await SayAsync(
            new { },
            $$"""{"noteId":"{{first}}","version":1,"text":"plain","mood":"calm","andMore":[1,2]}"""
        );
        await SayAsync(
            new { },
            $$"""{"noteId":"{{first}}","version":1,"text":"plain","mood":"calm","andMore":[1,2]}"""
        );
        // CloudEvents with the other prefix and an id that is no UUID, unique only together with
        // its source.
        var headers = new Dictionary<string, string>
        {
            ["cloudEvents_id"] = "42",
            ["cloudEvents_source"] = "/department/a",
            ["cloudEvents_type"] = "sample.note.written.v1",
        };
        await SayAsync(
            new { headers, content_type = "application/json; charset=utf-8" },
            $$"""{"noteId":"{{second}}","version":1,"text":"cloud","mood":"very-angry"}"""
        );
        await SayAsync(
            new { headers, content_type = "text/plain" },
            $$"""{"noteId":"{{second}}","version":1,"text":"cloud","mood":"very-angry"}"""
        );
        headers["cloudEvents_source"] = "/department/b";
        await SayAsync(new { headers }, $$"""{"noteId":"{{third}}","version":1,"text":"cloud","mood":"calm"}""");

        await Eventually.IsTrue(async () => await place.EffectsAsync() >= 3, "three effects");
        await DrainedAsync(place, 3, "sample.count-note");
        (await place.AskAsync(c => c.Effects.Select(e => e.Subject).ToListAsync()))
            .Order()
            .ShouldBe(new[] { first, second, third }.Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_shutdown_lets_the_message_in_flight_finish_and_sends_what_it_announced(bool connectionLost)
    {
        var place = await Place.NewAsync(postgres, rabbit, "drain");
        await using var outsider = await Outsider.ListenAsync(place, "sample.note.copied.#");
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<SensitiveConsumer>()
        );
        var mind = service.Services.GetRequiredService<SensitiveConsumer.Mind>();

        await service.WriteAsync("wait");
        await mind.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Eventually.IsTrue(async () => await place.OutboxAsync() == 0, "the relay is idle");
        if (connectionLost)
        {
            await (
                await service
                    .Services.GetRequiredService<BrokerConnection>()
                    .ConnectAsync(TestContext.Current.CancellationToken)
            ).CloseAsync();
        }

        var stop = service.StopAsync();
        await Task.Delay(300);
        stop.IsCompleted.ShouldBeFalse("a message is in flight");
        mind.GoOn.SetResult();
        await stop.WaitAsync(TimeSpan.FromSeconds(60));

        (await place.EffectsAsync("sensitive")).ShouldBe(1);
        (await place.OutboxAsync()).ShouldBe(0);
        await Eventually.IsTrue(() => Task.FromResult(outsider.Heard.Count == 1), "what it announced went out");
        mind.Tries.Values.ShouldBe([1]);
    }

    [Fact]
    public async Task The_inbox_forgets_what_is_too_old_to_come_again()
    {
        var place = await Place.NewAsync(postgres, rabbit, "purge");
        await using var service = SampleService.Create(place);
        var now = DateTimeOffset.UtcNow;
        await service.InScopeAsync(async context =>
        {
            context.Add(
                new InboxEntry
                {
                    MessageId = Guid.CreateVersion7(),
                    Consumer = "c",
                    ConsumedAt = now.AddDays(-31),
                }
            );
            context.Add(
                new InboxEntry
                {
                    MessageId = Guid.CreateVersion7(),
                    Consumer = "c",
                    ConsumedAt = now.AddDays(-29),
                }
            );
            await context.SaveChangesAsync();
        });

        await using var scope = service.Services.CreateAsyncScope();
        (
            await scope.ServiceProvider.GetRequiredService<IInboxUnitOfWork>().PurgeAsync(now.AddDays(-30), default)
        ).ShouldBe(1);
        (await place.AskAsync(c => c.Set<InboxEntry>().CountAsync())).ShouldBe(1);
    }

    internal static byte[] Body(Guid subject, long version, string? text = null) =>
        Encoding.UTF8.GetBytes(
            EventJson.Serialize(new NoteWritten(subject, version, text ?? $"text {version}", NoteMood.Calm))
        );

    internal static ValueTask PublishAsync(
        IChannel channel,
        byte[] body,
        BasicProperties properties,
        string routingKey = "sample.note.written.v1"
    ) => channel.BasicPublishAsync(Topology.Exchange, routingKey, mandatory: true, properties, body);

    /// <summary>Nothing waits and nothing is unacknowledged: a queue that says 0 and can be emptied
    /// by nobody else.</summary>
    /// <param name="place">Where.</param>
    /// <param name="entries">How many the inbox must have before it can be said to have stopped growing: a first
    /// message may take longer than the look for growth.</param>
    /// <param name="queues">Their names.</param>
    internal static async Task DrainedAsync(Place place, int entries, params string[] queues)
    {
        await using var connection = await place.ConnectAsync();
        foreach (var queue in queues)
        {
            await Eventually.IsTrue(
                async () =>
                {
                    var server = await new QueueLook(connection).WaitingAsync(queue);
                    return server == 0;
                },
                $"{queue} is empty"
            );
        }

        // What was handed out is being worked on; its rows are there when the inbox has stopped
        // growing.
        var before = -1;
        await Eventually.IsTrue(
            async () =>
            {
                var now = await place.AskAsync(c => c.Set<InboxEntry>().CountAsync());
                var same = now == before && now >= entries;
                before = now;
                await Task.Delay(400);
                return same;
            },
            "the consumers are idle"
        );
    }

    private sealed class QueueLook(IConnection connection)
    {
        public async Task<uint> WaitingAsync(string queue)
        {
            await using var channel = await connection.CreateChannelAsync();
            return await channel.MessageCountAsync(queue);
        }
    }
}
