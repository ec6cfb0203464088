using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CustomerService.Complaints.Tests;
using CustomerService.Contracts;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

[assembly: AssemblyFixture(typeof(ComplaintsFixture))]

namespace CustomerService.Complaints.Tests;

/// <summary>A message as a party outside .NET would see it.</summary>
public sealed record SeenEvent(string RoutingKey, IReadOnlyDictionary<string, string> Headers, JsonNode Body);

/// <summary>The real Complaints service on its own database and virtual host, its people, and an outside
/// subscriber of everything.</summary>
public sealed class ComplaintsFixture : IAsyncLifetime
{
    private TestIssuer? _issuer;
    private RunningService? _service;
    private IConnection? _connection;

    public PostgresFixture Postgres { get; } = new();

    public RabbitMqFixture Broker { get; } = new();

    public RunningService Service => _service!;

    public ConcurrentQueue<SeenEvent> Seen { get; } = [];

    public ApiClient CustomerService => Staff("customer-service-1", "customer-service", Roles.CustomerService);

    public ApiClient Sales => Staff("sales-1", "sales", Roles.Sales);

    public ApiClient SalesManager => Staff("sales-manager-1", "sales", Roles.SalesManager);

    public ApiClient Qc => Staff("qc-1", "quality", Roles.Qc);

    public ApiClient QcHead => Staff("qc-head-1", "quality", Roles.QcHead);

    public ApiClient Production => Staff("production-1", "production", Roles.ResponsibleDepartment);

    public ApiClient Purchasing => Staff("purchasing-1", "purchasing", Roles.ResponsibleDepartment);

    public ApiClient Representative => Staff("representative-1", null, Roles.ManagementRepresentative);

    public ApiClient Staff(string name, string? department, params string[] roles) =>
        Service.As(name, roles, department);

    public ApiClient Customer(Guid organisation) =>
        Service.As("customer-" + organisation.ToString("N")[^6..], [Roles.Customer], null, organisation);

    public async ValueTask InitializeAsync()
    {
        var database = await Postgres.NewDatabaseAsync("complaints");
        var address = await Broker.NewVirtualHostAsync("complaints");
        _issuer = await TestIssuer.StartAsync();
        _connection = await new ConnectionFactory { Uri = address }.CreateConnectionAsync();
        await SubscribeAsync(_connection);
        _service = await RunningService.StartAsync(
            ComplaintsService.Build,
            _issuer,
            database.ConnectionString,
            address.ToString()
        );
        using var client = new HttpClient();
        await Eventually.IsTrue(
            async () => (await client.GetAsync(new Uri(_service.Management, "/health/ready"))).IsSuccessStatusCode,
            "the service is ready"
        );
    }

    /// <summary>Publishes an event as another service would; the service is ready, so its queues are there.</summary>
    public Task PublishAsync(IIntegrationEvent happened, Guid? messageId = null) =>
        PublishAsync(EventNames.Of(happened.GetType()), EventJson.Serialize(happened), messageId);

    /// <summary>Publishes whatever body under the name of an event.</summary>
    public async Task PublishAsync(string name, string body, Guid? messageId = null)
    {
        // A channel is for one at a time.
        await using var channel = await _connection!.CreateChannelAsync(new CreateChannelOptions(true, true));
        var properties = new BasicProperties
        {
            MessageId = (messageId ?? Guid.CreateVersion7()).ToString(),
            ContentType = "application/json",
            Persistent = true,
        };
        await channel.BasicPublishAsync(
            Topology.Exchange,
            name,
            mandatory: true,
            properties,
            System.Text.Encoding.UTF8.GetBytes(body)
        );
    }

    /// <summary>The events of a subject seen so far, in their order.</summary>
    public IReadOnlyList<SeenEvent> EventsOf(Guid subject) =>
        Seen.Where(e => e.Headers.GetValueOrDefault("cloudEvents:subject") == subject.ToString()).ToList();

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        if (_issuer is not null)
        {
            await _issuer.DisposeAsync();
        }

        await Broker.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    private async Task SubscribeAsync(IConnection connection)
    {
        var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(Topology.Exchange, ExchangeType.Topic, durable: true, autoDelete: false);
        var queue = await channel.QueueDeclareAsync();
        await channel.QueueBindAsync(queue.QueueName, Topology.Exchange, "complaints.#");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            Seen.Enqueue(
                new SeenEvent(
                    delivery.RoutingKey,
                    (delivery.BasicProperties.Headers ?? new Dictionary<string, object?>()).ToDictionary(
                        h => h.Key,
                        h =>
                            h.Value is byte[] text
                                ? System.Text.Encoding.UTF8.GetString(text)
                                : h.Value?.ToString() ?? ""
                    ),
                    JsonNode.Parse(delivery.Body.Span)!
                )
            );
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
    }
}
