using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CustomerService.Messaging;

/// <summary>Spans and figures of the messaging.</summary>
public static class MessagingTelemetry
{
    /// <summary>Activity source and meter of this library.</summary>
    public const string Name = "CustomerService.Messaging";

    /// <summary>Activity source and meter of MassTransit, which makes the consumers'
    /// spans.</summary>
    public const string MassTransitName = "MassTransit";

    internal static readonly ActivitySource Activities = new(Name);
    internal static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> Published = Meter.CreateCounter<long>(
        "messaging.outbox.published",
        "{message}",
        "Events that the broker has confirmed."
    );

    internal static readonly Counter<long> PublishFailures = Meter.CreateCounter<long>(
        "messaging.outbox.failures",
        "{round}",
        "Rounds of the relay that failed and were tried again."
    );

    internal static readonly Histogram<double> PublishLag = Meter.CreateHistogram<double>(
        "messaging.outbox.lag",
        "s",
        "Time from the writing of an event to the broker's confirm."
    );

    internal static readonly Histogram<double> InboxLag = Meter.CreateHistogram<double>(
        "messaging.inbox.lag",
        "s",
        "Time from the writing of an event to the end of its consumption."
    );

    internal static readonly Counter<long> Consumed = Meter.CreateCounter<long>(
        "messaging.inbox.consumed",
        "{message}",
        "Messages that had their effect."
    );

    internal static readonly Counter<long> Duplicates = Meter.CreateCounter<long>(
        "messaging.inbox.duplicates",
        "{message}",
        "Messages that came again and had no second effect."
    );

    internal static readonly Counter<long> Redelivered = Meter.CreateCounter<long>(
        "messaging.redelivered",
        "{message}",
        "Messages that wait in a delay queue for another try."
    );

    internal static readonly Counter<long> DeadLettered = Meter.CreateCounter<long>(
        "messaging.dead_lettered",
        "{message}",
        "Messages that were given up and lie in an error queue."
    );

    /// <summary>What lies in each error queue, as it was seen last.</summary>
    internal static readonly ConcurrentDictionary<string, long> DeadLetters = new(StringComparer.Ordinal);

    internal static readonly ObservableGauge<long> DeadLetterDepth = Meter.CreateObservableGauge(
        "messaging.dead_letters",
        () =>
            DeadLetters.Select(lies => new Measurement<long>(
                lies.Value,
                new KeyValuePair<string, object?>("queue", lies.Key)
            )),
        "{message}",
        "Messages that lie in an error queue now."
    );
}
