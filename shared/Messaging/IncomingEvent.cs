using System.Globalization;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MassTransit;
using MassTransit.RabbitMqTransport;
using MassTransit.Serialization;
using RabbitMQ.Client;

namespace CustomerService.Messaging;

/// <summary>Names of the AMQP headers. CloudEvents 1.0 in binary mode, with the prefix of its AMQP
/// binding.</summary>
public static class MessageHeaderNames
{
    /// <summary>CloudEvents attributes start with this.</summary>
    public const string CloudEventsPrefix = "cloudEvents:";

    /// <summary>The other prefix that the AMQP binding allows, for clients that cannot write a
    /// colon.</summary>
    public const string CloudEventsAlternativePrefix = "cloudEvents_";

    /// <summary>W3C trace context.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>Where MassTransit looks for the trace context.</summary>
    internal const string MassTransitActivity = "MT-Activity-Id";

    /// <summary>Name of the event, kept on a message's way through delay and error queues, where
    /// the routing key is another.</summary>
    public const string Event = "customer-service-event";

    /// <summary>Identity that was given to a message which came without one.</summary>
    public const string DerivedId = "customer-service-id";

    /// <summary>How often a message has waited in a delay queue.</summary>
    public const string Redeliveries = "customer-service-redeliveries";

    /// <summary>Why a message was given up.</summary>
    public const string Reason = "customer-service-reason";

    /// <summary>Kind of the fault: the exception's type, or <c>no-consumer</c>.</summary>
    public const string Fault = "customer-service-fault";

    /// <summary>Where the fault happened, for the developer.</summary>
    public const string FaultDetail = "customer-service-fault-detail";

    /// <summary>When a message was given up, ISO 8601, UTC.</summary>
    public const string GivenUpAt = "customer-service-given-up-at";

    /// <summary>The queue whose consumer gave it up.</summary>
    public const string Queue = "customer-service-queue";
}

/// <summary>What a message says of itself; the sender may be a foreign program.</summary>
/// <param name="Id">Its identity, for the inbox.</param>
/// <param name="EventName">Which event it is; null when it does not say.</param>
/// <param name="Subject">What it is about, as text; null when it does not say.</param>
internal sealed record IncomingEvent(Guid Id, string? EventName, string? Subject)
{
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
        return new IncomingEvent(Identify(properties, headers, routingKey, body), name, CloudEvent(headers, "subject"));
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
            try
            {
                return JsonSerializer.Deserialize(body, type, EventJson.Options)
                    ?? throw new UnprocessableEventException($"The body of {incoming.EventName} is null.");
            }
            catch (JsonException e)
            {
                throw new UnprocessableEventException(
                    $"The body of {incoming.EventName} is not what the contract says: {e.Message}",
                    e
                );
            }
        }
    }
}

/// <summary>
/// The message can never be processed, however often it is tried: it goes to the error queue at
/// once. A consumer may throw it, too.
/// </summary>
public sealed class UnprocessableEventException(string message, Exception? inner = null) : Exception(message, inner);
