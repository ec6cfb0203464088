using System.Text.Json;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RabbitMQ.Client;

namespace CustomerService.Messaging.Tests;

/// <summary>What keeps events from getting lost, doubled or out of order when broker, consumer or
/// queue fails.</summary>
public sealed class GuardTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    private static CancellationToken Ends => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_the_broker_refuses_the_second_of_three_When_there_is_room_again_Then_second_and_third_come_in_order()
    {
        var place = await Place.NewAsync(postgres, rabbit, "refusing");
        await using var outsider = await Outsider.ListenAsync(place);
        await using var connection = await place.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ends);
        await channel.QueueDeclareAsync(
            "full",
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-max-length"] = 1, ["x-overflow"] = "reject-publish" },
            cancellationToken: Ends
        );
        await channel.QueueBindAsync("full", Topology.Exchange, "sample.note.written.v1", cancellationToken: Ends);
        await channel.BasicPublishAsync("", "full", "fills it"u8.ToArray(), Ends);
        await Eventually.IsTrue(async () => await channel.MessageCountAsync("full", Ends) == 1, "the queue is full");

        await using var service = await SampleService.StartAsync(place);
        var subject = Guid.CreateVersion7();
        await service.InScopeAsync(async db =>
        {
            db.Enqueue(new BellRung(subject, 1));
            db.Enqueue(new NoteWritten(subject, 2, "refused at first", NoteMood.Calm));
            db.Enqueue(new BellRung(subject, 3));
            await db.SaveChangesAsync(Ends);
        });

        // Refused more than once: the third was confirmed in each of these rounds, and is kept
        // behind the second.
        await Eventually.IsTrue(
            () => Task.FromResult(Versions(outsider).Count(version => version == 3) >= 3),
            "some rounds have passed"
        );
        (await WaitingAsync(place)).ShouldBe([2, 3]);

        await channel.QueuePurgeAsync("full", Ends);
        await Eventually.IsTrue(async () => await place.OutboxAsync() == 0, "the outbox is empty");
        var kept = await Eventually.Gives(
            async () => await channel.BasicGetAsync("full", autoAck: true, Ends),
            "the refused event"
        );
        JsonSerializer.Deserialize<NoteWritten>(kept.Body.Span, EventJson.Options)!.Version.ShouldBe(2);
        await Eventually.IsTrue(() => Task.FromResult(Versions(outsider) is [.., 2, 3]), "the second, then the third");
        Versions(outsider).Count(version => version == 1).ShouldBe(1, "what was confirmed is not published again");
    }

    [Fact]
    public async Task Given_more_events_than_a_round_takes_When_they_are_committed_Then_all_go_out_without_another_wake_up()
    {
        var place = await Place.NewAsync(postgres, rabbit, "rounds");
        await using var outsider = await Outsider.ListenAsync(place);
        await using var service = await SampleService.StartAsync(
            place,
            more: builder =>
            {
                builder.Configuration["Messaging:PollInterval"] = "00:05:00";
                builder.Configuration["Messaging:RelayBatch"] = "2";
            }
        );

        await service.WriteAsync([.. Enumerable.Range(0, 9).Select(i => $"text {i}")]);

        await Eventually.IsTrue(() => Task.FromResult(outsider.Heard.Count == 9), "all are heard");
        await Eventually.IsTrue(async () => await place.OutboxAsync() == 0, "and done");
    }

    [Fact]
    public async Task Given_two_consumers_of_one_event_When_the_second_fails_after_the_first_one_is_done_Then_it_is_tried_again()
    {
        var place = await Place.NewAsync(postgres, rabbit, "two-consumers");
        await using var service = await SampleService.StartAsync(
            place,
            bus => bus.Consume<CountNoteConsumer>().Consume<SecondConsumer>(),
            builder => builder.Services.AddSingleton(new SecondConsumer.Mind(place))
        );

        await service.WriteAsync("text");

        await Eventually.IsTrue(async () => await place.EffectsAsync("second") == 1, "the second has its effect");
        (await place.EffectsAsync()).ShouldBe(1);
        service.Services.GetRequiredService<SecondConsumer.Mind>().Tries.ShouldBe(2);
        (await place.AskAsync(db => db.Set<InboxEntry>().CountAsync(Ends))).ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_consumer_that_changes_nothing_When_its_event_comes_again_Then_it_is_a_duplicate_and_is_kept()
    {
        var place = await Place.NewAsync(postgres, rabbit, "unchanged");
        await using var service = await SampleService.StartAsync(place, bus => bus.Consume<PassingConsumer>());
        await using var connection = await place.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ends);
        var id = Guid.CreateVersion7();
        for (var i = 0; i < 3; i++)
        {
            await InboxTests.PublishAsync(
                channel,
                InboxTests.Body(Guid.CreateVersion7(), 1),
                new BasicProperties { MessageId = id.ToString() }
            );
        }

        await InboxTests.DrainedAsync(place, 1, "sample.passing");
        var entry = (await place.AskAsync(db => db.Set<InboxEntry>().ToListAsync(Ends))).ShouldHaveSingleItem();
        entry.MessageId.ShouldBe(id);
        entry.Consumer.ShouldBe("sample.passing");
    }

    [Fact]
    public async Task Given_a_backlog_When_two_consumers_work_on_it_Then_neither_nor_both_take_more_than_the_settings_allow()
    {
        var place = await Place.NewAsync(postgres, rabbit, "concurrency");
        var crowd = new Crowd();
        await using var service = await SampleService.StartAsync(
            place,
            bus => bus.Consume<FirstBusyConsumer>().Consume<SecondBusyConsumer>(),
            builder =>
            {
                builder.Configuration["Messaging:Concurrency"] = "3";
                builder.Configuration["Messaging:TotalConcurrency"] = "4";
                builder.Services.AddSingleton(crowd);
            }
        );
        for (var i = 0; i < 30; i++)
        {
            await service.WriteAsync("text");
        }

        await Eventually.IsTrue(() => Task.FromResult(crowd.Done == 60), "each has had all");
        crowd.MostOfOne.ShouldBeLessThanOrEqualTo(3);
        crowd.Most.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task Given_two_delays_When_a_message_fails_twice_Then_it_waits_for_the_second()
    {
        var place = await Place.NewAsync(postgres, rabbit, "delays");
        await using var service = await SampleService.StartAsync(
            place,
            bus => bus.Consume<SensitiveConsumer>(),
            builder => builder.Configuration["Messaging:Redeliveries:1"] = "01:00:00"
        );

        await service.WriteAsync("poison");

        await using var connection = await place.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ends);
        var second = Topology.DelayQueueOf("sample.sensitive", TimeSpan.FromHours(1));
        await Eventually.IsTrue(async () => await channel.MessageCountAsync(second, Ends) == 1, "it waits for an hour");
        service.Services.GetRequiredService<SensitiveConsumer.Mind>().Tries.Values.ShouldBe([4]);
    }

    [Fact]
    public async Task Given_the_error_queue_was_deleted_When_a_message_is_given_up_Then_it_is_not_lost()
    {
        var place = await Place.NewAsync(postgres, rabbit, "deleted");
        await using var connection = await place.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ends);
        await using (var service = await SampleService.StartAsync(place, bus => bus.Consume<SensitiveConsumer>()))
        {
            await channel.QueueDeleteAsync(Topology.ErrorQueueOf("sample.sensitive"), cancellationToken: Ends);
            var id = await service.WriteAsync("hopeless");
            var mind = service.Services.GetRequiredService<SensitiveConsumer.Mind>();
            await Eventually.IsTrue(
                () => Task.FromResult(mind.Tries.GetValueOrDefault(id) >= 2),
                "it could not be moved and comes again"
            );
        }

        // The next start declares the queue again.
        await using var next = await SampleService.StartAsync(place, bus => bus.Consume<SensitiveConsumer>());
        await Eventually.IsTrue(
            async () => await channel.MessageCountAsync(Topology.ErrorQueueOf("sample.sensitive"), Ends) == 1,
            "it lies in the error queue"
        );
    }

    [Fact]
    public async Task Given_entries_of_the_inbox_When_the_purge_runs_Then_those_older_than_the_setting_go()
    {
        var place = await Place.NewAsync(postgres, rabbit, "purge-job");
        await using var service = SampleService.Create(place);
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-28T00:00:00Z", null));
        await service.InScopeAsync(async db =>
        {
            foreach (var days in new[] { 6, 8 })
            {
                db.Add(
                    new InboxEntry
                    {
                        MessageId = Guid.CreateVersion7(),
                        Consumer = $"{days} days",
                        ConsumedAt = time.GetUtcNow().AddDays(-days),
                    }
                );
            }

            await db.SaveChangesAsync(Ends);
        });

        using var purge = new InboxPurge(
            service.Services.GetRequiredService<IServiceScopeFactory>(),
            Options.Create(new MessagingOptions { InboxDays = 7 }),
            time,
            NullLogger<InboxPurge>.Instance
        );
        await purge.StartAsync(Ends);
        await Eventually.IsTrue(
            async () =>
            {
                time.Advance(TimeSpan.FromSeconds(30));
                return await place.AskAsync(db => db.Set<InboxEntry>().CountAsync(Ends)) == 1;
            },
            "it has run"
        );
        await purge.StopAsync(Ends);

        (await place.AskAsync(db => db.Set<InboxEntry>().SingleAsync(Ends))).Consumer.ShouldBe("6 days");
        service.Services.GetServices<IHostedService>().OfType<InboxPurge>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Given_dead_letters_of_two_queues_When_one_is_replayed_Then_the_others_stay_in_order()
    {
        var place = await Place.NewAsync(postgres, rabbit, "one-of-many");
        await using var service = await SampleService.StartAsync(place, bus => bus.Consume<SensitiveConsumer>());
        List<Guid> hopeless = [];
        for (var i = 0; i < 4; i++)
        {
            hopeless.Add(await service.WriteAsync($"hopeless {i}"));
            await Eventually.IsTrue(async () => (await ListAsync(place)).Count == hopeless.Count, "it is given up");
        }

        var letters = await ListAsync(place);
        letters.Select(letter => letter.Subject).ShouldBe(hopeless.Select(id => id.ToString("D")));
        (await Letters(place).ReplayAsync(letters[1].MessageId, Ends)).ShouldBe(1);

        // It fails again, as a message that is new: to the end of the queue, with a reason of its
        // own.
        Guid[] expected = [hopeless[0], hopeless[2], hopeless[3], hopeless[1]];
        await Eventually.Holds(async () =>
            (await ListAsync(place)).Select(letter => letter.Subject).ShouldBe(expected.Select(id => id.ToString("D")))
        );
        service.Services.GetRequiredService<SensitiveConsumer.Mind>().Tries[hopeless[1]].ShouldBe(2);
        (await ListAsync(place))[^1].MessageId.ShouldBe(letters[1].MessageId, "under its old identity");
    }

    private static DeadLetters Letters(Place place) =>
        new(new MessagingOptions { Service = "sample", Broker = place.Broker.ToString() }, ["sample.sensitive"]);

    private static Task<IReadOnlyList<DeadLetter>> ListAsync(Place place) => Letters(place).ListAsync(Ends);

    private static List<long> Versions(Outsider outsider) =>
        [
            .. outsider.Heard.Select(heard =>
                JsonDocument.Parse(heard.Body).RootElement.GetProperty("version").GetInt64()
            ),
        ];

    private static Task<List<long>> WaitingAsync(Place place) =>
        place.AskAsync(async db =>
            (await db.Set<OutboxMessage>().OrderBy(m => m.Position).Select(m => m.Body).ToListAsync(Ends)).ConvertAll(
                body => JsonDocument.Parse(body).RootElement.GetProperty("version").GetInt64()
            )
        );

    /// <summary>Fails on its first try, once the other consumer's entry is in the inbox.</summary>
    private sealed class SecondConsumer(SampleContext db, SecondConsumer.Mind mind) : MassTransit.IConsumer<NoteWritten>
    {
        public async Task Consume(MassTransit.ConsumeContext<NoteWritten> context)
        {
            db.Add(
                new Effect
                {
                    Consumer = "second",
                    Subject = context.Message.NoteId,
                    Text = "",
                }
            );
            if (++mind.Tries == 1)
            {
                await Eventually.IsTrue(
                    () => mind.Place.AskAsync(look => look.Set<InboxEntry>().AnyAsync(context.CancellationToken)),
                    "the first one's entry is there"
                );
                throw new InvalidOperationException("Not yet.");
            }
        }

        public sealed class Mind(Place place)
        {
            public Place Place { get; } = place;

            public int Tries { get; set; }
        }
    }

    /// <summary>Counts how many consumers run at the same time.</summary>
    private sealed class Crowd
    {
        private readonly Dictionary<string, int> _running = [];

        public int Most { get; private set; }

        public int MostOfOne { get; private set; }

        public int Done { get; private set; }

        public async Task EnterAsync(string consumer)
        {
            lock (_running)
            {
                _running[consumer] = _running.GetValueOrDefault(consumer) + 1;
                MostOfOne = Math.Max(MostOfOne, _running[consumer]);
                Most = Math.Max(Most, _running.Values.Sum());
            }

            await Task.Delay(20);
            lock (_running)
            {
                _running[consumer]--;
                Done++;
            }
        }
    }

    private sealed class FirstBusyConsumer(Crowd crowd) : MassTransit.IConsumer<NoteWritten>
    {
        public Task Consume(MassTransit.ConsumeContext<NoteWritten> context) => crowd.EnterAsync("first");
    }

    private sealed class SecondBusyConsumer(Crowd crowd) : MassTransit.IConsumer<NoteWritten>
    {
        public Task Consume(MassTransit.ConsumeContext<NoteWritten> context) => crowd.EnterAsync("second");
    }

    private sealed class PassingConsumer : MassTransit.IConsumer<NoteWritten>
    {
        public Task Consume(MassTransit.ConsumeContext<NoteWritten> context) => Task.CompletedTask;
    }
}
