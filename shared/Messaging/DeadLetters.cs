using System.Globalization;
using System.Reflection;
using MassTransit;
using Microsoft.Extensions.Configuration;
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

/// <summary>The broker is there and refuses, or went away in the middle. What was not replayed stays where it
/// is.</summary>
public sealed class BrokerRefusedException(Exception refusal)
    : IOException(refusal.Message.ReplaceLineEndings(" "), refusal);

/// <summary>Lists and replays the messages in the error queues of a service.</summary>
public sealed class DeadLetters(MessagingOptions options, IReadOnlyCollection<string> queues)
{
    /// <summary>The queues of the consumers that an assembly holds.</summary>
    public static IReadOnlyCollection<string> QueuesOf(Assembly assembly, string service)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return
        [
            .. assembly
                .GetTypes()
                .Where(type =>
                    type is { IsAbstract: false, IsGenericTypeDefinition: false }
                    && type.IsAssignableTo(typeof(IConsumer))
                    && MessagingBuilder.EventsOf(type).Count > 0
                )
                .Select(type => Topology.QueueOf(service, type))
                .Order(StringComparer.Ordinal),
        ];
    }

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
            )
            .ConfigureAwait(false);
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

                    var properties = new BasicProperties(delivery.BasicProperties)
                    {
                        DeliveryMode = DeliveryModes.Persistent,
                        // A foreign sender's: the message would vanish again, and the broker does not take
                        // another's name from us.
                        Expiration = null,
                        UserId = null,
                        Headers = delivery.BasicProperties.Headers is { } headers
                            ? new Dictionary<string, object?>(headers)
                            : [],
                    };
                    foreach (
                        var header in new[]
                        {
                            MessageHeaderNames.Redeliveries,
                            MessageHeaderNames.Reason,
                            MessageHeaderNames.Fault,
                            MessageHeaderNames.FaultDetail,
                            MessageHeaderNames.GivenUpAt,
                            MessageHeaderNames.Queue,
                            "x-death",
                            "x-delivery-count",
                        }
                    )
                    {
                        properties.Headers.Remove(header);
                    }

                    properties.Headers[MessageHeaderNames.DerivedId] = letter.MessageId.ToString("D");
                    if (letter.EventName is { } name)
                    {
                        properties.Headers[MessageHeaderNames.Event] = name;
                    }

                    await channel
                        .BasicPublishAsync("", queue, mandatory: true, properties, delivery.Body, cancellationToken)
                        .ConfigureAwait(false);
                    replayed++;
                    return true;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return replayed;
    }

    private async Task EachAsync(
        Func<string, DeadLetter, BasicGetResult, IChannel, Task<bool>> take,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await WalkAsync(take, cancellationToken).ConfigureAwait(false);
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
        var connection = await BrokerConnection
            .OpenAsync(options, $"{options.Service} dead letters", cancellationToken)
            .ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            foreach (var queue in queues)
            {
                var channel = await connection
                    .CreateChannelAsync(
                        new CreateChannelOptions(
                            publisherConfirmationsEnabled: true,
                            publisherConfirmationTrackingEnabled: true
                        ),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                await using (channel.ConfigureAwait(false))
                {
                    var error = Topology.ErrorQueueOf(queue);
                    uint count;
                    try
                    {
                        // What lies there now. A replayed message that fails again comes back in behind, and is
                        // not replayed for ever.
                        count = (
                            await channel.QueueDeclarePassiveAsync(error, cancellationToken).ConfigureAwait(false)
                        ).MessageCount;
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
                        if (
                            await channel.BasicGetAsync(error, autoAck: false, cancellationToken).ConfigureAwait(false)
                            is not { } delivery
                        )
                        {
                            break;
                        }

                        if (await take(queue, Read(queue, delivery), delivery, channel).ConfigureAwait(false))
                        {
                            await channel
                                .BasicAckAsync(delivery.DeliveryTag, multiple: false, cancellationToken)
                                .ConfigureAwait(false);
                        }
                        else
                        {
                            kept++;
                            last = delivery.DeliveryTag;
                        }
                    }

                    if (kept > 0)
                    {
                        // All that were not taken go back, in their order. The broker does it in its own time;
                        // whoever looks next,
                        // perhaps this program's next command, must find them.
                        await channel
                            .BasicNackAsync(last, multiple: true, requeue: true, cancellationToken)
                            .ConfigureAwait(false);
                        for (
                            var look = 0;
                            look < 100
                                && await channel.MessageCountAsync(error, cancellationToken).ConfigureAwait(false)
                                    < kept;
                            look++
                        )
                        {
                            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(false);
                        }
                    }
                }
            }
        }
    }

    private static DeadLetter Read(string queue, BasicGetResult delivery)
    {
        var headers = delivery.BasicProperties.Headers;
        var incoming = IncomingEvent.Read(
            delivery.BasicProperties,
            delivery.Exchange,
            delivery.RoutingKey,
            delivery.Body.Span
        );
        return new DeadLetter(
            queue,
            incoming.Id,
            incoming.EventName,
            incoming.Subject,
            // Without a reason of ours the broker moved it: its consumer died over it, again and again.
            IncomingEvent.Text(headers, MessageHeaderNames.Reason)
                ?? $"Delivered {Topology.DeliveryLimit} times without an answer: its consumer's process ended each time.",
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

/// <summary>The command line for dead letters: <c>dead-letters list</c>, <c>dead-letters replay &lt;message
/// id&gt;|--all</c>.</summary>
public static class DeadLetterCommand
{
    private const string Usage = """
        dead-letters list [--queue NAME] [--bodies]      what was given up, and why
        dead-letters replay ID|--all [--queue NAME]      put it back into its consumer's queue
        """;

    /// <summary>Runs the command against the broker of the configuration.</summary>
    /// <param name="args">What follows <c>dead-letters</c> on the command line.</param>
    /// <param name="configuration"><c>ConnectionStrings:RabbitMq</c>.</param>
    /// <param name="service">Name of the service.</param>
    /// <param name="output">Where the answer goes.</param>
    /// <param name="consumers">The assembly with the consumers; the program's own when it is not given.</param>
    /// <returns>0 done; 1 the broker does not answer or refuses, or the message is not there; 2 the command was
    /// not understood.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        IConfiguration configuration,
        string service,
        TextWriter output,
        Assembly? consumers = null
    )
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);

        var words = args.Where(arg => arg != "dead-letters").ToList();
        string? queue = null;
        if (words.IndexOf("--queue") is var at and >= 0)
        {
            if (at + 1 >= words.Count)
            {
                await output.WriteLineAsync(Usage).ConfigureAwait(false);
                return 2;
            }

            queue = words[at + 1];
            words.RemoveRange(at, 2);
        }

        var bodies = words.Remove("--bodies");
        var all = words.Remove("--all");
        var options = MessagingOptions.From(configuration, service);
        if (options.Fault() is { } fault)
        {
            await output.WriteLineAsync(fault).ConfigureAwait(false);
            return 2;
        }

        var assembly =
            consumers
            ?? Assembly.GetEntryAssembly()
            ?? throw new InvalidOperationException("There is no entry assembly to look for consumers in.");
        var letters = new DeadLetters(options, queue is null ? DeadLetters.QueuesOf(assembly, service) : [queue]);
        try
        {
            switch (words)
            {
                case ["list"] when !all:
                    return await ListAsync(letters, bodies, output).ConfigureAwait(false);
                case ["replay"] when all:
                    var count = await letters.ReplayAsync(null).ConfigureAwait(false);
                    await output
                        .WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} replayed."))
                        .ConfigureAwait(false);
                    return 0;
                case ["replay", var text] when !all && Guid.TryParse(text, out var id):
                    if (await letters.ReplayAsync(id).ConfigureAwait(false) > 0)
                    {
                        await output.WriteLineAsync($"{id} replayed.").ConfigureAwait(false);
                        return 0;
                    }

                    await output.WriteLineAsync($"{id} is in no error queue of {service}.").ConfigureAwait(false);
                    return 1;
                default:
                    await output.WriteLineAsync(Usage).ConfigureAwait(false);
                    return 2;
            }
        }
        catch (BrokerUnreachableException e)
        {
            await output
                .WriteLineAsync($"The broker does not answer: {e.InnerException?.Message ?? e.Message}")
                .ConfigureAwait(false);
            return 1;
        }
        catch (BrokerRefusedException e)
        {
            await output.WriteLineAsync($"The broker refuses: {e.Message}").ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task<int> ListAsync(DeadLetters letters, bool bodies, TextWriter output)
    {
        var found = await letters.ListAsync().ConfigureAwait(false);
        foreach (var letter in found)
        {
            await output
                .WriteLineAsync(
                    string.Join(
                        '\t',
                        letter.Queue,
                        letter.MessageId.ToString("D"),
                        letter.EventName ?? "-",
                        letter.Subject ?? "-",
                        letter.GivenUpAt?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-",
                        letter.Reason.ReplaceLineEndings(" ")
                    )
                )
                .ConfigureAwait(false);
            if (bodies)
            {
                await output.WriteLineAsync("    " + letter.Body.ReplaceLineEndings(" ")).ConfigureAwait(false);
            }
        }

        await output
            .WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{found.Count} dead letters."))
            .ConfigureAwait(false);
        return 0;
    }
}
