using System.Reflection;
using CustomerService.Contracts;
using CustomerService.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Messaging;

/// <summary>The consumers of a service.</summary>
public sealed class MessagingBuilder
{
    private readonly string _service;

    internal MessagingBuilder(string service) => _service = service;

    internal List<Endpoint> Endpoints { get; } = [];

    internal IReadOnlyCollection<string> Queues => [.. Endpoints.Select(e => e.Queue).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Adds a consumer with its own queue, bound to every event that it takes. It is made for
    /// each message, in a scope of its own; what it changes in the scoped DbContext is saved for
    /// it, in one transaction with the inbox.
    /// </summary>
    /// <exception cref="InvalidOperationException">It takes no event, or two consumers would share
    /// a queue.</exception>
    public MessagingBuilder Consume<TConsumer>()
        where TConsumer : class, IConsumer
    {
        var events = EventsOf(typeof(TConsumer));
        if (events.Count == 0)
        {
            throw new InvalidOperationException(
                $"{typeof(TConsumer).Name} is no IConsumer<T> of an event with an [EventName]."
            );
        }

        var queue = Topology.QueueOf(_service, typeof(TConsumer));
        if (Endpoints.Any(e => e.Queue == queue))
        {
            throw new InvalidOperationException($"Two consumers would share the queue {queue}.");
        }

        Endpoints.Add(
            new Endpoint(
                queue,
                events,
                (endpoint, services, slots, gate) =>
                    AddConsumer<TConsumer>(endpoint, services, slots, gate, queue, null)
            )
        );
        return this;
    }

    /// <summary>
    /// Keeps a copy of the accounts (<see cref="IAccounts"/>), and refuses tokens of people who were deactivated or
    /// given other roles, within seconds of it. Every service calls it.
    /// </summary>
    public MessagingBuilder TrackAccounts()
    {
        TracksAccounts = true;
        return Consume<TrackAccounts>();
    }

    internal bool TracksAccounts { get; private set; }

    /// <summary>
    /// Adds consumers that share one queue, each for events of its own: their messages keep one order and one place
    /// for dead letters.
    /// </summary>
    /// <param name="name">Names the queue, as the class of a single consumer would.</param>
    /// <param name="consumers">Consumers; no event is taken by two of them.</param>
    /// <param name="batch">An <see cref="IBatchConsumer"/> that deals with many of these events at once; the consumers
    /// then get what it could not deal with, and everything where the service's store knows no batches.</param>
    /// <exception cref="InvalidOperationException">There are none, two take the same event, or the queue is taken.</exception>
    public MessagingBuilder ConsumeTogether(string name, IReadOnlyList<Type> consumers, Type? batch = null)
    {
        ArgumentNullException.ThrowIfNull(consumers);
        var queue = Topology.QueueOf(_service, name);
        var events = new Dictionary<Type, string>();
        foreach (var (type, eventName) in consumers.SelectMany(EventsOf))
        {
            if (!events.TryAdd(type, eventName))
            {
                throw new InvalidOperationException($"Two consumers of the queue {queue} take {type.Name}.");
            }
        }

        if (events.Count == 0 || Endpoints.Any(e => e.Queue == queue))
        {
            throw new InvalidOperationException($"The queue {queue} has no event, or is another consumer's.");
        }

        Endpoints.Add(
            new Endpoint(
                queue,
                events,
                (endpoint, services, slots, gate) =>
                {
                    // One for all of them: their events share the batches.
                    var gathered = batch is null ? null : services.GetService<IInboxEventBatches>()?.Of(batch);
                    foreach (var consumer in consumers)
                    {
                        AddConsumerMethod
                            .MakeGenericMethod(consumer)
                            .Invoke(null, [endpoint, services, slots, gate, queue, gathered]);
                    }
                }
            )
        );
        return this;
    }

    /// <summary>
    /// The service is ready only when each of its queues was bound once: what others announce before that, at the very
    /// first start, it would never hear of. Where the broker is away nobody announces anything, and it is ready after
    /// <see cref="BoundQueues.Patience"/> without it.
    /// </summary>
    public MessagingBuilder ReadyWhenBound()
    {
        WaitsForQueues = true;
        return this;
    }

    internal bool WaitsForQueues { get; private set; }

    private static readonly MethodInfo AddConsumerMethod = typeof(MessagingBuilder).GetMethod(
        nameof(AddConsumer),
        BindingFlags.Static | BindingFlags.NonPublic
    )!;

    private static void AddConsumer<TConsumer>(
        IReceiveEndpointConfigurator endpoint,
        IServiceProvider services,
        SemaphoreSlim slots,
        AbsenceGate gate,
        string queue,
        IInboxEventBatch? batch
    )
        where TConsumer : class, IConsumer =>
        endpoint.Consumer(
            new InboxConsumerFactory<TConsumer>(
                services,
                queue,
                services.GetRequiredService<IOptions<MessagingOptions>>().Value.Concurrency,
                slots,
                gate,
                batch
            )
        );

    internal static Dictionary<Type, string> EventsOf(Type consumer) =>
        consumer
            .GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConsumer<>))
            .Select(i => i.GetGenericArguments()[0])
            .Where(type => type.IsAssignableTo(typeof(IIntegrationEvent)))
            .ToDictionary(type => type, EventNames.Of);

    internal sealed record Endpoint(
        string Queue,
        IReadOnlyDictionary<Type, string> Events,
        Action<IReceiveEndpointConfigurator, IServiceProvider, SemaphoreSlim, AbsenceGate> AddConsumer
    );
}

/// <summary>Set-up of the messaging in a service.</summary>
public static class MessagingRegistration
{
    // More than one replica handles at the same time, so that only a key that stays taken gets
    // through them.
    private const int ConflictTries = 24;

    /// <summary>
    /// Gives a service on EF Core and PostgreSQL its outbox, relay, inbox and consumers, and the operator's command and
    /// endpoints for dead letters. Call it besides <c>AddServiceStore</c>.
    /// </summary>
    /// <param name="services">The service's container.</param>
    /// <param name="configuration"><c>ConnectionStrings:RabbitMq</c> and the section <c>Messaging</c>, see
    /// <see cref="MessagingOptions"/>.</param>
    /// <param name="service">Name of the service, <c>kebab-case</c>; the first part of its queues and events.</param>
    /// <param name="consumers">Adds the consumers.</param>
    public static IServiceCollection AddMessaging<TDb>(
        this IServiceCollection services,
        IConfiguration configuration,
        string service,
        Action<MessagingBuilder>? consumers = null
    )
        where TDb : ServiceDbContext
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOutboxStore<TDb>();
        services.TryAddScoped<IAccounts, EfAccounts<TDb>>();
        services.TryAddScoped<IWithdrawals, EfAccounts<TDb>>();
        services.TryAddSingleton<IInboxBatch, InboxBatch<TDb>>();
        services.TryAddSingleton<IInboxEventBatches, InboxEventBatches<TDb>>();
        services.TryAddScoped<IInboxUnitOfWork, EfInboxUnitOfWork<TDb>>();
        return services.AddMessaging(configuration, service, consumers);
    }

    /// <summary>The same for a service on another database, which registers its own
    /// <see cref="IOutboxStore"/> (singleton), <see cref="IInboxUnitOfWork"/>, <see cref="IAccounts"/> and
    /// <see cref="IWithdrawals"/> (scoped).</summary>
    public static IServiceCollection AddMessaging(
        this IServiceCollection services,
        IConfiguration configuration,
        string service,
        Action<MessagingBuilder>? consumers = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);

        var builder = new MessagingBuilder(service);
        consumers?.Invoke(builder);
        services.AddSingleton(builder);
        if (builder.TracksAccounts)
        {
            services.WatchWithdrawnTokens();
        }

        services.AddSingleton<BoundQueues>();
        if (builder.WaitsForQueues)
        {
            services.AddHealthChecks().AddCheck<BoundQueues>("queues", tags: ["ready"]);
        }

        services.AddSingleton<IOperationEndpoints, DeadLetterEndpoints>();
        services.AddSingleton<IServiceCommand, DeadLettersCommand>();

        // Before the consumers, because services stop in the reverse order: first the consumers finish,
        // then the relay sends what they announced.
        services.AddRelay(configuration, service);
        services.AddHostedService<InboxPurge>();
        services.AddHostedService<DeadLetterWatch>();
        services
            .AddOptions<MassTransitHostOptions>()
            .Configure<IOptions<MessagingOptions>>(
                (host, options) =>
                {
                    // A service starts without its broker; it connects when the broker comes.
                    host.WaitUntilStarted = false;
                    host.StopTimeout = options.Value.Drain + options.Value.AfterDrain;
                    host.ConsumerStopTimeout = options.Value.Drain;
                }
            );
        services.AddMassTransit(bus =>
        {
            // By default MassTransit reports to its makers which transport and endpoints are used.
            // Nothing leaves the company unasked.
            bus.DisableUsageTelemetry();
            // Without its broker a service still answers requests; taken out of rotation it would
            // not.
            bus.ConfigureHealthCheckOptions(check => check.MinimalFailureStatus = HealthStatus.Degraded);
            bus.UsingRabbitMq((context, broker) => Configure(broker, context, builder));
        });
        return services;
    }

    private static void Configure(
        IRabbitMqBusFactoryConfigurator bus,
        IServiceProvider services,
        MessagingBuilder builder
    )
    {
        var options = services.GetRequiredService<IOptions<MessagingOptions>>().Value;
        var connection = services.GetRequiredService<BrokerConnection>();
        var time = services.GetRequiredService<TimeProvider>();
        var bound = services.GetRequiredService<BoundQueues>();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("CustomerService.Messaging.Consumers");

        var slots = new SemaphoreSlim(options.TotalConcurrency);
        var address = new Uri(options.Broker);
        bus.Host(
            address,
            $"{options.Service} consumers",
            host =>
            {
                var user = address.UserInfo.Split(':', 2);
                if (user[0].Length > 0)
                {
                    host.Username(Uri.UnescapeDataString(user[0]));
                    host.Password(user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "");
                }

                // As the publishing side: so soon the broker gives others what a program holds that stands still.
                host.Heartbeat(TimeSpan.FromSeconds(20));
            }
        );

        foreach (var endpoint in builder.Endpoints)
        {
            bus.ReceiveEndpoint(
                endpoint.Queue,
                configure =>
                {
                    configure.ConfigureConsumeTopology = false;
                    // The queue is ours, see Topology: bound to the topic exchange without another
                    // exchange in between.
                    configure.BindQueue = false;
                    configure.ConfigureChannel(channel =>
                        channel.UseFilter(
                            new TopologyFilter(
                                options.Service,
                                endpoint.Queue,
                                [.. endpoint.Events.Values],
                                options.Redeliveries,
                                bound
                            )
                        )
                    );
                    configure.PublishFaults = false;
                    configure.PrefetchCount = options.Prefetch;
                    // How many run at the same time is up to the factory: those that only wait for
                    // the inbox's commit do not count.
                    configure.ConcurrentMessageLimit = options.Prefetch;

                    var deserializer = new EventDeserializer(endpoint.Events);
                    configure.ClearSerialization();
                    configure.AddSerializer(deserializer);
                    configure.AddDeserializer(deserializer, isDefault: true);

                    var faults = new FaultFilter(
                        options.Service,
                        endpoint.Queue,
                        options.Redeliveries,
                        connection,
                        time,
                        log
                    );
                    configure.ConfigureError(error => error.UseFilter(faults));
                    configure.ConfigureDeadLetter(dead => dead.UseFilter(faults));

                    if (options.Retries is { Count: > 0 } retries)
                    {
                        configure.UseMessageRetry(retry =>
                        {
                            retry.Ignore<UnprocessableEventException>();
                            retry.Ignore<HeldTooLongException>();
                            retry.Intervals([.. retries]);
                        });
                    }

                    // Messages about the same record that come at the same moment: in each round
                    // one of them wins, so the last of many needs as many rounds. That is no fault
                    // of the message and must not use up the tries of one that cannot be dealt
                    // with.
                    configure.UseMessageRetry(retry =>
                    {
                        retry.Handle<ConflictException>();
                        retry.Exponential(
                            ConflictTries,
                            TimeSpan.FromMilliseconds(5),
                            TimeSpan.FromMilliseconds(500),
                            TimeSpan.FromMilliseconds(10)
                        );
                    });

                    var gate = new AbsenceGate(endpoint.Queue, Unavailability.Is, time, log);
                    endpoint.AddConsumer(configure, services, slots, gate);
                }
            );
        }
    }

    /// <summary>Declares the consumer's queue with every new channel, so that it is there again
    /// when the broker lost it.</summary>
    private sealed class TopologyFilter(
        string service,
        string queue,
        IReadOnlyList<string> events,
        IReadOnlyList<TimeSpan> delays,
        BoundQueues bound
    ) : IFilter<MassTransit.RabbitMqTransport.ChannelContext>
    {
        public async Task Send(
            MassTransit.RabbitMqTransport.ChannelContext context,
            IPipe<MassTransit.RabbitMqTransport.ChannelContext> next
        )
        {
            var connection = context.ConnectionContext.Connection;
            await Topology.DeclareExchangeAsync(connection, context.CancellationToken);
            await Topology.DeclareQueueAsync(connection, service, queue, events, delays, context.CancellationToken);
            bound.Add(queue);
            await next.Send(context);
        }

        public void Probe(ProbeContext context) => context.CreateScope("topology").Add("queue", queue);
    }
}
