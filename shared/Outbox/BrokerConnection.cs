using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace CustomerService.Messaging;

/// <summary>
/// The one connection over which this process publishes. It is opened when it is needed and again
/// when it broke; every new connection declares the exchange again where it is gone, so that a broker
/// that lost its data serves again.
/// </summary>
internal sealed class BrokerConnection(IOptions<MessagingOptions> options, ILogger<BrokerConnection> log)
    : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IConnection? _connection;
    private volatile bool _disposed;

    /// <summary>Whether the host is being taken down: what breaks from now on is no fault of the broker.</summary>
    public bool IsDisposed => _disposed;

    public async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_connection is { IsOpen: true } open)
        {
            return open;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { IsOpen: true } opened)
            {
                return opened;
            }

            if (_connection is { } broken)
            {
                _connection = null;
                await CloseAsync(broken);
            }

            var settings = options.Value;
            var connection = await OpenAsync(settings, $"{settings.Service} relay", cancellationToken);
            try
            {
                await Topology.DeclareExchangeAsync(connection, cancellationToken);
                if (settings.DeclaresStream)
                {
                    await Topology.DeclareStreamAsync(connection, log, cancellationToken);
                }
            }
            catch
            {
                await CloseAsync(connection);
                throw;
            }

            _connection = connection;
            return connection;
        }
        finally
        {
            _gate.Release();
        }
    }

    public static async Task<IConnection> OpenAsync(
        MessagingOptions settings,
        string name,
        CancellationToken cancellationToken
    )
    {
        var factory = new ConnectionFactory
        {
            Uri = new Uri(settings.Broker),
            ClientProvidedName = name,
            // We reconnect ourselves: what was in flight has to be published again, which only the
            // outbox knows.
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            RequestedHeartbeat = TimeSpan.FromSeconds(20),
        };
        return await factory.CreateConnectionAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        if (_connection is { } connection)
        {
            _connection = null;
            await CloseAsync(connection);
        }

        _gate.Dispose();
    }

    private static async Task CloseAsync(IConnection connection)
    {
        try
        {
            await connection.DisposeAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It was broken already.
        }
    }
}
