using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CustomerService.Contracts;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.Surveys.Data;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
[assembly: AssemblyFixture(typeof(RabbitMqFixture))]
[assembly: AssemblyFixture(typeof(MongoFixture))]

namespace CustomerService.Surveys.Tests;

/// <summary>An event as it was on the exchange.</summary>
public sealed record Heard(string Name, IReadOnlyBasicProperties Properties, JsonNode Body)
{
    public string Header(string name) => System.Text.Encoding.UTF8.GetString((byte[])Properties.Headers![name]!);
}

/// <summary>Tests that share the running service.</summary>
[CollectionDefinition(Name)]
public sealed class RunningSurveys : ICollectionFixture<SurveysFixture>
{
    public const string Name = "running surveys";
}

/// <summary>The real Surveys service on real servers, and somebody who listens to all its events.</summary>
public sealed class SurveysFixture(PostgresFixture postgres, RabbitMqFixture broker) : IAsyncLifetime
{
    private TestIssuer? _issuer;
    private RunningService? _service;
    private IConnection? _connection;
    private IChannel? _channel;

    public RunningService Service => _service!;

    public ConcurrentQueue<Heard> Events { get; } = new();

    public ApiClient Sales => Service.As("sales", [Roles.Sales]);

    public ApiClient CustomerService => Service.As("customer-service", [Roles.CustomerService]);

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.NewDatabaseAsync("surveys");
        var address = await broker.NewVirtualHostAsync("surveys");
        _connection = await new ConnectionFactory { Uri = address }.CreateConnectionAsync();
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await _channel.ExchangeDeclareAsync(Topology.Exchange, ExchangeType.Topic, durable: true);
        var queue = await _channel.QueueDeclareAsync();
        await _channel.QueueBindAsync(queue.QueueName, Topology.Exchange, "surveys.#");
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            Events.Enqueue(
                new Heard(
                    delivery.RoutingKey,
                    new BasicProperties(delivery.BasicProperties),
                    JsonNode.Parse(delivery.Body.ToArray())!
                )
            );
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);

        _issuer = await TestIssuer.StartAsync();
        _service = await RunningService.StartAsync(
            SurveysService.Build,
            _issuer,
            database.ConnectionString,
            address.ToString(),
            new Dictionary<string, string>
            {
                ["Surveys:PublicUrl"] = "https://care.example/",
                ["Surveys:SweepSeconds"] = "3600",
            }
        );
        using var client = new HttpClient();
        await Eventually.IsTrue(
            async () => (await client.GetAsync(new Uri(_service.Management, "/health/ready"))).IsSuccessStatusCode,
            "the service is ready"
        );
    }

    /// <summary>Publishes an event, and returns its message id so that it can be sent again.</summary>
    public async Task<Guid> PublishAsync(IIntegrationEvent happened, Guid? messageId = null)
    {
        var id = messageId ?? Guid.CreateVersion7();
        await _channel!.BasicPublishAsync(
            Topology.Exchange,
            EventNames.Of(happened.GetType()),
            mandatory: true,
            new BasicProperties
            {
                MessageId = id.ToString(),
                ContentType = "application/json",
                Persistent = true,
            },
            System.Text.Encoding.UTF8.GetBytes(EventJson.Serialize(happened))
        );
        return id;
    }

    public static RepairOrderReturned Returned(Guid? order = null, Guid? owner = null) =>
        new(
            order ?? Guid.CreateVersion7(),
            9,
            "WX-2026-0007",
            Guid.CreateVersion7(),
            "永安花園二期",
            owner ?? Guid.CreateVersion7(),
            "永安置業有限公司",
            "李主任",
            "010-6555-0101",
            "waterproofing",
            Guid.CreateVersion7(),
            "自有維修隊",
            "yes",
            new DateOnly(2026, 3, 2),
            new DateOnly(2026, 3, 9),
            0,
            0
        );

    /// <summary>Asks somebody, and returns the invitation's id and the token in its link.</summary>
    public async Task<(Guid Id, string Token)> InviteAsync(
        string? department = null,
        Guid? customer = null,
        string kind = "D"
    )
    {
        var sent = (await Sales.PostAsync("/v1/invitations", Request(department, customer, kind))).Ok();
        return (sent.Id, sent.Text("link").Split('/')[^1]);
    }

    public static object Request(string? department = null, Guid? customer = null, string kind = "D") =>
        new
        {
            kind,
            customerId = customer ?? Guid.CreateVersion7(),
            customerName = "永安置業有限公司",
            contact = "李主任",
            phone = "010-6555-0101",
            department,
        };

    /// <summary>Puts the end of an invitation into the past, past all rules.</summary>
    public async Task ExpireAsync(Guid id)
    {
        await using var scope = Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SurveysDb>();
        (
            await db.Database.ExecuteSqlAsync(
                $"UPDATE invitations SET body = jsonb_set(body, '{{expiresAt}}', '\"2026-01-01T00:00:00.000Z\"') WHERE id = {id}"
            )
        ).ShouldBe(1);
    }

    public async Task<List<Heard>> EventsAsync(string name, string member, Guid id, int expected)
    {
        List<Heard> found = [];
        await Eventually.IsTrue(
            () =>
            {
                found = [.. Events.Where(e => e.Name == name && e.Body[member]?.ToString() == id.ToString())];
                return Task.FromResult(found.Count >= expected);
            },
            $"{expected} {name} of {id}"
        );
        return found;
    }

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
    }
}
