using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Gateway.Tests;

/// <summary>A service behind the gateway on real Kestrel: it remembers what it got, and answers as a test
/// says.</summary>
internal sealed class StubService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubService(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public bool Healthy { get; set; } = true;

    /// <summary>Requests to the API, in the order of their arrival.</summary>
    public ConcurrentQueue<(string Method, string Path, IHeaderDictionary Headers)> Requests { get; } = new();

    public Func<HttpContext, Task> Answer { get; set; } =
        context => context.Response.WriteAsJsonAsync(new { ok = true });

    /// <param name="openApi">Its document.</param>
    /// <param name="at">Where it listens; any free port of the loopback by default.</param>
    public static async Task<StubService> StartAsync(string? openApi = null, Uri? at = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(at?.GetLeftPart(UriPartial.Authority) ?? "http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8);
        var app = builder.Build();
        var stub = new StubService(app);
        app.MapGet("/health/ready", () => Results.StatusCode(stub.Healthy ? 200 : 503));
        if (openApi is not null)
        {
            app.MapGet("/openapi/v1.json", () => Results.Content(openApi, "application/json"));
        }

        app.MapFallback(async context =>
        {
            stub.Requests.Enqueue(
                (
                    context.Request.Method,
                    context.Request.Path + context.Request.QueryString,
                    new HeaderDictionary(context.Request.Headers.ToDictionary())
                )
            );
            await stub.Answer(context);
        });
        await app.StartAsync();
        stub.Address = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/"
        );
        return stub;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

/// <summary>Takes connections and drops them without an answer, so many times; then answers.</summary>
internal sealed class DroppingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private int _drops;
    private int _requests;

    public DroppingServer(int drops)
    {
        _drops = drops;
        _listener.Start();
        _loop = LoopAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public int Requests => Volatile.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _loop;
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = client.GetStream();
                var buffer = new byte[64 * 1024];
                if (await stream.ReadAsync(buffer, _stop.Token) == 0)
                {
                    continue;
                }

                Interlocked.Increment(ref _requests);
                if (Interlocked.Decrement(ref _drops) >= 0)
                {
                    client.LingerState = new LingerOption(true, 0);
                    continue;
                }

                await stream.WriteAsync(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"ok\":true}"u8.ToArray(),
                    _stop.Token
                );
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
        catch (IOException)
        {
            // The gateway went away first.
        }
    }
}
