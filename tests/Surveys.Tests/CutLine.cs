using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CustomerService.Surveys.Tests;

/// <summary>A line to a server that can be cut: for the browser, its workers and whatever else uses it, the network is
/// gone.</summary>
internal sealed class CutLine : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private TcpListener? _listener;
    private int _port;

    private CutLine(Uri server) => _server = server;

    /// <summary>The server at this end.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    public static CutLine To(Uri server)
    {
        var line = new CutLine(server);
        line.Mend();
        return line;
    }

    /// <summary>The network is there again, at the same address.</summary>
    public void Mend()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener);
    }

    /// <summary>Nothing comes through, and what was on its way is lost.</summary>
    public void Cut()
    {
        _listener?.Dispose();
        foreach (var client in _open.Keys)
        {
            client.Dispose();
        }
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        _open[client] = _open[server] = true;
        try
        {
            await server.ConnectAsync(_server.Host, _server.Port);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream()),
                server.GetStream().CopyToAsync(client.GetStream())
            );
        }
        catch (Exception cut)
            when (cut is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
        finally
        {
            client.Dispose();
            _open.TryRemove(client, out _);
            _open.TryRemove(server, out _);
        }
    }
}
