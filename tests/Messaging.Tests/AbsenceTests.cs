using System.Data.Common;
using System.Net.Sockets;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Grpc.Core;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using RabbitMQ.Client;

namespace CustomerService.Messaging.Tests;

/// <summary>A store that is away costs no try, no copy and no dead letter.</summary>
public sealed class AbsenceTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    private static CancellationToken Ends => TestContext.Current.CancellationToken;

    public static TheoryData<Exception, bool> Faults =>
        new()
        {
            { Away(), true },
            // As EF Core wraps it: its strategy, and around that the save.
            { new DbUpdateException("", new InvalidOperationException("", Away())), true },
            { new InvalidOperationException("", new DbUpdateException("", Away())), true },
            { new AggregateException(new FormatException(), Away()), true },
            { new NpgsqlException("pool", new TimeoutException()), true },
            { Refused(PostgresErrorCodes.CannotConnectNow), true },
            { Refused(PostgresErrorCodes.AdminShutdown), true },
            { Refused(PostgresErrorCodes.ReadOnlySqlTransaction), true },
            { new UnavailableException("unavailable", new FormatException()), true },
            { new RpcException(new Status(StatusCode.Unavailable, "")), true },
            { new RpcException(new Status(StatusCode.InvalidArgument, "")), false },
            { Refused(PostgresErrorCodes.DeadlockDetected), false },
            { new DbUpdateException("", Refused(PostgresErrorCodes.SerializationFailure)), false },
            { Refused(PostgresErrorCodes.UniqueViolation), false },
            { new InvalidOperationException("", new FormatException()), false },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Given_a_fault_When_it_is_looked_at_Then_an_absence_is_told_from_all_else(
        Exception fault,
        bool isAway
    ) => Unavailability.Is(fault).ShouldBe(isAway, fault.ToString());

    [Fact]
    public async Task Given_many_deliveries_When_the_store_is_away_Then_one_at_a_time_asks_and_all_go_on_when_it_is_back()
    {
        var (clock, gate) = New();
        var (isAway, asked, running, most) = (true, 0, 0, 0);
        async Task<int> Handle(int i)
        {
            lock (clock)
            {
                asked++;
                most = Math.Max(most, ++running);
            }

            await Task.Yield();
            lock (clock)
            {
                running--;
            }

            return isAway ? throw Away() : i;
        }

        // All at once: none knows yet.
        var deliveries = Enumerable.Range(0, 50).Select(i => gate.HandleAsync(() => Handle(i), Ends)).ToList();
        await Eventually.IsTrue(
            () =>
            {
                lock (clock)
                {
                    return Task.FromResult(gate.Since is not null && running == 0);
                }
            },
            "each has asked once"
        );
        (asked, most) = (0, 0);
        await PassAsync(clock, TimeSpan.FromMinutes(15));

        deliveries.ShouldAllBe(delivery => !delivery.IsCompleted);
        most.ShouldBe(1);
        // Every 10 s at the most, once the pauses have grown.
        asked.ShouldBeInRange(60, 100);

        isAway = false;
        (await PassAsync(clock, Task.WhenAll(deliveries))).Order().ShouldBe(Enumerable.Range(0, 50));
        gate.Since.ShouldBeNull();
    }

    [Fact]
    public async Task Given_an_absence_When_a_delivery_fails_for_itself_Then_that_passes_and_the_others_go_on()
    {
        var (clock, gate) = New();
        var tries = 0;
        var delivery = gate.HandleAsync<int>(
            () => ++tries == 1 ? throw Away() : throw new FormatException("poison"),
            Ends
        );
        await Should.ThrowAsync<FormatException>(() => PassAsync(clock, delivery));
        gate.Since.ShouldBeNull();
    }

    [Fact]
    public async Task Given_one_delivery_that_alone_meets_an_absence_When_others_get_through_Then_it_fails_in_the_end()
    {
        var (clock, gate) = New();
        var asked = 0;
        var alone = gate.HandleAsync<int>(
            () =>
            {
                asked++;
                throw Away();
            },
            Ends
        );
        for (var others = 0; others < AbsenceGate.AloneAtMost * 2 && !alone.IsCompleted; others++)
        {
            var other = gate.HandleAsync(() => Task.FromResult(others), Ends);
            (await PassAsync(clock, other)).ShouldBe(others);
            await PassAsync(clock, AbsenceGate.LongestPause * 2);
        }

        await Should.ThrowAsync<NpgsqlException>(() => alone);
        asked.ShouldBeGreaterThanOrEqualTo(AbsenceGate.AloneAtMost);
    }

    [Fact]
    public async Task Given_a_delivery_that_is_held_for_long_When_the_broker_would_lose_patience_Then_it_goes_back_first()
    {
        var (clock, gate) = New();
        var delivery = gate.HandleAsync<int>(() => throw Away(), Ends);
        await PassAsync(clock, AbsenceGate.LongestHold - TimeSpan.FromMinutes(1));
        delivery.IsCompleted.ShouldBeFalse();

        var until = clock.GetUtcNow();
        await Should.ThrowAsync<HeldTooLongException>(() => PassAsync(clock, delivery));
        (clock.GetUtcNow() - until).ShouldBeGreaterThan(TimeSpan.FromSeconds(30), "not before it must");
        AbsenceGate.LongestHold.ShouldBeLessThan(TimeSpan.FromMinutes(29), "the broker waits for 30 minutes");
    }

    // The second is longer than a delivery is held: all go back to their queue once.
    [Theory]
    [InlineData(15)]
    [InlineData(40)]
    public async Task Given_the_store_is_away_for_minutes_When_it_is_back_Then_each_message_has_its_effect_once_and_none_was_given_up(
        int minutes
    )
    {
        const int Messages = 40;
        var place = await Place.NewAsync(postgres, rabbit, $"absence-{minutes}");
        var (clock, store) = (new FakeTimeProvider(TimeProvider.System.GetUtcNow()), new Absent());
        var mind = new PassingConsumer.Mind();
        await using var service = await SampleService.StartAsync(
            place,
            bus => bus.Consume<CountNoteConsumer>().Consume<PassingConsumer>(),
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Services.AddSingleton(mind);
                builder.Services.ConfigureDbContext<SampleContext>(options => options.AddInterceptors(store));
            }
        );
        store.IsAway = true;
        await using var connection = await place.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ends);
        for (var i = 0; i < Messages; i++)
        {
            await InboxTests.PublishAsync(
                channel,
                InboxTests.Body(Guid.CreateVersion7(), 1),
                new BasicProperties { MessageId = Guid.CreateVersion7().ToString() }
            );
        }

        await Eventually.IsTrue(() => Task.FromResult(store.Refused >= 2), "both consumers have met it");
        for (var minute = 0; minute < minutes; minute++)
        {
            await PassAsync(clock, TimeSpan.FromMinutes(1));
        }

        store.Refused.ShouldBeGreaterThan(50, "it was asked again and again");
        foreach (var queue in new[] { "sample.count-note", "sample.passing" })
        {
            (await channel.MessageCountAsync(Topology.ErrorQueueOf(queue), Ends)).ShouldBe(0u, queue);
            (await channel.MessageCountAsync(Topology.DelayQueueOf(queue, TimeSpan.FromSeconds(1)), Ends)).ShouldBe(
                0u,
                queue
            );
        }

        (await place.EffectsAsync()).ShouldBe(0);
        store.IsAway = false;
        await Eventually.IsTrue(
            async () =>
            {
                await PassAsync(clock, AbsenceGate.LongestPause);
                return await place.AskAsync(db => db.Set<InboxEntry>().CountAsync(Ends)) == 2 * Messages;
            },
            "all are consumed"
        );
        (await place.EffectsAsync()).ShouldBe(Messages);
        mind.Copied.ShouldBe(0, "none was copied around");
        (await channel.MessageCountAsync(Topology.ErrorQueueOf("sample.count-note"), Ends)).ShouldBe(0u);
    }

    private static (FakeTimeProvider Clock, AbsenceGate Gate) New()
    {
        var clock = new FakeTimeProvider();
        return (clock, new AbsenceGate("sample.queue", Unavailability.Is, clock, NullLogger.Instance));
    }

    // Until it has ended, however many steps the machine needs to get there.
    private static async Task<T> PassAsync<T>(FakeTimeProvider clock, Task<T> delivery)
    {
        await Eventually.IsTrue(
            async () =>
            {
                await PassAsync(clock, TimeSpan.FromSeconds(1));
                return delivery.IsCompleted;
            },
            "the delivery ends"
        );
        return await delivery;
    }

    // In small steps, so that what wakes up can ask for its next pause.
    private static async Task PassAsync(FakeTimeProvider clock, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            for (var turn = 0; turn < 5; turn++)
            {
                await Task.Yield();
            }

            await Task.Delay(1, Ends);
        }
    }

    private static NpgsqlException Away() => new("Exception while connecting", new SocketException(111));

    private static PostgresException Refused(string state) => new("refused", "ERROR", "ERROR", state);

    /// <summary>A server that no connection reaches.</summary>
    private sealed class Absent : DbConnectionInterceptor
    {
        private int _refused;

        public volatile bool IsAway;

        public int Refused => _refused;

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection,
            ConnectionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default
        )
        {
            if (!IsAway)
            {
                return ValueTask.FromResult(result);
            }

            Interlocked.Increment(ref _refused);
            throw Away();
        }
    }

    /// <summary>Changes nothing, and counts deliveries that come from a delay queue.</summary>
    private sealed class PassingConsumer(PassingConsumer.Mind mind) : IConsumer<NoteWritten>
    {
        public Task Consume(ConsumeContext<NoteWritten> context)
        {
            if (context.ReceiveContext.TransportHeaders.TryGetHeader(MessageHeaderNames.Redeliveries, out _))
            {
                Interlocked.Increment(ref mind.Copied);
            }

            return Task.CompletedTask;
        }

        public sealed class Mind
        {
            public int Copied;
        }
    }
}
