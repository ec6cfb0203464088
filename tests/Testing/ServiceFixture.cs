using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Contracts;
using CustomerService.Messaging;
using CustomerService.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Xunit;

namespace CustomerService.Testing;

/// <summary>An event as an outsider sees it on the exchange.</summary>
/// <param name="RoutingKey">For example <c>repairs.repair-order.opened.v1</c>.</param>
/// <param name="MessageId">Identity of the message.</param>
/// <param name="Headers">CloudEvents attributes as <c>cloudEvents:subject</c> and the like.</param>
/// <param name="Body">The JSON.</param>
public sealed record SeenEvent(
    string RoutingKey,
    string? MessageId,
    IReadOnlyDictionary<string, string> Headers,
    JsonNode Body
)
{
    /// <summary>The record that the event is about.</summary>
    public string? Subject => Headers.GetValueOrDefault("cloudEvents:subject");

    /// <summary>A member of the body as text; empty where it is null or absent.</summary>
    public string Text(string name) => Body[name]?.ToString() ?? "";

    /// <summary>A header as text; empty where it is absent.</summary>
    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    /// <summary>The body as the contract's type.</summary>
    public T As<T>()
        where T : IIntegrationEvent => System.Text.Json.JsonSerializer.Deserialize<T>(Body, EventJson.Options)!;
}

/// <summary>Something that is started by the first test that needs it.</summary>
public interface IStartedOnDemand
{
    /// <summary>Starts it once; later callers wait for the first.</summary>
    Task StartedAsync();
}

/// <summary>Base of the test classes that need the running service; all others do not wait for a server.</summary>
public abstract class OnServers<TFixture>(TFixture fixture) : IAsyncLifetime
    where TFixture : IStartedOnDemand
{
    protected TFixture Fixture { get; } = fixture;

    public virtual async ValueTask InitializeAsync() => await Fixture.StartedAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

/// <summary>
/// One service as it runs in production, in this process, on a database and a virtual host of its own, with a clock
/// that a test can move and a listener on the exchange. Register it as an assembly fixture; test classes derive from
/// <see cref="OnServers{TFixture}"/>, and tests in memory never start it.
/// </summary>
/// <param name="name">Name of the service, for example <c>repairs</c>; its events begin with it.</param>
/// <param name="store">Its DbContext, which is internal and so no type parameter of a public class.</param>
/// <param name="postgres">Server to take the database from; one of its own by default.</param>
/// <param name="broker">Broker to take the virtual host from; one of its own by default.</param>
public abstract class ServiceFixture(
    string name,
    Type store,
    PostgresFixture? postgres = null,
    RabbitMqFixture? broker = null
) : IAsyncLifetime, IStartedOnDemand
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentQueue<SeenEvent> _seen = new();
    private readonly List<IAsyncDisposable> _further = [];
    private TestIssuer? _issuer;
    private RunningService? _service;
    private IConnection? _connection;
    private IChannel? _channel;

    /// <summary>The service.</summary>
    public RunningService Service => _service ?? throw NotStarted();

    /// <summary>The issuer whose tokens it accepts.</summary>
    public TestIssuer Issuer => _issuer ?? throw NotStarted();

    public PostgresFixture Postgres { get; } = postgres ?? new();

    public RabbitMqFixture Broker { get; } = broker ?? new();

    /// <summary>The clock of <see cref="Service"/>.</summary>
    public MovableClock Clock { get; } = new();

    /// <summary>Address of the virtual host of <see cref="Service"/>.</summary>
    public Uri BrokerAddress { get; private set; } = new("amqp://localhost");

    /// <summary>Today in the company's time zone, as the service counts it.</summary>
    public DateOnly Today => new CompanyClock(Clock).Today;

    /// <summary>Everything that the service said so far, in its order.</summary>
    public IReadOnlyCollection<SeenEvent> Seen => _seen;

    /// <summary>The service's own Build.</summary>
    /// <param name="args">Settings as a command line.</param>
    /// <param name="replace">Replaces services before they are built.</param>
    protected abstract WebApplication Build(string[] args, Action<IServiceCollection> replace);

    /// <summary>Settings of every instance, <c>Section:Key</c>.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>Settings of a fresh store; a PostgreSQL database by default.</summary>
    protected virtual async Task<IReadOnlyDictionary<string, string>> NewStoreAsync() =>
        new Dictionary<string, string>
        {
            ["ConnectionStrings:Store"] = (await Postgres.NewDatabaseAsync(name)).ConnectionString,
        };

    /// <summary>Whether the inbox knows the message.</summary>
    protected virtual Task<bool> IsConsumedAsync(IServiceProvider services, Guid messageId) =>
        ((DbContext)services.GetRequiredService(store)).Set<InboxEntry>().AnyAsync(e => e.MessageId == messageId);

    /// <summary>Starts what the service needs besides its servers, for example the service that it asks. Whatever is
    /// handed to <see cref="Owned{T}"/> ends with the fixture.</summary>
    protected virtual Task StartOthersAsync() => Task.CompletedTask;

    /// <summary>Replaces services of every instance, for example the address book.</summary>
    protected virtual void Replace(IServiceCollection services) { }

    /// <inheritdoc/>
    public async Task StartedAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_service is null)
            {
                await StartAsync();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>One more instance with a database and a broker of its own, for another policy or another
    /// surrounding; ends with the fixture.</summary>
    /// <param name="settings">Settings besides <see cref="Settings"/>, which they override.</param>
    /// <param name="clock">Its clock; <see cref="Clock"/> by default.</param>
    /// <param name="address">Virtual host; a new one by default.</param>
    public async Task<RunningService> AnotherAsync(
        IReadOnlyDictionary<string, string>? settings = null,
        TimeProvider? clock = null,
        Uri? address = null
    ) => Owned(await NewAsync(settings, clock, address ?? await Broker.NewVirtualHostAsync(name)));

    /// <summary>Whatever is disposed of together with the fixture.</summary>
    public T Owned<T>(T disposable)
        where T : IAsyncDisposable
    {
        lock (_further)
        {
            _further.Add(disposable);
        }

        return disposable;
    }

    /// <summary>A caller with these roles.</summary>
    public ApiClient As(string name, string[] roles, string? department = null, Guid? organisation = null) =>
        Service.As(name, roles, department, organisation);

    /// <summary>A caller with one role, named after it.</summary>
    public ApiClient As(string role) => Service.As(role);

    /// <summary>The same person as in a test in memory: <c>As(Someone.InQuality())</c>.</summary>
    public ApiClient As(Actor actor) => Service.As(actor);

    /// <summary>A caller without a token.</summary>
    public ApiClient Anonymous() => Service.Anonymous();

    /// <summary>Publishes an event as another service would, and returns its message id so that it can be sent
    /// again.</summary>
    public Task<Guid> PublishAsync(IIntegrationEvent happened, Guid? messageId = null)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return PublishAsync(EventNames.Of(happened.GetType()), EventJson.Serialize(happened), messageId);
    }

    /// <summary>Publishes any body under the name of an event.</summary>
    public async Task<Guid> PublishAsync(string routingKey, string body, Guid? messageId = null)
    {
        var id = messageId ?? Guid.CreateVersion7();
        await _turn.WaitAsync();
        try
        {
            // A channel serves one caller at a time.
            await _channel!.BasicPublishAsync(
                Topology.Exchange,
                routingKey,
                mandatory: true,
                new BasicProperties
                {
                    MessageId = id.ToString(),
                    ContentType = "application/json",
                    Persistent = true,
                },
                Encoding.UTF8.GetBytes(body)
            );
        }
        finally
        {
            _turn.Release();
        }

        return id;
    }

    /// <summary>Waits until a message has had its effect, if any: deliveries are handled side by side, so a later one
    /// says nothing about it.</summary>
    public async Task ConsumedAsync(Guid messageId)
    {
        await using var scope = Service.Services.CreateAsyncScope();
        await Eventually.IsTrue(() => IsConsumedAsync(scope.ServiceProvider, messageId), $"{messageId} is consumed");
    }

    /// <summary>Publishes an event and waits until it has had its effect.</summary>
    public async Task<Guid> DeliverAsync(IIntegrationEvent happened, Guid? messageId = null)
    {
        var id = await PublishAsync(happened, messageId);
        await ConsumedAsync(id);
        return id;
    }

    /// <summary>The events of one record so far, in their order.</summary>
    public IReadOnlyList<SeenEvent> EventsOf(Guid subject) => [.. _seen.Where(e => e.Subject == subject.ToString())];

    /// <summary>Waits for the first event of that name about a record; a name may be cut at its start:
    /// <c>opened.v1</c>.</summary>
    public Task<SeenEvent> EventAsync(Guid subject, string routingKey) =>
        EventAsync(routingKey, e => e.Subject == subject.ToString());

    /// <summary>Waits for the first event of that name for which the question is true.</summary>
    public Task<SeenEvent> EventAsync(string routingKey, Func<SeenEvent, bool> which) =>
        Eventually.Gives(
            () =>
                Task.FromResult(
                    _seen.FirstOrDefault(e =>
                        (
                            e.RoutingKey == routingKey
                            || e.RoutingKey.EndsWith("." + routingKey, StringComparison.Ordinal)
                        ) && which(e)
                    )
                ),
            $"an event {routingKey}"
        );

    /// <summary>The service's store, to ask or change it past all rules.</summary>
    public StoreScope<TDb> Store<TDb>()
        where TDb : DbContext => new(Service.Services.CreateAsyncScope());

    /// <summary>Listens on another virtual host, until the fixture ends.</summary>
    public async Task<IReadOnlyCollection<SeenEvent>> ListenAsync(Uri address)
    {
        var seen = new ConcurrentQueue<SeenEvent>();
        var connection = Owned(await new ConnectionFactory { Uri = address }.CreateConnectionAsync());
        await ListenAsync(connection, seen);
        return seen;
    }

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        IAsyncDisposable?[] all = [_connection, _service, .. Enumerable.Reverse(_further), _issuer];
        foreach (var each in all.OfType<IAsyncDisposable>())
        {
            await each.DisposeAsync();
        }

        if (broker is null)
        {
            await Broker.DisposeAsync();
        }

        if (postgres is null)
        {
            await Postgres.DisposeAsync();
        }

        _turn.Dispose();
    }

    private async Task StartAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        await StartOthersAsync();
        BrokerAddress = await Broker.NewVirtualHostAsync(name);
        _connection = await new ConnectionFactory { Uri = BrokerAddress }.CreateConnectionAsync();
        await ListenAsync(_connection, _seen);
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var service = await NewAsync(null, Clock, BrokerAddress);
        using var client = new HttpClient();
        await Eventually.IsTrue(
            async () => (await client.GetAsync(new Uri(service.Management, "/health/ready"))).IsSuccessStatusCode,
            "the service is ready"
        );
        _service = service;
    }

    private async Task<RunningService> NewAsync(
        IReadOnlyDictionary<string, string>? settings,
        TimeProvider? clock,
        Uri address
    )
    {
        var all = new Dictionary<string, string>(Settings);
        foreach (var (key, value) in await NewStoreAsync())
        {
            all[key] = value;
        }

        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            all[key] = value;
        }

        return await RunningService.StartAsync(
            args =>
                Build(
                    args,
                    services =>
                    {
                        services.AddSingleton(clock ?? Clock);
                        Replace(services);
                    }
                ),
            Issuer,
            all["ConnectionStrings:Store"],
            address.ToString(),
            all
        );
    }

    private async Task ListenAsync(IConnection connection, ConcurrentQueue<SeenEvent> seen)
    {
        var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(Topology.Exchange, ExchangeType.Topic, durable: true, autoDelete: false);
        var queue = await channel.QueueDeclareAsync(exclusive: true);
        await channel.QueueBindAsync(queue.QueueName, Topology.Exchange, $"{name}.#");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var headers = (delivery.BasicProperties.Headers ?? new Dictionary<string, object?>()).ToDictionary(
                h => h.Key,
                h =>
                    h.Value is byte[] bytes
                        ? Encoding.UTF8.GetString(bytes)
                        : Convert.ToString(h.Value, CultureInfo.InvariantCulture) ?? ""
            );
            seen.Enqueue(
                new SeenEvent(
                    delivery.RoutingKey,
                    delivery.BasicProperties.MessageId,
                    headers,
                    JsonNode.Parse(delivery.Body.Span)!
                )
            );
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
    }

    private InvalidOperationException NotStarted() =>
        new($"The service {name} is not started; the test class must derive from OnServers.");
}

/// <summary>A DbContext of the running service, for one test.</summary>
public sealed class StoreScope<TDb>(AsyncServiceScope scope) : IAsyncDisposable
    where TDb : DbContext
{
    public TDb Db { get; } = scope.ServiceProvider.GetRequiredService<TDb>();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
