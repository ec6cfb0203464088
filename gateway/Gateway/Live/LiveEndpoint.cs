using System.Globalization;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;

namespace CustomerService.Gateway.Live;

/// <summary><c>GET /api/live</c>: server-sent events of what the signed-in user may see.</summary>
internal static class LiveEndpoint
{
    private static readonly byte[] KeepAlive = ": keep-alive\n\n"u8.ToArray();
    private static readonly byte[] Hello = "retry: 3000\n: open\n\n"u8.ToArray();

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/live", StreamAsync).ExcludeFromDescription();

    private static async Task<IResult> StreamAsync(
        HttpContext context,
        LiveHub hub,
        LiveSettings settings,
        WithdrawnTokens withdrawn,
        Caller caller,
        TimeProvider clock,
        IHostApplicationLifetime lifetime,
        string? types
    )
    {
        var prefixes = (types ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Viewer.From(caller.Actor, prefixes) is not { } viewer)
        {
            return Problems.Result(context, StatusCodes.Status403Forbidden, "forbidden");
        }

        if (
            hub.Open(viewer, caller.Actor.Id, IssuedAt(context), context.Request.Headers["Last-Event-ID"].ToString())
            is not var (stream, missed)
        )
        {
            context.Response.Headers.RetryAfter = "30";
            return Problems.Result(context, StatusCodes.Status429TooManyRequests, "too-many-streams");
        }

        // Withdrawn between the check of the token and now: the hub did not know the stream yet.
        if (withdrawn.IsOutdated(caller.Actor.Id, stream.IssuedAt))
        {
            stream.End();
        }

        try
        {
            // The stream is allowed as long as the token is, and ends in good order when the gateway stops.
            using var end = CancellationTokenSource.CreateLinkedTokenSource(
                context.RequestAborted,
                lifetime.ApplicationStopping
            );
            using var expiry = new CancellationTokenSource(UntilExpiry(context, clock), clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(end.Token, expiry.Token);
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await WriteAsync(context, stream, missed, settings, clock, both.Token);
        }
        finally
        {
            hub.Close(stream);
        }

        return Results.Empty;
    }

    private static async Task WriteAsync(
        HttpContext context,
        LiveHub.Stream stream,
        IReadOnlyList<byte[]> missed,
        LiveSettings settings,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var body = context.Response.Body;
        try
        {
            await body.WriteAsync(Hello, cancellationToken);
            foreach (var frame in missed)
            {
                await body.WriteAsync(frame, cancellationToken);
            }

            await body.FlushAsync(cancellationToken);
            using var heartbeat = new PeriodicTimer(settings.Heartbeat, clock);
            var beat = heartbeat.WaitForNextTickAsync(cancellationToken).AsTask();
            var more = stream.Waiting.WaitToReadAsync(cancellationToken).AsTask();
            while (true)
            {
                if (await Task.WhenAny(more, beat) == beat)
                {
                    await beat;
                    await body.WriteAsync(KeepAlive, cancellationToken);
                    beat = heartbeat.WaitForNextTickAsync(cancellationToken).AsTask();
                }
                else
                {
                    if (!await more)
                    {
                        // Cut off for reading too slowly.
                        return;
                    }

                    while (stream.Waiting.TryRead(out var frame))
                    {
                        await body.WriteAsync(frame, cancellationToken);
                    }

                    more = stream.Waiting.WaitToReadAsync(cancellationToken).AsTask();
                }

                await body.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The caller went away, the token has expired, or the gateway stops.
        }
        catch (IOException)
        {
            // The connection broke.
        }
    }

    private static DateTimeOffset IssuedAt(HttpContext context) =>
        long.TryParse(context.User.FindFirst("iat")?.Value, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.MinValue;

    private static TimeSpan UntilExpiry(HttpContext context, TimeProvider clock)
    {
        // A token without an end has been refused before.
        var seconds = long.Parse(context.User.FindFirst("exp")!.Value, CultureInfo.InvariantCulture);
        var left = DateTimeOffset.FromUnixTimeSeconds(seconds) - clock.GetUtcNow();
        var most = TimeSpan.FromDays(1);
        return left < TimeSpan.Zero ? TimeSpan.Zero
            : left < most ? left
            : most;
    }
}
