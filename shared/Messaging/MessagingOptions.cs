using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CustomerService.Messaging;

/// <summary>Section <c>Messaging</c>. Every value has a default that is good for production; the broker's
/// address is <c>ConnectionStrings:RabbitMq</c>.</summary>
public sealed class MessagingOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Messaging";

    /// <summary>Name of the service: the first part of its queues and the CloudEvents source. Given in
    /// code.</summary>
    public string Service { get; set; } = "";

    /// <summary>Address of the broker, <c>amqp://user:password@host:port/vhost</c>. Taken from
    /// <c>ConnectionStrings:RabbitMq</c>.</summary>
    public string Broker { get; set; } = "amqp://guest:guest@localhost:5672/";

    /// <summary>
    /// Messages that the broker hands to one consumer before they are acknowledged. Room for those that only
    /// wait for the inbox's
    /// commit, and no more: when a process dies all of them go back, and brokers before 4.3 count that for each
    /// (<see cref="Topology.DeliveryLimit"/>).
    /// </summary>
    public int Prefetch { get; set; } = 128;

    /// <summary>Messages that one consumer handles at the same time.</summary>
    public int Concurrency { get; set; } = 16;

    /// <summary>
    /// Messages that all consumers of this process handle at the same time. Each has a database connection
    /// while it is handled, so
    /// it bounds what a backlog may take of the pool.
    /// </summary>
    public int TotalConcurrency { get; set; } = 32;

    /// <summary>Pauses between tries in memory, milliseconds, joined by commas. Empty: no tries in memory.</summary>
    public string RetryMilliseconds { get; set; } = "50,200,1000";

    /// <summary>Pauses before the message is delivered again from the broker, seconds, joined by commas. Empty:
    /// straight to the error queue.</summary>
    public string RedeliverySeconds { get; set; } = "10,60,600";

    /// <summary>Days for which the inbox remembers a message. Must be longer than any message can be on its
    /// way.</summary>
    public int InboxDays { get; set; } = 30;

    /// <summary>Days for which the stream keeps events for late subscribers.</summary>
    public int StreamDays { get; set; } = 30;

    /// <summary>Messages that the relay publishes in one round.</summary>
    public int RelayBatch { get; set; } = 512;

    /// <summary>Rounds that the relay has running at the same time, on different partitions.</summary>
    public int RelayWorkers { get; set; } = 8;

    /// <summary>Seconds between two looks into the outbox for messages whose wake-up was lost with its
    /// process.</summary>
    public double PollSeconds { get; set; } = 1;

    /// <summary>Seconds that the relay waits for the broker's confirms of a round before it gives up the
    /// connection.</summary>
    public double ConfirmSeconds { get; set; } = 10;

    /// <summary>Longest time that a round of the relay takes, with the claim of its partitions. The claim must hold
    /// for longer.</summary>
    public TimeSpan RoundLimit => TimeSpan.FromSeconds(ConfirmSeconds * 2);

    /// <summary>
    /// Seconds that a shutdown waits for messages in flight; after them half as long may go by until the rest
    /// has been sent. Default: so much of
    /// <c>Hosting:DrainSeconds</c> (25 where it is not set) that all of it fits in.
    /// </summary>
    public double DrainSeconds { get; set; } = double.NaN;

    /// <summary>What the whole program has for its end.</summary>
    internal double HostDrainSeconds { get; private set; } = 25;

    /// <summary>The part of a drain that the relay has for what was announced last, and the bus for closing its
    /// connection.</summary>
    internal TimeSpan AfterDrain => TimeSpan.FromSeconds(DrainSeconds / 4);

    internal IReadOnlyList<TimeSpan> Retries => Parse(RetryMilliseconds, TimeSpan.FromMilliseconds);

    internal IReadOnlyList<TimeSpan> Redeliveries => Parse(RedeliverySeconds, TimeSpan.FromSeconds);

    /// <summary>Reads the settings of a service.</summary>
    /// <exception cref="OptionsValidationException">A value is not of its kind; the message is one line.</exception>
    public static MessagingOptions From(IConfiguration configuration, string service)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new MessagingOptions();
        options.Read(configuration, service);
        return options;
    }

    internal void Read(IConfiguration configuration, string service)
    {
        try
        {
            configuration.GetSection(Section).Bind(this);
        }
        catch (InvalidOperationException wrong)
        {
            throw new OptionsValidationException(
                Section,
                typeof(MessagingOptions),
                [$"Section {Section} of the settings: {wrong.Message.ReplaceLineEndings(" ")}"]
            );
        }

        if (
            double.TryParse(
                configuration["Hosting:DrainSeconds"],
                System.Globalization.CultureInfo.InvariantCulture,
                out var host
            )
            && host >= 0
        )
        {
            HostDrainSeconds = host;
        }

        if (double.IsNaN(DrainSeconds))
        {
            DrainSeconds = HostDrainSeconds * 0.6;
        }

        Service = service;
        if (configuration.GetConnectionString("RabbitMq") is { Length: > 0 } broker)
        {
            Broker = broker;
        }
    }

    /// <summary>What is wrong with the settings, in one line; null when nothing is.</summary>
    internal string? Fault()
    {
        if (!Uri.TryCreate(Broker, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps"))
        {
            return "ConnectionStrings:RabbitMq is not an address like amqp://user:password@host:5672/vhost.";
        }

        if (uri.AbsolutePath.TrimStart('/').Contains('/', StringComparison.Ordinal))
        {
            return "ConnectionStrings:RabbitMq has more than one name after the port, expected amqp://user:password@host:5672/vhost; a '/' in the name of a virtual host is written %2F.";
        }

        if (Service.Length == 0 || Service.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
        {
            return $"Messaging: the service name '{Service}' must consist of a-z, 0-9 and '-'.";
        }

        foreach (
            var (name, value, min, max) in new (string, double, double, double)[]
            {
                (nameof(Prefetch), Prefetch, 1, 10_000),
                (nameof(Concurrency), Concurrency, 1, 1_000),
                (nameof(TotalConcurrency), TotalConcurrency, 1, 1_000),
                (nameof(InboxDays), InboxDays, 1, 3_650),
                (nameof(StreamDays), StreamDays, 1, 3_650),
                (nameof(RelayBatch), RelayBatch, 1, 10_000),
                (nameof(RelayWorkers), RelayWorkers, 1, OutboxPartition.Count),
                (nameof(PollSeconds), PollSeconds, 0.05, 300),
                (nameof(ConfirmSeconds), ConfirmSeconds, 1, 300),
                (nameof(DrainSeconds), DrainSeconds, 0, 600),
            }
        )
        {
            // Not a number is neither.
            if (!(value >= min && value <= max))
            {
                return $"Messaging:{name} is {value}, it must be between {min} and {max}.";
            }
        }

        if (DrainSeconds * 1.5 > HostDrainSeconds)
        {
            return string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"Messaging:DrainSeconds is {DrainSeconds}; with what follows it takes {DrainSeconds * 1.5}, which must fit into Hosting:DrainSeconds, {HostDrainSeconds}."
            );
        }

        if (Prefetch < Concurrency)
        {
            return $"Messaging:Prefetch ({Prefetch}) is less than Messaging:Concurrency ({Concurrency}); the rest could never be used.";
        }

        foreach (
            var (name, value) in new[]
            {
                (nameof(RetryMilliseconds), RetryMilliseconds),
                (nameof(RedeliverySeconds), RedeliverySeconds),
            }
        )
        {
            if (
                value
                    .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Any(part =>
                        !int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var n) || n < 1
                    )
            )
            {
                return $"Messaging:{name} is '{value}', it must be whole numbers above 0 joined by commas, for example 10,60,600.";
            }
        }

        return null;
    }

    private static List<TimeSpan> Parse(string text, Func<double, TimeSpan> unit) =>
        [
            .. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(part => unit(int.Parse(part, System.Globalization.CultureInfo.InvariantCulture))),
        ];
}
