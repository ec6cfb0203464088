using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace CustomerService.Messaging;

/// <summary>A message that was given up.</summary>
/// <param name="Queue">The queue whose consumer gave it up.</param>
/// <param name="MessageId">Its identity; by it one is replayed.</param>
/// <param name="EventName">Which event it is, if it says so.</param>
/// <param name="Subject">What it is about, if it says so.</param>
/// <param name="Reason">Why it was given up.</param>
/// <param name="Fault">Kind of the fault.</param>
/// <param name="Detail">Where it happened.</param>
/// <param name="GivenUpAt">When, UTC, if known.</param>
/// <param name="Body">The body as text.</param>
public sealed record DeadLetter(
    string Queue,
    Guid MessageId,
    string? EventName,
    string? Subject,
    string Reason,
    string? Fault,
    string? Detail,
    DateTimeOffset? GivenUpAt,
    string Body
);

/// <summary>The broker is there and refuses, or went away in the middle. What was not replayed
/// stays where it is.</summary>
public sealed class BrokerRefusedException(Exception refusal)
    : IOException(refusal.Message.ReplaceLineEndings(" "), refusal);

/// <summary>Lists and replays the messages in the error queues of a service.</summary>
public sealed class DeadLetters(MessagingOptions options, IReadOnlyCollection<string> queues)
{
    /// <summary>What lies in the error queues, oldest first. Nothing is taken out.</summary>
    /// <exception cref="BrokerUnreachableException">The broker does not answer.</exception>
    /// <exception cref="BrokerRefusedException">The broker refuses.</exception>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(CancellationToken cancellationToken = default)
    {
        var found = new List<DeadLetter>();
        await EachAsync(
            (queue, letter, _, _) =>
            {
                found.Add(letter);
                return Task.FromResult(false);
            },
            cancellationToken
        );
        return found;
    }

    /// <summary>
    /// Puts messages back into the queue of their consumer, under their old identity: a message that had its
    /// effect after all has
    /// no second one. Each leaves the error queue only when the broker has confirmed it in the other.
    /// </summary>
    /// <param name="messageId">Only this message; null for all.</param>
    /// <param name="cancellationToken">Ends the attempt; what is not replayed stays.</param>
    /// <returns>How many were replayed.</returns>
    /// <exception cref="BrokerUnreachableException">The broker does not answer.</exception>
    /// <exception cref="BrokerRefusedException">The broker refuses.</exception>
    public async Task<int> ReplayAsync(Guid? messageId, CancellationToken cancellationToken = default)
    {
        var replayed = 0;
        await EachAsync(
            async (queue, letter, delivery, channel) =>
            {
                if (messageId is { } wanted && letter.MessageId != wanted)
                {
                    return false;
                }

                var properties = Incoming(delivery).CopyOf(delivery.BasicProperties);
                await channel.BasicPublishAsync(
                    Topology.ReturnsOf(options.Service),
                    queue,
                    mandatory: true,
                    properties,
                    delivery.Body,
                    cancellationToken
                );
                replayed++;
                return true;
            },
            cancellationToken
        );
        return replayed;
    }

    private async Task EachAsync(
        Func<string, DeadLetter, BasicGetResult, IChannel, Task<bool>> take,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await WalkAsync(take, cancellationToken);
        }
        catch (Exception refusal)
            when (refusal is OperationInterruptedException or RabbitMQ.Client.Exceptions.PublishException)
        {
            throw new BrokerRefusedException(refusal);
        }
    }

    private async Task WalkAsync(
        Func<string, DeadLetter, BasicGetResult, IChannel, Task<bool>> take,
        CancellationToken cancellationToken
    )
    {
        var connection = await BrokerConnection.OpenAsync(
            options,
            $"{options.Service} dead letters",
            cancellationToken
        );
        await using (connection)
        {
            foreach (var queue in queues)
            {
                var channel = await connection.CreateChannelAsync(
                    new CreateChannelOptions(
                        publisherConfirmationsEnabled: true,
                        publisherConfirmationTrackingEnabled: true
                    ),
                    cancellationToken
                );
                await using (channel)
                {
                    var error = Topology.ErrorQueueOf(queue);
                    uint count;
                    try
                    {
                        // What lies there now. A replayed message that fails again comes back in
                        // behind, and is not replayed for ever.
                        count = (await channel.QueueDeclarePassiveAsync(error, cancellationToken)).MessageCount;
                    }
                    catch (OperationInterruptedException)
                    {
                        // The service has never run with this consumer.
                        continue;
                    }

                    ulong last = 0;
                    uint kept = 0;
                    for (; count > 0; count--)
                    {
                        if (await channel.BasicGetAsync(error, autoAck: false, cancellationToken) is not { } delivery)
                        {
                            break;
                        }

                        if (await take(queue, Read(queue, delivery), delivery, channel))
                        {
                            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, cancellationToken);
                        }
                        else
                        {
                            kept++;
                            last = delivery.DeliveryTag;
                        }
                    }

                    if (kept > 0)
                    {
                        // All that were not taken go back, in their order. The broker does it in
                        // its own time; the next reader, perhaps this program's next command,
                        // must find them.
                        await channel.BasicNackAsync(last, multiple: true, requeue: true, cancellationToken);
                        for (
                            var look = 0;
                            look < 100 && await channel.MessageCountAsync(error, cancellationToken) < kept;
                            look++
                        )
                        {
                            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
                        }
                    }
                }
            }
        }
    }

    private static IncomingEvent Incoming(BasicGetResult delivery) =>
        IncomingEvent.Read(delivery.BasicProperties, delivery.Exchange, delivery.RoutingKey, delivery.Body.Span);

    private static DeadLetter Read(string queue, BasicGetResult delivery)
    {
        var headers = delivery.BasicProperties.Headers;
        var incoming = Incoming(delivery);
        return new DeadLetter(
            queue,
            incoming.Id,
            incoming.EventName,
            incoming.Subject,
            // Without a reason of ours the broker moved it: its consumer died over it, again and
            // again.
            IncomingEvent.Text(headers, MessageHeaderNames.Reason)
                ?? "Delivered without an answer as often as the broker allows: its consumer's process ended each time.",
            IncomingEvent.Text(headers, MessageHeaderNames.Fault) ?? "delivery-limit",
            IncomingEvent.Text(headers, MessageHeaderNames.FaultDetail),
            DateTimeOffset.TryParse(
                IncomingEvent.Text(headers, MessageHeaderNames.GivenUpAt),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var at
            )
                ? at
                : null,
            System.Text.Encoding.UTF8.GetString(delivery.Body.Span)
        );
    }
}
