using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
[assembly: AssemblyFixture(typeof(RabbitMqFixture))]

namespace CustomerService.Messaging.Tests;

/// <summary>The place where a test's services live: a database and a virtual host of their
/// own.</summary>
public sealed record Place(string Database, Uri Broker)
{
    public static async Task<Place> NewAsync(PostgresFixture postgres, RabbitMqFixture rabbit, string name)
    {
        // Many services share the server here, and each test leaves its pools behind.
        var place = new Place(
            (await postgres.NewDatabaseAsync(name)).ConnectionString
                + ";Maximum Pool Size=12;Connection Idle Lifetime=5;Connection Pruning Interval=1",
            await rabbit.NewVirtualHostAsync(name)
        );
        await using var context = place.Context();
        await context.Database.EnsureCreatedAsync();
        return place;
    }

    /// <summary>The database without any messaging: for looking.</summary>
    public SampleContext Context() =>
        new(new DbContextOptionsBuilder<SampleContext>().UseNpgsql(Database).UseSnakeCaseNamingConvention().Options);

    public async Task<T> AskAsync<T>(Func<SampleContext, Task<T>> question)
    {
        await using var context = Context();
        return await question(context);
    }

    public Task<int> EffectsAsync(string consumer = "count") =>
        AskAsync(c => c.Effects.CountAsync(e => e.Consumer == consumer));

    public Task<int> OutboxAsync() => AskAsync(c => c.Set<OutboxMessage>().CountAsync());

    public async Task<IConnection> ConnectAsync() =>
        await new ConnectionFactory { Uri = Broker }.CreateConnectionAsync();
}

/// <summary>The sample service, in this process. Several of them are replicas.</summary>
public sealed class SampleService : IAsyncDisposable
{
    private readonly IHost _host;

    private SampleService(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public static SampleService Create(
        Place place,
        Action<MessagingBuilder>? consumers = null,
        Action<HostApplicationBuilder>? more = null
    )
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        builder.Configuration["ConnectionStrings:RabbitMq"] = place.Broker.ToString();
        builder.Configuration["Messaging:Retries:0"] = "00:00:00.02";
        builder.Configuration["Messaging:Redeliveries:0"] = "00:00:01";
        builder.Services.AddDbContext<SampleContext>(options =>
            options.UseNpgsql(place.Database).UseSnakeCaseNamingConvention()
        );
        builder.Services.AddSingleton<SensitiveConsumer.Mind>();
        more?.Invoke(builder);
        builder.Services.AddMessaging<SampleContext>(builder.Configuration, "sample", consumers);
        return new SampleService(builder.Build());
    }

    public static async Task<SampleService> StartAsync(
        Place place,
        Action<MessagingBuilder>? consumers = null,
        Action<HostApplicationBuilder>? more = null
    )
    {
        var service = Create(place, consumers, more);
        await service._host.StartAsync();
        if (consumers is not null)
        {
            // A queue that does not exist yet would miss what a test publishes now.
            await service.Services.GetRequiredService<MassTransit.IBusControl>().WaitUntilReadyAsync();
        }

        return service;
    }

    public Task StopAsync() => _host.StopAsync();

    public async Task InScopeAsync(Func<SampleContext, Task> work)
    {
        await using var scope = Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<SampleContext>());
    }

    public async Task<Guid> WriteAsync(params string[] texts)
    {
        var note = new Note(Guid.CreateVersion7());
        note.Write(texts);
        await InScopeAsync(async context =>
        {
            context.Add(note);
            await context.SaveChangesAsync();
        });
        return note.Id;
    }

    public Task RewriteAsync(Guid id, params string[] texts) =>
        InScopeAsync(async context =>
        {
            (await context.Notes.SingleAsync(n => n.Id == id)).Write(texts);
            await context.SaveChangesAsync();
        });

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else
        {
            _host.Dispose();
        }
    }
}

internal static class BusReady
{
    public static async Task WaitUntilReadyAsync(this MassTransit.IBusControl bus)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (bus.CheckHealth() is { Status: not MassTransit.BusHealthStatus.Healthy } health)
        {
            limit.Token.IsCancellationRequested.ShouldBeFalse(health.Description);
            await Task.Delay(50);
        }
    }
}

/// <summary>Somebody outside: listens on the topic exchange with nothing but the AMQP
/// client.</summary>
public sealed class Outsider : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly List<BasicDeliverEventArgs> _heard = [];

    private Outsider(IConnection connection) => _connection = connection;

    public IReadOnlyList<BasicDeliverEventArgs> Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard];
            }
        }
    }

    public static async Task<Outsider> ListenAsync(Place place, string routingKey = "#", string queue = "outsider")
    {
        var connection = await place.ConnectAsync();
        var outsider = new Outsider(connection);
        var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(Topology.Exchange, ExchangeType.Topic, durable: true);
        await channel.QueueDeclareAsync(
            queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }
        );
        await channel.QueueBindAsync(queue, Topology.Exchange, routingKey);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            // The client takes the memory of the body back after this.
            var kept = new BasicDeliverEventArgs(
                delivery.ConsumerTag,
                delivery.DeliveryTag,
                delivery.Redelivered,
                delivery.Exchange,
                delivery.RoutingKey,
                delivery.BasicProperties,
                delivery.Body.ToArray()
            );
            lock (outsider._heard)
            {
                outsider._heard.Add(kept);
            }

            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return outsider;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
