using System.Diagnostics;
using System.Diagnostics.Metrics;
using CustomerService.Messaging;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;

namespace CustomerService.Load;

/// <summary>How fast a full queue is consumed with the inbox, against the same consumer on plain
/// MassTransit.</summary>
internal static class Consumers
{
    private const int Rounds = 4;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place) =>
        [
            .. await MeasureAsync<StoreTicketConsumer>(
                place,
                5_000,
                "storing",
                "consumers: each stores a row",
                "the same consumer on plain MassTransit, saving its row itself, no inbox"
            ),
            // A round of seconds: in a shorter one the start and the compiler are most of what is measured.
            .. await MeasureAsync<NoteTicketConsumer>(
                place,
                60_000,
                "idle",
                "consumers: nothing but the inbox",
                "the same consumer on plain MassTransit; no database at all"
            ),
        ];

    private static async Task<IReadOnlyList<Row>> MeasureAsync<TConsumer>(
        Place place,
        int messages,
        string name,
        string what,
        string against
    )
        where TConsumer : class, IConsumer<TicketOpened>
    {
        void Count(IServiceCollection services) => services.AddSingleton(new Counter(messages / 5, messages));
        var database = await place.NewDatabaseAsync("load_" + name);
        var broker = await place.NewVirtualHostAsync("load_" + name);
        var queue = Topology.QueueOf("load", typeof(TConsumer));

        // Declares the queue as the service does.
        using (var service = Place.Service(database, broker, consumers => consumers.Consume<TConsumer>(), Count))
        {
            await service.StartAsync();
            await Patience.UntilAsync(() =>
                Task.FromResult(
                    service.Services.GetRequiredService<IBusControl>().CheckHealth().Status == BusHealthStatus.Healthy
                )
            );
            await service.StopAsync();
        }

        var rounds = new List<(double, double)>();
        for (var round = -1; round < Rounds; round++)
        {
            var baseline = await RoundAsync(
                queue,
                broker,
                messages,
                () => Plain<TConsumer>(database, broker, queue, Count),
                inbox: false
            );
            var ours = await RoundAsync(
                queue,
                broker,
                messages,
                () => Place.Service(database, broker, consumers => consumers.Consume<TConsumer>(), Count),
                inbox: true
            );
            Console.WriteLine(
                FormattableString.Invariant(
                    $"consumers round {round}: {name}: plain {baseline:0}/s, ours {ours:0}/s, ratio {ours / baseline:0.00}{(round < 0 ? " (warm-up)" : "")}"
                )
            );
            if (round >= 0)
            {
                rounds.Add((baseline, ours));
            }
        }

        return [Row.Of(what, "messages/s", rounds, 0.5, false, against)];
    }

    private static async Task<double> RoundAsync(string queue, Uri broker, int messages, Func<IHost> create, bool inbox)
    {
        await FillAsync(queue, broker, messages);
        using var host = create();
        var counter = host.Services.GetRequiredService<Counter>();
        using var listener = new MeterListener();
        if (inbox)
        {
            // Counts when the inbox has committed, not when the consumer was called.
            listener.InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == MessagingTelemetry.Name && instrument.Name == "messaging.inbox.consumed")
                {
                    l.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((_, _, _, _) => counter.Add());
            listener.Start();
        }
        else
        {
            counter.CountsInConsumer = true;
        }

        await host.StartAsync();
        await counter.Done.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await host.StopAsync();
        return messages * 0.8 / counter.Elapsed.TotalSeconds;
    }

    private static async Task FillAsync(string queue, Uri broker, int messages)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var pending = new List<ValueTask>(messages);
        for (var i = 0; i < messages; i++)
        {
            var id = Guid.CreateVersion7();
            pending.Add(
                channel.BasicPublishAsync(
                    "",
                    queue,
                    mandatory: true,
                    new BasicProperties
                    {
                        MessageId = id.ToString("D"),
                        ContentType = "application/json",
                        DeliveryMode = DeliveryModes.Persistent,
                        Headers = new Dictionary<string, object?>
                        {
                            ["cloudEvents:type"] = "load.ticket.opened.v1",
                            ["cloudEvents:id"] = id.ToString("D"),
                        },
                    },
                    System.Text.Encoding.UTF8.GetBytes(EventJson.Serialize(Ticket.Event(id)))
                )
            );
        }

        foreach (var one in pending)
        {
            await one;
        }
    }

    private static IHost Plain<TConsumer>(string database, Uri broker, string queue, Action<IServiceCollection> count)
        where TConsumer : class, IConsumer<TicketOpened> =>
        Place.Service(
            null,
            broker,
            more: services =>
            {
                count(services);
                services.AddSingleton<PlainSave>();
                Microsoft.Extensions.DependencyInjection.EntityFrameworkServiceCollectionExtensions.AddDbContextPool<LoadContext>(
                    services,
                    options =>
                        Microsoft
                            .EntityFrameworkCore.NpgsqlDbContextOptionsBuilderExtensions.UseNpgsql(options, database)
                            .UseSnake()
                );
                var settings = new MessagingOptions();
                services.AddMassTransit(bus =>
                {
                    bus.AddConsumer<TConsumer>();
                    bus.UsingRabbitMq(
                        (context, rabbit) =>
                        {
                            rabbit.Host(
                                broker,
                                host =>
                                {
                                    var user = broker.UserInfo.Split(':', 2);
                                    host.Username(Uri.UnescapeDataString(user[0]));
                                    host.Password(Uri.UnescapeDataString(user[1]));
                                }
                            );
                            rabbit.ReceiveEndpoint(
                                queue,
                                endpoint =>
                                {
                                    endpoint.BindQueue = false;
                                    endpoint.ConfigureConsumeTopology = false;
                                    endpoint.PrefetchCount = settings.Prefetch;
                                    endpoint.ConcurrentMessageLimit = settings.Concurrency;
                                    endpoint.UseRawJsonDeserializer(
                                        RawSerializerOptions.AnyMessageType,
                                        isDefault: true
                                    );
                                    endpoint.UseMessageRetry(retry => retry.Intervals(50, 200, 1000));
                                    endpoint.ConfigureConsumer<TConsumer>(context);
                                }
                            );
                        }
                    );
                });
            }
        );

    internal sealed class Counter(int warmUp, int messages)
    {
        private int _count;
        private long _began;

        public bool CountsInConsumer { get; set; }

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan Elapsed { get; private set; }

        public void Add()
        {
            var now = Interlocked.Increment(ref _count);
            if (now == warmUp)
            {
                _began = Stopwatch.GetTimestamp();
            }
            else if (now == messages)
            {
                Elapsed = Stopwatch.GetElapsedTime(_began);
                Done.TrySetResult();
            }
        }
    }

    /// <summary>Present where there is no inbox to save for the consumer.</summary>
    internal sealed class PlainSave;

    internal sealed class StoreTicketConsumer(LoadContext context, Counter counter, PlainSave? plain = null)
        : IConsumer<TicketOpened>
    {
        public async Task Consume(ConsumeContext<TicketOpened> message)
        {
            context.Received.Add(new Received { Id = message.Message.TicketId, Number = message.Message.Number });
            if (plain is not null)
            {
                await context.SaveChangesAsync(message.CancellationToken);
            }

            if (counter.CountsInConsumer)
            {
                counter.Add();
            }
        }
    }

    internal sealed class NoteTicketConsumer(Counter counter) : IConsumer<TicketOpened>
    {
        public Task Consume(ConsumeContext<TicketOpened> message)
        {
            if (counter.CountsInConsumer)
            {
                counter.Add();
            }

            return Task.CompletedTask;
        }
    }
}

internal static class Snake
{
    public static void UseSnake(this Microsoft.EntityFrameworkCore.DbContextOptionsBuilder options) =>
        Microsoft.EntityFrameworkCore.NamingConventionsExtensions.UseSnakeCaseNamingConvention(options);
}
