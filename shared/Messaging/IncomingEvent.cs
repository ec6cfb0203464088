using System.Globalization;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerService.ServiceDefaults;
using MassTransit;
using MassTransit.RabbitMqTransport;
using MassTransit.Serialization;
using RabbitMQ.Client;

namespace CustomerService.Messaging;

/// <summary>What a message says of itself; the sender may be a foreign program.</summary>
/// <param name="Id">Its identity, for the inbox.</param>
/// <param name="EventName">Which event it is; null when it does not say.</param>
/// <param name="Subject">What it is about, as text; null when it does not say.</param>
/// <param name="Time">When it happened; null when it does not say.</param>
internal sealed record IncomingEvent(Guid Id, string? EventName, string? Subject, DateTimeOffset? Time)
{
    // What our own handling and the broker have noted on a message's way, and what would grow with every round.
    private static readonly string[] Traces =
    [
        MessageHeaderNames.Redeliveries,
        MessageHeaderNames.Reason,
        MessageHeaderNames.Fault,
        MessageHeaderNames.FaultDetail,
        MessageHeaderNames.GivenUpAt,
        MessageHeaderNames.Queue,
        "x-death",
        "x-delivery-count",
    ];

    public static IncomingEvent Read(
        IReadOnlyBasicProperties properties,
        string exchange,
        string routingKey,
        ReadOnlySpan<byte> body
    )
    {
        var headers = properties.Headers;
        var name =
            Text(headers, MessageHeaderNames.Event)
            ?? CloudEvent(headers, "type")
            ?? (exchange == Topology.Exchange ? routingKey : null)
            ?? FirstDeath(headers)
            ?? (properties.IsTypePresent() ? properties.Type : null);
        return new IncomingEvent(
            Identify(properties, headers, routingKey, body),
            name,
            CloudEvent(headers, "subject"),
            DateTimeOffset.TryParse(
                CloudEvent(headers, "time"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
                ? time
                : null
        );
    }

    /// <summary>The properties under which the message goes into another queue of its consumer: the same message, with
    /// nothing that would let it vanish or that the broker would refuse, and nothing of its way so far.</summary>
    public BasicProperties CopyOf(IReadOnlyBasicProperties properties)
    {
        var copy = new BasicProperties(properties)
        {
            DeliveryMode = DeliveryModes.Persistent,
            // A foreign sender's: the copy would vanish, and the broker does not take another's name
            // from us.
            Expiration = null,
            UserId = null,
            Headers = properties.Headers is { } headers ? new Dictionary<string, object?>(headers) : [],
        };
        foreach (var trace in Traces)
        {
            copy.Headers.Remove(trace);
        }

        copy.Headers[MessageHeaderNames.DerivedId] = Id.ToString("D");
        if (EventName is not null)
        {
            copy.Headers[MessageHeaderNames.Event] = EventName;
        }

        return copy;
    }

    public static string? Text(IDictionary<string, object?>? headers, string name) =>
        headers is not null && headers.TryGetValue(name, out var value) ? AsText(value) : null;

    public static string? CloudEvent(IDictionary<string, object?>? headers, string attribute) =>
        Text(headers, $"{MessageHeaderNames.CloudEventsPrefix}{attribute}")
        ?? Text(headers, $"{MessageHeaderNames.CloudEventsAlternativePrefix}{attribute}");

    /// <summary>The routing key under which a message came first, when the broker itself has moved
    /// it.</summary>
    public static string? FirstDeath(IDictionary<string, object?>? headers)
    {
        if (
            headers is null
            || !headers.TryGetValue("x-death", out var value)
            || value is not IList<object?> { Count: > 0 } deaths
        )
        {
            return null;
        }

        return
            deaths[^1] is IDictionary<string, object?> first
            && AsText(first.TryGetValue("exchange", out var exchange) ? exchange : null) == Topology.Exchange
            && first.TryGetValue("routing-keys", out var keys)
            && keys is IList<object?> { Count: > 0 } list
            ? AsText(list[0])
            : null;
    }

    private static string? AsText(object? value) =>
        value switch
        {
            byte[] { Length: > 0 } bytes => Encoding.UTF8.GetString(bytes),
            string { Length: > 0 } text => text,
            null or byte[] or string => null,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };

    /// <summary>
    /// Our own messages carry a UUID. A foreign one may carry any text, which is unique together
    /// with its source; and one without any identity is told from others by what it says.
    /// </summary>
    private static Guid Identify(
        IReadOnlyBasicProperties properties,
        IDictionary<string, object?>? headers,
        string routingKey,
        ReadOnlySpan<byte> body
    )
    {
        if (Guid.TryParse(Text(headers, MessageHeaderNames.DerivedId), out var derived))
        {
            return derived;
        }

        var id = CloudEvent(headers, "id") ?? (properties.IsMessageIdPresent() ? properties.MessageId : null);
        if (Guid.TryParse(id, out var guid))
        {
            return guid;
        }

        Span<byte> hash = stackalloc byte[32];
        if (!string.IsNullOrEmpty(id))
        {
            SHA256.HashData(Encoding.UTF8.GetBytes($"{CloudEvent(headers, "source")}\n{id}"), hash);
        }
        else
        {
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            sha.AppendData(Encoding.UTF8.GetBytes(routingKey + "\n"));
            sha.AppendData(body);
            sha.GetHashAndReset(hash);
        }

        return new Guid(hash[..16]);
    }
}

/// <summary>Reads bodies that are the plain JSON of an event, and knows from the headers or the
/// routing key which event it is.</summary>
internal sealed class EventDeserializer(IReadOnlyDictionary<Type, string> names)
    : IMessageDeserializer,
        ISerializerFactory
{
    private static readonly SystemTextJsonRawMessageSerializer Raw = new(RawSerializerOptions.AnyMessageType);

    public ContentType ContentType { get; } = new("application/json");

    public ConsumeContext Deserialize(ReceiveContext receiveContext)
    {
        var delivery = receiveContext.GetPayload<RabbitMqBasicConsumeContext>();
        var body = receiveContext.Body.GetBytes();
        var incoming = receiveContext.GetOrAddPayload(() =>
            IncomingEvent.Read(delivery.Properties, delivery.Exchange, delivery.RoutingKey ?? "", body)
        );
        var headers = new RawMessageContext(
            receiveContext.TransportHeaders,
            receiveContext.InputAddress,
            RawSerializerOptions.AnyMessageType
        );
        return new BodyConsumeContext(receiveContext, new Context(names, incoming, body, ContentType, headers));
    }

    public SerializerContext Deserialize(
        MessageBody body,
        MassTransit.Headers headers,
        Uri? destinationAddress = null
    ) => Raw.Deserialize(body, headers, destinationAddress);

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public void Probe(ProbeContext context) => context.CreateScope("event").Add("contentType", ContentType.MediaType);

    public IMessageSerializer CreateSerializer() => Raw;

    public IMessageDeserializer CreateDeserializer() => this;

    private sealed class Context(
        IReadOnlyDictionary<Type, string> names,
        IncomingEvent incoming,
        byte[] body,
        ContentType contentType,
        MessageContext message
    )
        : SystemTextJsonRawSerializerContext(
            SystemTextJsonMessageSerializer.Instance,
            EventJson.Options,
            contentType,
            message,
            [],
            RawSerializerOptions.AnyMessageType,
            default
        )
    {
        public override bool IsSupportedMessageType<T>() => IsSupportedMessageType(typeof(T));

        public override bool IsSupportedMessageType(Type messageType) =>
            names.TryGetValue(messageType, out var name) && name == incoming.EventName;

        public override bool TryGetMessage<T>(out T? message)
            where T : class
        {
            message = IsSupportedMessageType(typeof(T)) ? (T)Parse(typeof(T)) : null;
            return message is not null;
        }

        public override bool TryGetMessage(
            Type messageType,
            [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out object? message
        )
        {
            message = IsSupportedMessageType(messageType) ? Parse(messageType) : null;
            return message is not null;
        }

        private object Parse(Type type)
        {
            object? message;
            try
            {
                message = JsonSerializer.Deserialize(body, type, EventJson.Incoming);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Whatever a reader or a constructor says of it, it says the next time, too.
                throw new UnprocessableEventException(
                    $"The body of {incoming.EventName} is not what the contract says: {e.Message}",
                    e
                );
            }

            if (message is null)
            {
                throw new UnprocessableEventException($"The body of {incoming.EventName} is null.");
            }

            return BodyGuard.Faults(message) is [var (path, code), ..]
                ? throw new UnprocessableEventException(
                    $"The body of {incoming.EventName} is not what the contract says: {code} at {path}."
                )
                : message;
        }
    }
}

/// <summary>
/// The message can never be processed, however often it is tried: it goes to the error queue at
/// once. A consumer may throw it, too.
/// </summary>
public sealed class UnprocessableEventException(string message, Exception? inner = null) : Exception(message, inner);
