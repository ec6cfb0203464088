using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using CustomerService.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;

namespace CustomerService.Load;

/// <summary>How fast a full outbox is drained, against the AMQP client publishing the same messages with
/// pipelined confirms.</summary>
internal static class Relay
{
    private const int Messages = 5_000;
    private const int Rounds = 7;
    private const int Window = 512;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place)
    {
        var database = await place.NewDatabaseAsync("load_relay");
        var broker = await place.NewVirtualHostAsync("load_relay");
        using var host = Place.Service(database, broker);
        var published = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == MessagingTelemetry.Name && instrument.Name == "messaging.outbox.published")
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref published, value));
        listener.Start();
        await host.StartAsync();

        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await using var control = await connection.CreateChannelAsync();
        await control.ExchangeDeclareAsync(Topology.Exchange, ExchangeType.Topic, durable: true);
        await control.QueueDeclareAsync(
            "load.sink",
            true,
            false,
            false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }
        );
        await control.QueueBindAsync("load.sink", Topology.Exchange, "load.#");
        await Patience.UntilAsync(async () =>
        {
            // The relay declares the stream when it first connects; both sides must fill it.
            await using var probe = await connection.CreateChannelAsync();
            try
            {
                await probe.QueueDeclarePassiveAsync(Topology.Stream);
                return true;
            }
            catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
            {
                host.Services.GetRequiredService<OutboxSignal>().Wake(0);
                return false;
            }
        });

        var rounds = new List<(double, double)>();
        for (var round = -1; round < Rounds; round++)
        {
            await control.QueuePurgeAsync("load.sink");
            var baseline = await BareAsync(channel);
            await control.QueuePurgeAsync("load.sink");

            await Place.ExecuteAsync(
                database,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""
                    INSERT INTO outbox_messages (partition, id, event_name, subject_id, body, occurred_at, trace_parent)
                    SELECT (random() * 15)::int, gen_random_uuid(), 'load.ticket.opened.v1', gen_random_uuid(), '{{EventJson.Serialize(
                        Ticket.Event(Guid.CreateVersion7())
                    )}}', now(), '{{Trace}}'
                    FROM generate_series(1, {{Messages}})
                    """
                )
            );
            Interlocked.Exchange(ref published, 0);
            var began = Stopwatch.GetTimestamp();
            var signal = host.Services.GetRequiredService<OutboxSignal>();
            for (short partition = 0; partition < OutboxPartition.Count; partition++)
            {
                signal.Wake(partition);
            }

            await Patience.UntilAsync(() => Task.FromResult(Interlocked.Read(ref published) >= Messages));
            var ours = Messages / Stopwatch.GetElapsedTime(began).TotalSeconds;
            Console.WriteLine(
                FormattableString.Invariant(
                    $"relay     round {round}: bare {baseline:0}/s, ours {ours:0}/s, ratio {ours / baseline:0.00}{(round < 0 ? " (warm-up)" : "")}"
                )
            );
            if (round >= 0)
            {
                rounds.Add((baseline, ours));
            }
        }

        await host.StopAsync();
        return
        [
            Row.Of(
                "relay: draining a full outbox",
                "messages/s",
                rounds,
                0.8,
                false,
                $"RabbitMQ.Client alone: the same bodies and headers to the same exchange and queues, its own confirm tracking, {Window} outstanding"
            ),
        ];
    }

    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static async Task<double> BareAsync(IChannel channel)
    {
        var body = Encoding.UTF8.GetBytes(EventJson.Serialize(Ticket.Event(Guid.CreateVersion7())));
        var outstanding = new Queue<ValueTask>(Window);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < Messages; i++)
        {
            if (outstanding.Count == Window)
            {
                await outstanding.Dequeue();
            }

            var id = Guid.CreateVersion7().ToString("D");
            outstanding.Enqueue(
                channel.BasicPublishAsync(
                    Topology.Exchange,
                    "load.ticket.opened.v1",
                    mandatory: false,
                    new BasicProperties
                    {
                        MessageId = id,
                        Type = "load.ticket.opened.v1",
                        AppId = "load",
                        ContentType = "application/json",
                        DeliveryMode = DeliveryModes.Persistent,
                        Timestamp = new AmqpTimestamp(DateTimeOffset.UtcNow.ToUnixTimeSeconds()),
                        Headers = new Dictionary<string, object?>
                        {
                            ["cloudEvents:specversion"] = "1.0",
                            ["cloudEvents:id"] = id,
                            ["cloudEvents:source"] = "/customer-service/load",
                            ["cloudEvents:type"] = "load.ticket.opened.v1",
                            ["cloudEvents:subject"] = id,
                            ["cloudEvents:time"] = "2026-11-24T11:11:11.1111111Z",
                            ["traceparent"] = Trace,
                            ["cloudEvents:traceparent"] = Trace,
                            ["MT-Activity-Id"] = Trace,
                        },
                    },
                    body
                )
            );
        }

        while (outstanding.TryDequeue(out var last))
        {
            await last;
        }

        return Messages / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}

internal static class Patience
{
    /// <summary>Asks again every few milliseconds, for two minutes at most.</summary>
    public static async Task UntilAsync(Func<Task<bool>> question)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await question())
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(2))
            {
                throw new TimeoutException("The measurement does not come to its end.");
            }

            await Task.Delay(2);
        }
    }
}
