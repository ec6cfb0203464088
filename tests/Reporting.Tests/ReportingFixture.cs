using CustomerService.Contracts;
using CustomerService.Messaging;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
[assembly: AssemblyFixture(typeof(RabbitMqFixture))]

namespace CustomerService.Reporting.Tests;

/// <summary>The real Reporting service; events are published straight to the exchange, as any other party
/// would.</summary>
public sealed class ReportingFixture(PostgresFixture postgres, RabbitMqFixture broker) : IAsyncLifetime
{
    private TestIssuer? _issuer;
    private RunningService? _service;
    private IConnection? _connection;
    private IChannel? _channel;

    public RunningService Service => _service!;

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.NewDatabaseAsync("reporting");
        var address = await broker.NewVirtualHostAsync("reporting");
        _issuer = await TestIssuer.StartAsync();
        _service = await RunningService.StartAsync(
            ReportingService.Build,
            _issuer,
            database.ConnectionString,
            address.ToString()
        );
        _connection = await new ConnectionFactory { Uri = address }.CreateConnectionAsync();
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true));
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
            "customer-service.events",
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

    /// <summary>Waits until a message has had its effect, if any.</summary>
    public async Task ConsumedAsync(Guid messageId)
    {
        await using var scope = Service.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<Data.ReportingDb>();
        await Eventually.IsTrue(
            () => store.Set<InboxEntry>().AnyAsync(e => e.MessageId == messageId),
            $"{messageId} is consumed"
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        if (_issuer is not null)
        {
            await _issuer.DisposeAsync();
        }
    }
}
