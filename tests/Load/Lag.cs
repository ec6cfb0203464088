using System.Collections.Concurrent;
using System.Diagnostics;
using CustomerService.Messaging;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Load;

/// <summary>The time from commit to consumed at a steady 200 events a second, against plain MassTransit from
/// publish to consumed.</summary>
internal static class Lag
{
    private const int PerSecond = 200;
    private const int RoundSeconds = 6;
    private const int WarmUps = 5;
    private const int Rounds = 10;

    // Short enough that a standstill of the disk, which lasts about as long, meets all sides alike; and long
    // enough that each side has its
    // steady load for itself, where the median of the rounds leaves aside those that a standstill has spoiled.
    // See docs/load.md.
    internal const int ShortTurn = PerSecond / 10;
    private const int LongTurn = PerSecond * 2;

    // The sides by their order.
    private const int Plain = 0;
    private const int Unsafe = 1;
    private const int Ours = 2;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place)
    {
        var database = await place.NewDatabaseAsync("load_lag");
        var broker = await place.NewVirtualHostAsync("load_lag");
        var ours = new Times();
        var plain = new Times();
        var unsafely = new Times();
        using var service = Place.Service(
            database,
            broker,
            consumers => consumers.Consume<SeenTicketConsumer>(),
            services => services.AddSingleton(ours)
        );
        using var bus = Place.Service(
            null,
            broker,
            more: services =>
            {
                services.AddSingleton(plain);
                services.AddSingleton(new Unsafely(unsafely));
                services.AddMassTransit(bus =>
                {
                    bus.AddConsumer<SeenTicketConsumer>();
                    bus.AddConsumer<SeenSavedConsumer>();
                    bus.UsingRabbitMq(
                        (context, rabbit) =>
                        {
                            Connect(rabbit, broker);
                            rabbit.ReceiveEndpoint(
                                "plain.seen-ticket",
                                endpoint =>
                                {
                                    endpoint.SetQuorumQueue();
                                    endpoint.ConfigureConsumer<SeenTicketConsumer>(context);
                                }
                            );
                            rabbit.ReceiveEndpoint(
                                "plain.seen-saved",
                                endpoint =>
                                {
                                    endpoint.SetQuorumQueue();
                                    endpoint.ConfigureConsumer<SeenSavedConsumer>(context);
                                }
                            );
                        }
                    );
                });
            }
        );
        await service.StartAsync();
        await bus.StartAsync();
        await Patience.UntilAsync(() =>
            Task.FromResult(
                service.Services.GetRequiredService<IBusControl>().CheckHealth().Status == BusHealthStatus.Healthy
                    && bus.Services.GetRequiredService<IBusControl>().CheckHealth().Status == BusHealthStatus.Healthy
            )
        );

        await using var source = Npgsql.NpgsqlDataSource.Create(database);
        var publish = bus.Services.GetRequiredService<IBus>();
        async Task PublishAsync(Guid id)
        {
            var began = Stopwatch.GetTimestamp();
            await publish.Publish(Ticket.Event(id));
            // From the call on: what comes before the broker has it counts.
            plain.Began(id, began);
        }

        // What a service without an outbox would do, and lose events by it: commit its row, then publish.
        async Task SaveThenPublishAsync(Guid id)
        {
            await using (var command = source.CreateCommand("INSERT INTO received (id, number) VALUES ($1, $2)"))
            {
                command.Parameters.Add(new Npgsql.NpgsqlParameter<Guid> { TypedValue = id });
                command.Parameters.Add(new Npgsql.NpgsqlParameter<string> { TypedValue = "WX-2026-0001" });
                await command.ExecuteNonQueryAsync();
            }

            var began = Stopwatch.GetTimestamp();
            await publish.Publish(new TicketSaved(id));
            unsafely.Began(id, began);
        }

        async Task SaveAsync(Guid id)
        {
            await using var scope = service.Services.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<LoadContext>();
            var ticket = new Ticket(id);
            ticket.Open();
            context.Add(ticket);
            await context.SaveChangesAsync();
            ours.Began(id, Stopwatch.GetTimestamp());
        }

        Side[] sides = [new(plain, PublishAsync), new(unsafely, SaveThenPublishAsync), new(ours, SaveAsync)];

        // Until all sides run compiled code.
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            await SteadyAsync(sides, LongTurn);
        }

        List<double[][]> shortTurns = [];
        List<double[][]> longTurns = [];
        for (var round = 1; round <= Rounds; round++)
        {
            shortTurns.Add(await SteadyAsync(sides, ShortTurn));
            longTurns.Add(await SteadyAsync(sides, LongTurn));
            if (round % 2 == 0)
            {
                Console.WriteLine(
                    $"lag       after {round} rounds, short turns: plain {Told(shortTurns, Plain)}, saved then published {Told(shortTurns, Unsafe)}, ours {Told(shortTurns, Ours)}"
                );
                Console.WriteLine(
                    $"lag       after {round} rounds, long turns: plain {Told(longTurns, Plain)}, saved then published {Told(longTurns, Unsafe)}, ours {Told(longTurns, Ours)}"
                );
            }
        }

        await service.StopAsync();
        await bus.StopAsync();
        const string publishToConsumed = "MassTransit publish to consumed, quorum queue";
        const string savedThenPublished =
            "a row committed, then MassTransit publish to consumed: the same disk has as much to do";
        return
        [
            Row.Of(
                "lag at 200 events/s, commit to consumed, turns of 0.1 s, p50",
                "ms",
                [Pooled(shortTurns, Plain, 0.50)],
                3.0,
                true,
                publishToConsumed
            ),
            Row.Of("the same, p99", "ms", [Pooled(shortTurns, Plain, 0.99)], 2.0, true, publishToConsumed),
            Row.Of("the same, p99", "ms", [Pooled(shortTurns, Unsafe, 0.99)], null, true, savedThenPublished),
            Row.Of(
                "lag at 200 events/s, turns of 2 s, p50, median round",
                "ms",
                [.. Each(longTurns, Plain, 0.50)],
                3.0,
                true,
                publishToConsumed
            ),
            Row.Of(
                "the same, p99, median round",
                "ms",
                [.. Each(longTurns, Plain, 0.99)],
                2.0,
                true,
                publishToConsumed
            ),
            Row.Of(
                "the same, p99, median round",
                "ms",
                [.. Each(longTurns, Unsafe, 0.99)],
                null,
                true,
                savedThenPublished
            ),
            // Whoever has the most standstills of the disk in its turns has the worst p99 of all events:
            // chance, and so without a limit.
            Row.Of("the same, p99 of all", "ms", [Pooled(longTurns, Plain, 0.99)], null, true, publishToConsumed),
        ];
    }

    /// <summary>MassTransit alone, with one quorum queue whose consumer notes the time.</summary>
    internal static void AddPlainBus(IServiceCollection services, Uri broker, string queue) =>
        services.AddMassTransit(bus =>
        {
            bus.AddConsumer<SeenTicketConsumer>();
            bus.UsingRabbitMq(
                (context, rabbit) =>
                {
                    Connect(rabbit, broker);
                    rabbit.ReceiveEndpoint(
                        queue,
                        endpoint =>
                        {
                            endpoint.SetQuorumQueue();
                            endpoint.ConfigureConsumer<SeenTicketConsumer>(context);
                        }
                    );
                }
            );
        });

    private static void Connect(IRabbitMqBusFactoryConfigurator rabbit, Uri broker) =>
        rabbit.Host(
            broker,
            host =>
            {
                var user = broker.UserInfo.Split(':', 2);
                host.Username(Uri.UnescapeDataString(user[0]));
                host.Password(Uri.UnescapeDataString(user[1]));
            }
        );

    private static double Of(IEnumerable<double[][]> rounds, int side, double percentile) =>
        Row.Percentile([.. rounds.SelectMany(round => round[side])], percentile);

    private static string Told(List<double[][]> rounds, int side) =>
        FormattableString.Invariant($"p50 {Of(rounds, side, 0.50):0.0} p99 {Of(rounds, side, 0.99):0.0} ms");

    private static (double Baseline, double Ours) Pooled(List<double[][]> rounds, int baseline, double percentile) =>
        (Of(rounds, baseline, percentile), Of(rounds, Ours, percentile));

    private static IEnumerable<(double Baseline, double Ours)> Each(
        List<double[][]> rounds,
        int baseline,
        double percentile
    ) => rounds.Select(round => Pooled([round], baseline, percentile));

    /// <summary>A steady stream of events for six seconds, by the sides in turns.</summary>
    /// <returns>The lags of each side, milliseconds.</returns>
    internal static async Task<double[][]> SteadyAsync(Side[] sides, int eventsOfTurn)
    {
        foreach (var side in sides)
        {
            side.Times.Clear();
        }

        var count = PerSecond * RoundSeconds;
        var said = new List<Task>(count);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            // By the clock and not after the one before: a slow one does not make the load lighter.
            var due = TimeSpan.FromSeconds(i / (double)PerSecond) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            said.Add(sides[i / eventsOfTurn % sides.Length].SayAsync(Guid.CreateVersion7()));
        }

        await Task.WhenAll(said);
        await Patience.UntilAsync(() => Task.FromResult(sides.Sum(side => side.Times.Count) == count));
        return [.. sides.Select(side => side.Times.Lags().ToArray())];
    }

    internal sealed record Side(Times Times, Func<Guid, Task> SayAsync);

    internal sealed class Times
    {
        private readonly ConcurrentDictionary<Guid, long> _began = new();
        private readonly ConcurrentDictionary<Guid, long> _seen = new();

        public int Count => _seen.Count;

        public void Began(Guid id, long at) => _began[id] = at;

        public void Seen(Guid id) => _seen[id] = Stopwatch.GetTimestamp();

        public void Clear()
        {
            _began.Clear();
            _seen.Clear();
        }

        public IReadOnlyCollection<double> Lags() =>
            [
                .. _seen.Select(seen =>
                    Math.Max(0, Stopwatch.GetElapsedTime(_began[seen.Key], seen.Value).TotalMilliseconds)
                ),
            ];
    }

    /// <summary>The event of <c>SaveThenPublishAsync</c>; as large as the other.</summary>
    public sealed record TicketSaved(Guid TicketId)
    {
        public TicketOpened Ticket { get; init; } = CustomerService.Load.Ticket.Event(TicketId);
    }

    internal sealed record Unsafely(Times Times);

    internal sealed class SeenSavedConsumer(Unsafely unsafely) : IConsumer<TicketSaved>
    {
        public Task Consume(ConsumeContext<TicketSaved> message)
        {
            unsafely.Times.Seen(message.Message.TicketId);
            return Task.CompletedTask;
        }
    }

    internal sealed class SeenTicketConsumer(Times times) : IConsumer<TicketOpened>
    {
        public Task Consume(ConsumeContext<TicketOpened> message)
        {
            times.Seen(message.Message.TicketId);
            return Task.CompletedTask;
        }
    }
}
