using System.Globalization;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace CustomerService.Messaging;

/// <summary>
/// Everything that stands on the broker, in one place: one topic exchange for all events, one
/// stream that keeps them for late subscribers, and for each consumer a queue, its delay queues and
/// its error queue. All are durable; the queues are quorum queues.
/// </summary>
public static class Topology
{
    /// <summary>The exchange to which every event goes, with its name as the routing key.</summary>
    public const string Exchange = "customer-service.events";

    /// <summary>The stream from which a late subscriber can read what happened before it
    /// came.</summary>
    public const string Stream = "customer-service.events.stream";

    /// <summary>
    /// Deliveries that end without an answer, because the process died, before the broker itself
    /// gives a message up. A message that kills its consumer ends in the error queue like any
    /// other.
    /// </summary>
    public const int DeliveryLimit = 20;

    /// <summary>Name of a consumer's queue: <c>repairs.open-repair-order</c> for
    /// <c>OpenRepairOrderConsumer</c> of service <c>repairs</c>.</summary>
    public static string QueueOf(string service, Type consumer)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        return QueueOf(service, consumer.Name);
    }

    internal static string QueueOf(string service, string name)
    {
        var plain =
            name.EndsWith("Consumer", StringComparison.Ordinal) && name.Length > "Consumer".Length
                ? name[..^"Consumer".Length]
                : name;
        return $"{service}.{Rules.Spelling.Kebab(plain)}";
    }

    /// <summary>Where a queue's messages end that were given up.</summary>
    public static string ErrorQueueOf(string queue) => $"{queue}_error";

    /// <summary>Where a queue's messages wait before they are tried again.</summary>
    public static string DelayQueueOf(string queue, TimeSpan delay) =>
        string.Create(CultureInfo.InvariantCulture, $"{queue}_delay_{(long)delay.TotalSeconds}s");

    internal static Dictionary<string, object?> QueueArguments(string queue) =>
        new()
        {
            ["x-queue-type"] = "quorum",
            ["x-delivery-limit"] = DeliveryLimit,
            ["x-dead-letter-exchange"] = "",
            ["x-dead-letter-routing-key"] = ErrorQueueOf(queue),
            // The broker keeps a message until the error queue has it, too; this strategy asks for
            // reject-publish.
            ["x-dead-letter-strategy"] = "at-least-once",
            ["x-overflow"] = "reject-publish",
        };

    private static Dictionary<string, object?> DelayArguments(string queue, TimeSpan delay) =>
        new()
        {
            ["x-queue-type"] = "quorum",
            // One queue for each delay: within one queue messages expire only at its head.
            ["x-message-ttl"] = (long)delay.TotalMilliseconds,
            ["x-dead-letter-exchange"] = "",
            ["x-dead-letter-routing-key"] = queue,
            ["x-dead-letter-strategy"] = "at-least-once",
            ["x-overflow"] = "reject-publish",
        };

    private static Dictionary<string, object?> ErrorArguments() =>
        new()
        {
            ["x-queue-type"] = "quorum",
            // Looking at a dead letter is a delivery, too. Brokers from 4.0 on would drop it after
            // twenty looks.
            ["x-delivery-limit"] = 1_000_000,
        };

    /// <summary>Declares the exchange and, when its retention is given, the stream. Doing it again
    /// changes nothing.</summary>
    internal static async Task DeclareExchangeAsync(
        IConnection connection,
        int? streamDays,
        ILogger? log,
        CancellationToken cancellationToken
    )
    {
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken))
        {
            await channel.ExchangeDeclareAsync(
                Exchange,
                ExchangeType.Topic,
                durable: true,
                autoDelete: false,
                cancellationToken: cancellationToken
            );
        }

        if (streamDays is null)
        {
            return;
        }

        // In a channel of its own: a broker whose stream has another retention refuses, which
        // closes the channel and is no reason not to publish.
        try
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await channel.QueueDeclareAsync(
                Stream,
                durable: true,
                exclusive: false,
                autoDelete: false,
                arguments: new Dictionary<string, object?>
                {
                    ["x-queue-type"] = "stream",
                    ["x-max-age"] = string.Create(CultureInfo.InvariantCulture, $"{streamDays}D"),
                    ["x-stream-max-segment-size-bytes"] = 100_000_000,
                },
                cancellationToken: cancellationToken
            );
            await channel.QueueBindAsync(Stream, Exchange, "#", cancellationToken: cancellationToken);
        }
        catch (OperationInterruptedException e)
        {
            log?.LogWarning(
                "The stream {Stream} could not be declared as configured and stays as it is: {Reason}",
                Stream,
                e.ShutdownReason?.ReplyText ?? e.Message
            );
        }
    }

    /// <summary>Declares a consumer's queue with what belongs to it, and binds it to its events.
    /// Doing it again changes nothing.</summary>
    internal static async Task DeclareQueueAsync(
        IConnection connection,
        string queue,
        IEnumerable<string> events,
        IEnumerable<TimeSpan> delays,
        CancellationToken cancellationToken
    )
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(
            ErrorQueueOf(queue),
            true,
            false,
            false,
            ErrorArguments(),
            cancellationToken: cancellationToken
        );
        await channel.QueueDeclareAsync(
            queue,
            true,
            false,
            false,
            QueueArguments(queue),
            cancellationToken: cancellationToken
        );
        foreach (var delay in delays)
        {
            await channel.QueueDeclareAsync(
                DelayQueueOf(queue, delay),
                true,
                false,
                false,
                DelayArguments(queue, delay),
                cancellationToken: cancellationToken
            );
        }

        foreach (var name in events)
        {
            await channel.QueueBindAsync(queue, Exchange, name, cancellationToken: cancellationToken);
        }
    }
}
