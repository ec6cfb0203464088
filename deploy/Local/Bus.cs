using System.Text.Json.Nodes;
using CustomerService.Servers;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CustomerService.Local;

/// <summary>An event as it came over the broker.</summary>
internal sealed record BusEvent(string Id, string Type, JsonNode Body);

/// <summary>
/// Listens to the exchange as a department's own system does: a queue of its own, the event's name as routing
/// key, JSON without an envelope.
/// The part that sends messages to customers takes the survey link from here.
/// </summary>
internal sealed class Bus : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly List<BusEvent> _events = [];
    private readonly Lock _lock = new();
    private int _shown;

    private Bus(IConnection connection) => _connection = connection;

    public static async Task<Bus> ListenAsync(Uri broker, CancellationToken cancellation)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellation);
        var bus = new Bus(connection);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var queue = await channel.QueueDeclareAsync(
            durable: false,
            exclusive: true,
            autoDelete: true,
            cancellationToken: cancellation
        );
        await channel.QueueBindAsync(queue.QueueName, "customer-service.events", "#", cancellationToken: cancellation);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            lock (bus._lock)
            {
                bus._events.Add(
                    new BusEvent(
                        delivery.BasicProperties.MessageId ?? "",
                        delivery.RoutingKey,
                        JsonNode.Parse(delivery.Body.Span)!
                    )
                );
            }

            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, cancellation);
        return bus;
    }

    /// <summary>The event, when it has come or comes within half a minute.</summary>
    /// <exception cref="StartException">It did not come.</exception>
    public async Task<BusEvent> ExpectAsync(string type, Func<JsonNode, bool> isIt, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30))
        {
            if (All(type, isIt).FirstOrDefault() is { } found)
            {
                return found;
            }

            await Task.Delay(25, cancellation);
        }

        throw new StartException($"The event {type} did not come within 30 s.");
    }

    /// <summary>Every such event so far.</summary>
    public IReadOnlyList<BusEvent> All(string type, Func<JsonNode, bool> isIt)
    {
        lock (_lock)
        {
            return [.. _events.Where(e => e.Type == type && isIt(e.Body))];
        }
    }

    /// <summary>What has come since the last call.</summary>
    public IReadOnlyList<BusEvent> News()
    {
        lock (_lock)
        {
            var news = _events[_shown..];
            _shown = _events.Count;
            return news;
        }
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
