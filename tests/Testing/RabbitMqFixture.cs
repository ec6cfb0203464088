using System.Runtime.CompilerServices;
using CustomerService.Servers;
using Testcontainers.RabbitMq;
using Xunit;

namespace CustomerService.Testing;

/// <summary>
/// One RabbitMQ broker for a test assembly: <c>[assembly: AssemblyFixture(typeof(RabbitMqFixture))]</c>. It
/// starts with the first test
/// that asks for a virtual host. A test that stops the broker takes one of its own (<c>new
/// RabbitMqFixture()</c>), because other tests
/// of the assembly run at the same time.
/// </summary>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<string> _made = [];
    private RabbitMqContainer? _container;
    private RabbitMqServer? _server;

    /// <summary>The broker, started when it is not yet running.</summary>
    public async Task<RabbitMqServer> ServerAsync()
    {
        await _turn.WaitAsync();
        try
        {
            return _server ??= await CreateAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Makes a virtual host that nothing else uses.</summary>
    /// <param name="prefix">Start of its name; the calling file's name by default.</param>
    /// <param name="complete">With exchange and stream, for programs whose accounts may not declare them.</param>
    /// <returns>Its AMQP address.</returns>
    public async Task<Uri> NewVirtualHostAsync([CallerFilePath] string prefix = "test", bool complete = false)
    {
        var server = await ServerAsync();
        var name = Names.New(prefix);
        var address = await server.CreateVirtualHostAsync(name, complete);
        lock (_made)
        {
            _made.Add(name);
        }

        return address;
    }

    /// <summary>Stops the broker in good order. Private nodes only: see <see cref="CanBeStopped"/>.</summary>
    public async Task StopAsync() => await (await ServerAsync()).StopAsync();

    /// <summary>Kills the broker, as a power cut would. Private nodes only.</summary>
    public async Task KillAsync() => await (await ServerAsync()).KillAsync();

    /// <summary>Starts the broker again, on the same ports with the same data.</summary>
    public async Task StartAsync() => await (await ServerAsync()).StartAsync();

    /// <summary>False when the broker was given by <c>CS_RABBITMQ</c> or runs in a container: such a test is to
    /// be skipped.</summary>
    public async Task<bool> CanBeStopped() => (await ServerAsync()).IsPrivate;

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            foreach (var name in _server.IsPrivate || _container is not null ? [] : _made)
            {
                await _server.DeleteVirtualHostAsync(name);
            }

            await _server.DisposeAsync();
        }

        if (_container is not null)
        {
            await _container.DisposeAsync();
        }

        _turn.Dispose();
    }

    private async Task<RabbitMqServer> CreateAsync()
    {
        if (
            Environment.GetEnvironmentVariable(RabbitMqServer.Setting) is null or ""
            && Containers.Answer
            && (Containers.AreAskedFor || !RabbitMqServer.IsAtHand)
        )
        {
            _container = new RabbitMqBuilder("rabbitmq:4-management")
                .WithPortBinding(15672, assignRandomHostPort: true)
                .Build();
            await _container.StartAsync();
            return await RabbitMqServer.ConnectAsync(
                new Uri(_container.GetConnectionString()),
                new UriBuilder("http", _container.Hostname, _container.GetMappedPublicPort(15672)).Uri
            );
        }

        return await RabbitMqServer.StartAsync(
            new ServerOptions(Machine.NewTemporaryFolder("rabbitmq"))
            {
                Durable = false,
                Temporary = true,
                Say = TestContext.Current.SendDiagnosticMessage,
            }
        );
    }
}
