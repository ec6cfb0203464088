using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CustomerService.Load.Commands;

/// <summary>A command to send.</summary>
/// <param name="Path">Where it goes.</param>
/// <param name="Body">JSON, built before.</param>
/// <param name="Token">Access token of its caller; null where none is needed.</param>
internal sealed record ToSend(string Path, byte[] Body, string? Token);

/// <summary>One of the two sides that are compared; both are asked by this same code, over connections that
/// stay open.</summary>
internal sealed class Side(Uri address) : IDisposable
{
    /// <summary>Callers at once.</summary>
    public const int Callers = 32;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker _http = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
        }
    );

    /// <summary>Sends commands from all callers for a while.</summary>
    /// <param name="next">The next command of a caller; null when there are no more.</param>
    /// <param name="time">How long.</param>
    /// <returns>How many, and in which time.</returns>
    public async Task<(int Count, double Seconds)> RunAsync(Func<int, ToSend?> next, TimeSpan time)
    {
        var began = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(caller =>
                    Task.Run(async () =>
                    {
                        var count = 0;
                        while (Stopwatch.GetElapsedTime(began) < time && next(caller) is { } command)
                        {
                            await SendAsync(command);
                            count++;
                        }

                        return count;
                    })
                )
        );
        return (counts.Sum(), Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>Sends one command and takes its answer.</summary>
    /// <exception cref="InvalidOperationException">It was not carried out.</exception>
    public async Task<byte[]> SendAsync(ToSend command)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, command.Path))
        {
            Version = HttpVersion.Version11,
            Content = new ByteArrayContent(command.Body) { Headers = { ContentType = Json } },
        };
        request.Headers.TryAddWithoutValidation("Accept-Language", "zh-Hant");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.CreateVersion7().ToString("N"));
        if (command.Token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", command.Token);
        }

        using var response = await _http.SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.StatusCode == HttpStatusCode.Created
            ? body
            : throw new InvalidOperationException(
                $"{command.Path} answered {(int)response.StatusCode}: {Encoding.UTF8.GetString(body)}"
            );
    }

    /// <summary>Reads something.</summary>
    public async Task<byte[]> ReadAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }

        using var response = await _http.SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode
            ? body
            : throw new InvalidOperationException(
                $"{path} answered {(int)response.StatusCode}: {Encoding.UTF8.GetString(body)}"
            );
    }

    public void Dispose() => _http.Dispose();
}
