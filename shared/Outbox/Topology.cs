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

    /// <summary>
    /// The exchange by which a service moves messages among its own queues; the routing key is the queue's name. Through
    /// the default exchange an account could write into every queue.
    /// </summary>
    public static string ReturnsOf(string service) => $"{service}.returns";

    /// <summary>Declares the exchange where it is missing. The accounts of services may not: where they are in use, the
    /// broker's definitions bring exchange and stream.</summary>
    internal static async Task DeclareExchangeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        if (await IsThereAsync(connection, channel => channel.ExchangeDeclarePassiveAsync(Exchange, cancellationToken)))
        {
            return;
        }

        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.ExchangeDeclareAsync(
            Exchange,
            ExchangeType.Topic,
            durable: true,
            autoDelete: false,
            cancellationToken: cancellationToken
        );
    }

    /// <summary>Declares the stream where it is missing; that it cannot is no reason not to publish.</summary>
    internal static async Task DeclareStreamAsync(
        IConnection connection,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        if (await IsThereAsync(connection, channel => channel.QueueDeclarePassiveAsync(Stream, cancellationToken)))
        {
            return;
        }

        try
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await channel.QueueDeclareAsync(
                Stream,
                durable: true,
                exclusive: false,
                autoDelete: false,
                Arguments("stream"),
                cancellationToken: cancellationToken
            );
            await channel.QueueBindAsync(Stream, Exchange, "#", cancellationToken: cancellationToken);
        }
        catch (OperationInterruptedException e)
        {
            log.LogWarning(
                "The stream {Stream} is not there and cannot be declared: {Reason}",
                Stream,
                e.ShutdownReason?.ReplyText ?? e.Message
            );
        }
    }

    /// <summary>
    /// Declares a consumer's queue with what belongs to it, and binds it to its events. Doing it again changes nothing.
    /// What is declared is what never changes: type, durability, and where a message goes on; a delay stands in its
    /// queue's name. Every limit is a policy of the broker, so that another value never keeps a service from starting.
    /// </summary>
    internal static async Task DeclareQueueAsync(
        IConnection connection,
        string service,
        string queue,
        IEnumerable<string> events,
        IEnumerable<TimeSpan> delays,
        CancellationToken cancellationToken
    )
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var returns = ReturnsOf(service);
        await channel.ExchangeDeclareAsync(
            returns,
            ExchangeType.Direct,
            durable: true,
            autoDelete: false,
            cancellationToken: cancellationToken
        );
        await DeclareAsync(ErrorQueueOf(queue), Arguments("quorum"));
        await DeclareAsync(queue, GoingOnTo(ErrorQueueOf(queue)));
        foreach (var delay in delays)
        {
            var arguments = GoingOnTo(queue);
            // One queue for each delay: within one queue messages expire only at its head.
            arguments["x-message-ttl"] = (long)delay.TotalMilliseconds;
            await DeclareAsync(DelayQueueOf(queue, delay), arguments);
        }

        foreach (var name in events)
        {
            await channel.QueueBindAsync(queue, Exchange, name, cancellationToken: cancellationToken);
        }

        async Task DeclareAsync(string name, Dictionary<string, object?> arguments)
        {
            await channel.QueueDeclareAsync(name, true, false, false, arguments, cancellationToken: cancellationToken);
            await channel.QueueBindAsync(name, returns, name, cancellationToken: cancellationToken);
        }

        Dictionary<string, object?> GoingOnTo(string next)
        {
            var arguments = Arguments("quorum");
            arguments["x-dead-letter-exchange"] = returns;
            arguments["x-dead-letter-routing-key"] = next;
            return arguments;
        }
    }

    private static Dictionary<string, object?> Arguments(string type) => new() { ["x-queue-type"] = type };

    // The broker answers no by closing the channel.
    private static async Task<bool> IsThereAsync(IConnection connection, Func<IChannel, Task> ask)
    {
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            await ask(channel);
            return true;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason is { ReplyCode: Constants.NotFound })
        {
            return false;
        }
    }
}
