using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CustomerService.Messaging;

/// <summary>Section <c>Messaging</c>. Every value has a default that is good for production; the
/// broker's address is <c>ConnectionStrings:RabbitMq</c>.</summary>
public sealed class MessagingOptions : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Messaging";

    private const string OutOfRange = "Messaging:{0} must be between {1} and {2}.";

    /// <summary>Name of the service: the first part of its queues and the CloudEvents source. Given
    /// in code.</summary>
    [RegularExpression("[a-z0-9-]+", ErrorMessage = "Messaging: the service name must consist of a-z, 0-9 and '-'.")]
    public string Service { get; set; } = "";

    /// <summary>Address of the broker, <c>amqp://user:password@host:port/vhost</c>. Taken from
    /// <c>ConnectionStrings:RabbitMq</c>.</summary>
    public string Broker { get; set; } = "amqp://guest:guest@localhost:5672/";

    /// <summary>
    /// Messages that the broker hands to one consumer before they are acknowledged. Room for those
    /// that only wait for the inbox's commit, and no more: when a process dies all of them go back,
    /// and brokers before 4.3 count that for each towards the limit of deliveries.
    /// </summary>
    [Range(1, 10_000, ErrorMessage = OutOfRange)]
    public int Prefetch { get; set; } = 128;

    /// <summary>Messages that one consumer handles at the same time.</summary>
    [Range(1, 1_000, ErrorMessage = OutOfRange)]
    public int Concurrency { get; set; } = 16;

    /// <summary>Messages that all consumers of this process handle at the same time. Each has a
    /// database connection while it is handled, so it bounds what a backlog may take of the
    /// pool.</summary>
    [Range(1, 1_000, ErrorMessage = OutOfRange)]
    public int TotalConcurrency { get; set; } = 32;

    /// <summary>Pauses between tries in memory. Empty: no tries in memory.</summary>
    public IReadOnlyList<TimeSpan> Retries { get; private set; } =
    [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)];

    /// <summary>Pauses before the message is delivered again from the broker. Empty: straight to
    /// the error queue.</summary>
    public IReadOnlyList<TimeSpan> Redeliveries { get; private set; } =
    [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    /// <summary>Days for which the inbox remembers a message. Must be longer than any message can
    /// be on its way.</summary>
    [Range(1, 3_650, ErrorMessage = OutOfRange)]
    public int InboxDays { get; set; } = 30;

    /// <summary>Whether this program declares the stream; one that only publishes has no right to. Given in
    /// code.</summary>
    internal bool DeclaresStream { get; set; } = true;

    /// <summary>Messages that the relay publishes in one round.</summary>
    [Range(1, 10_000, ErrorMessage = OutOfRange)]
    public int RelayBatch { get; set; } = 512;

    /// <summary>Rounds that the relay has running at the same time, on different
    /// partitions.</summary>
    [Range(1, OutboxPartition.Subjects, ErrorMessage = OutOfRange)]
    public int RelayWorkers { get; set; } = 8;

    /// <summary>
    /// Events a second from which on the relay gathers: it lets <see cref="Gather"/> go by before a
    /// round and then takes all partitions, so that events share the trips to database and broker
    /// instead of costing four of their own each. Below it every event goes out at once.
    /// </summary>
    [Range(1, 1_000_000, ErrorMessage = OutOfRange)]
    public int GatherAbove { get; set; } = 300;

    /// <summary>How long the relay gathers when it does.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01", ErrorMessage = OutOfRange, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Gather { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// How long a round with few events takes where processors or disk are short: from here on the relay gathers for twice
    /// as long as such a round takes, at most <see cref="GatherAtMost"/>.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "00:01:00",
        ErrorMessage = OutOfRange,
        ParseLimitsInInvariantCulture = true
    )]
    public TimeSpan SlowRound { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest time that the relay gathers where its rounds are slow.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01", ErrorMessage = OutOfRange, ParseLimitsInInvariantCulture = true)]
    public TimeSpan GatherAtMost { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often parts that wait go out, many in one event (see
    /// <see cref="OutboxPartition.Gathered"/>).</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.01",
        "00:01:00",
        ErrorMessage = OutOfRange,
        ParseLimitsInInvariantCulture = true
    )]
    public TimeSpan GatherParts { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between two looks into the outbox for messages whose wake-up was lost with its
    /// process.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.05",
        "00:05:00",
        ErrorMessage = OutOfRange,
        ParseLimitsInInvariantCulture = true
    )]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time that the relay waits for the broker's confirms of a round before it gives up
    /// the connection.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = OutOfRange, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time that a shutdown waits for messages in flight; after it half as long may go by until the
    /// rest has been sent. Default: so much of <c>Hosting:DrainSeconds</c> (25 where it is not set)
    /// that all of it fits in.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = OutOfRange, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Drain
    {
        get => _drain ?? HostDrain * 0.6;
        set => _drain = value;
    }

    private TimeSpan? _drain;

    /// <summary>Longest time that a round of the relay takes, with the claim of its partitions. The
    /// claim must hold for longer.</summary>
    public TimeSpan RoundLimit => ConfirmTimeout * 2;

    /// <summary>What the whole program has for its end.</summary>
    internal TimeSpan HostDrain { get; private set; } = TimeSpan.FromSeconds(25);

    /// <summary>The part of a drain that the relay has for what was announced last, and the bus for
    /// closing its connection.</summary>
    internal TimeSpan AfterDrain => Drain / 4;

    /// <summary>Reads the settings of a service.</summary>
    /// <exception cref="OptionsValidationException">A value is not of its kind; the message is one
    /// line.</exception>
    public static MessagingOptions From(IConfiguration configuration, string service)
    {
        var options = new MessagingOptions();
        options.Read(configuration, service);
        return options;
    }

    /// <summary>Checks what belongs to more than one value.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Broker, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps"))
        {
            yield return new("ConnectionStrings:RabbitMq is not an address like amqp://user:password@host:5672/vhost.");
        }
        else if (uri.AbsolutePath.TrimStart('/').Contains('/', StringComparison.Ordinal))
        {
            yield return new(
                "ConnectionStrings:RabbitMq has more than one name after the port, expected "
                    + "amqp://user:password@host:5672/vhost; a '/' in the name of a virtual host is written %2F."
            );
        }

        if (Drain * 1.5 > HostDrain)
        {
            yield return new(
                $"Messaging:Drain is {Drain}; with what follows it takes {Drain * 1.5}, which must fit into "
                    + string.Create(CultureInfo.InvariantCulture, $"Hosting:DrainSeconds, {HostDrain.TotalSeconds}.")
            );
        }

        if (Prefetch < Concurrency)
        {
            yield return new(
                $"Messaging:Prefetch ({Prefetch}) is less than Messaging:Concurrency ({Concurrency}); the rest could "
                    + "never be used."
            );
        }

        foreach (var (name, pauses) in new[] { (nameof(Retries), Retries), (nameof(Redeliveries), Redeliveries) })
        {
            if (pauses.Any(pause => pause < TimeSpan.FromMilliseconds(1) || pause > TimeSpan.FromDays(1)))
            {
                yield return new($"Messaging:{name} must be times above 0 and up to a day, for example 00:00:10.");
            }
        }
    }

    internal void Read(IConfiguration configuration, string service)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        // First: the binder writes the default of what is made of it, as soon as the section has any value.
        if (
            double.TryParse(configuration["Hosting:DrainSeconds"], CultureInfo.InvariantCulture, out var host)
            && host is >= 0 and <= 600
        )
        {
            HostDrain = TimeSpan.FromSeconds(host);
        }

        var section = configuration.GetSection(Section);
        try
        {
            section.Bind(this);
            Retries = Times(section.GetSection(nameof(Retries))) ?? Retries;
            Redeliveries = Times(section.GetSection(nameof(Redeliveries))) ?? Redeliveries;
        }
        catch (InvalidOperationException wrong)
        {
            throw new OptionsValidationException(
                Section,
                typeof(MessagingOptions),
                [$"Section {Section} of the settings: {wrong.Message.ReplaceLineEndings(" ")}"]
            );
        }

        Service = service;
        if (configuration.GetConnectionString("RabbitMq") is { Length: > 0 } broker)
        {
            Broker = broker;
        }
    }

    // Read apart: the binder would add to the defaults. An empty value is an empty list.
    private static TimeSpan[]? Times(IConfigurationSection section) =>
        section.Value switch
        {
            null => section.Get<TimeSpan[]>(),
            "" => [],
            var text => throw new InvalidOperationException(
                $"{section.Path} is '{text}', it must be a list of times such as {section.Path}:0=00:00:10."
            ),
        };
}

/// <summary>Says what is wrong with the settings, each fault in one line.</summary>
internal sealed class MessagingOptionsValidator : IValidateOptions<MessagingOptions>
{
    public ValidateOptionsResult Validate(string? name, MessagingOptions options)
    {
        var faults = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(fault => fault.ErrorMessage!));
    }
}
