using System.Collections.Concurrent;
using System.Diagnostics;
using CustomerService.Messaging;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Load;

/// <summary>The time from commit to consumed at a steady 200 events a second, against plain MassTransit from publish to consumed.</summary>
internal static class Lag
{
    private const int PerSecond = 200;
    private const int Seconds = 2;
    private const int Slices = 10;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place)
    {
        var database = await place.NewDatabaseAsync("load_lag");
        var broker = await place.NewVirtualHostAsync("load_lag");
        var ours = new Times();
        var plain = new Times();
        var unsafely = new Times();
        using var service = Place.Service(database, broker, consumers => consumers.Consume<SeenTicketConsumer>(), services => services.AddSingleton(ours));
        using var bus = Place.Service(null, broker, more: services =>
        {
            services.AddSingleton(plain);
            services.AddSingleton(new Unsafely(unsafely));
            services.AddMassTransit(bus =>
            {
                bus.AddConsumer<SeenTicketConsumer>();
                bus.AddConsumer<SeenSavedConsumer>();
                bus.UsingRabbitMq((context, rabbit) =>
                {
                    rabbit.Host(broker, host =>
                    {
                        var user = broker.UserInfo.Split(':', 2);
                        host.Username(Uri.UnescapeDataString(user[0]));
                        host.Password(Uri.UnescapeDataString(user[1]));
                    });
                    rabbit.ReceiveEndpoint("plain.seen-ticket", endpoint =>
                    {
                        endpoint.SetQuorumQueue();
                        endpoint.ConfigureConsumer<SeenTicketConsumer>(context);
                    });
                    rabbit.ReceiveEndpoint("plain.seen-saved", endpoint =>
                    {
                        endpoint.SetQuorumQueue();
                        endpoint.ConfigureConsumer<SeenSavedConsumer>(context);
                    });
                });
            });
        });
        await service.StartAsync();
        await bus.StartAsync();
        await Patience.UntilAsync(() => Task.FromResult(
            service.Services.GetRequiredService<IBusControl>().CheckHealth().Status == BusHealthStatus.Healthy
            && bus.Services.GetRequiredService<IBusControl>().CheckHealth().Status == BusHealthStatus.Healthy));

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

        // Until both sides run compiled code.
        for (var warmUp = 0; warmUp < 5; warmUp++)
        {
            await SteadyAsync(plain, PublishAsync);
            await SteadyAsync(unsafely, SaveThenPublishAsync);
            await SteadyAsync(ours, SaveAsync);
        }

        // Short slices by turns, so that what else the machine does meets both alike.
        var (a, u, b) = (new List<double>(), new List<double>(), new List<double>());
        var tails = new List<(double, double)>();
        for (var slice = 1; slice <= Slices; slice++)
        {
            var published = await SteadyAsync(plain, PublishAsync);
            a.AddRange(published);
            u.AddRange(await SteadyAsync(unsafely, SaveThenPublishAsync));
            var saved = await SteadyAsync(ours, SaveAsync);
            b.AddRange(saved);
            tails.Add((Row.Percentile([.. published], 0.99), Row.Percentile([.. saved], 0.99)));
            if (slice % 2 == 0)
            {
                Console.WriteLine(FormattableString.Invariant(
                    $"lag       after {slice} slices: plain p50 {Row.Percentile(a, 0.50):0.0} p99 {Row.Percentile(a, 0.99):0.0} ms, saved then published p50 {Row.Percentile(u, 0.50):0.0} p99 {Row.Percentile(u, 0.99):0.0} ms, ours p50 {Row.Percentile(b, 0.50):0.0} p99 {Row.Percentile(b, 0.99):0.0} ms"));
            }
        }

        var p50 = (Row.Percentile(a, 0.50), Row.Percentile(b, 0.50));
        var p99 = (Row.Percentile(a, 0.99), Row.Percentile(b, 0.99));
        await service.StopAsync();
        await bus.StopAsync();
        return
        [
            Row.Of("lag at 200 events/s, commit to consumed, p50", "ms", [p50], 3.0, true, "MassTransit publish to consumed, quorum queue"),
            Row.Of("lag at 200 events/s, commit to consumed, p99", "ms", [p99], 2.0, true, "the same"),
            // One standstill of a tenth of a second is the p99 of the whole run; in how many slices it stands so is seen here.
            Row.Of("the same, p99 of each slice of two seconds", "ms", tails, null, true, "the same; the median slice"),
            Row.Of("the same, p50", "ms", [(Row.Percentile(u, 0.50), Row.Percentile(b, 0.50))], null, true, "a row committed, then MassTransit publish to consumed: the same disk has as much to do"),
            Row.Of("the same, p99", "ms", [(Row.Percentile(u, 0.99), Row.Percentile(b, 0.99))], null, true, "the same"),
        ];
    }

    private static async Task<IReadOnlyCollection<double>> SteadyAsync(Times times, Func<Guid, Task> say)
    {
        times.Clear();
        const int count = PerSecond * Seconds;
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

            said.Add(say(Guid.CreateVersion7()));
        }

        await Task.WhenAll(said);
        await Patience.UntilAsync(() => Task.FromResult(times.Count == count));
        return times.Lags();
    }

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
            [.. _seen.Select(seen => Math.Max(0, Stopwatch.GetElapsedTime(_began[seen.Key], seen.Value).TotalMilliseconds))];
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
