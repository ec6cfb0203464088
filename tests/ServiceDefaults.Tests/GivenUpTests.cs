using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Servers;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CustomerService.ServiceDefaults.Tests;

/// <summary>A call that is given up inside the service, though its caller waits, is neither a fault of the
/// program nor silent.</summary>
public sealed class GivenUpTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_503_and_one_warning_that_names_the_request_and_no_secret(bool here)
    {
        using var lines = new Lines();
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
            new[] { "Http", "Grpc", "Management" }.ToDictionary(
                name => $"Hosting:{name}Port",
                _ => (string?)Machine.FreePort().ToString(CultureInfo.InvariantCulture)
            )
        );
        builder.Configuration["Hosting:Address"] = "127.0.0.1";
        builder.AddServiceDefaults("sample", typeof(GivenUpTests).Assembly);
        builder.Logging.ClearProviders().AddProvider(lines);
        await using var app = builder.Build();
        app.UseServiceDefaults();
        app.MapGet(
                "/v1/f/{token}",
                string (string token) =>
                    here
                        ? throw new TaskCanceledException("took too long")
                        : throw new RpcException(new Status(StatusCode.Cancelled, "took too long"))
            )
            .AllowAnonymous();
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var client = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{app.Configuration["Hosting:HttpPort"]}/"),
        };
        using var answer = await client.GetAsync(
            new Uri("/v1/f/SECRETsecret", UriKind.Relative),
            TestContext.Current.CancellationToken
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5), "as the description promises");
        (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["code"]!
            .ToString()
            .ShouldBe("unavailable");
        lines
            .Told.ShouldHaveSingleItem()
            .ShouldBe("Warning GET /v1/f/*** was given up in the middle, though its caller waits");
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Told { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                Told.Enqueue($"{logLevel} {formatter(state, exception)}");
            }
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
