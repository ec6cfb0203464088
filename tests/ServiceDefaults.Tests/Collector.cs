using System.Collections.Concurrent;
using System.Text;
using CustomerService.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
[assembly: AssemblyFixture(typeof(RabbitMqFixture))]

namespace CustomerService.ServiceDefaults.Tests;

/// <summary>Takes what programs export by OTLP. Texts stand in protobuf as they are, so they can be searched
/// without decoding it.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Body)> _received = new();

    private Collector(WebApplication app) => _app = app;

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var collector = new Collector(app);
        app.MapPost(
            "/v1/{signal}",
            async (string signal, HttpRequest request) =>
            {
                using var memory = new MemoryStream();
                await request.Body.CopyToAsync(memory);
                collector._received.Enqueue((signal, Encoding.UTF8.GetString(memory.ToArray())));
            }
        );
        await app.StartAsync();
        return collector;
    }

    /// <summary>Settings that make a program export here, quickly.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app
                .Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.First(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        };

    /// <summary>Everything of a signal so far: <c>traces</c>, <c>logs</c> or <c>metrics</c>.</summary>
    public string Of(string signal) => string.Concat(_received.Where(r => r.Path == signal).Select(r => r.Body));

    public string All => string.Concat(_received.Select(r => r.Body));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
