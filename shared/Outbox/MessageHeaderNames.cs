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
