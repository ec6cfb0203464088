using CustomerService.ServiceDefaults;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace CustomerService.Gateway.Proxy;

/// <summary>
/// What stands around the forwarding of a request: the retries of what may be repeated, and an answer for people
/// when a service does not give one.
/// </summary>
internal sealed partial class Forwarding(GatewaySettings settings, TimeProvider clock, ILogger<Forwarding> logger)
{
    public async Task ForwardAsync(HttpContext context, Func<Task> next)
    {
        var proxy = context.GetReverseProxyFeature();
        var failed = new List<DestinationState>();
        for (var attempt = 0; ; attempt++)
        {
            var isLeft = await ForwardOnceAsync(context, proxy, next);
            if (context.GetForwarderErrorFeature() is not { } failure)
            {
                if (
                    proxy.ProxiedDestination is null
                    && !context.Response.HasStarted
                    && context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable
                )
                {
                    await AnswerAsync(context, proxy, StatusCodes.Status503ServiceUnavailable, "service-unavailable");
                }

                return;
            }

            if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            if (attempt >= settings.Retries || !(isLeft || MayBeRepeated(context.Request, failure)))
            {
                var (status, code) = StatusOf(failure);
                // The caller's fault is told to the caller, and would fill the log here.
                if (status >= StatusCodes.Status500InternalServerError)
                {
                    Failed(logger, proxy.Cluster.Config.ClusterId, failure.Error, attempt + 1, failure.Exception);
                }

                await AnswerAsync(context, proxy, status, code);
                return;
            }

            Retrying(logger, proxy.Cluster.Config.ClusterId, failure.Error, attempt + 1);
            if (proxy.ProxiedDestination is { } destination)
            {
                failed.Add(destination);
            }

            context.Features.Set<IForwarderErrorFeature>(null);
            context.Response.Clear();
            // Another replica where there is one; else the same again, after a moment.
            var all = proxy.AllDestinations.Where(d => d.Health.Active != DestinationHealth.Unhealthy).ToList();
            var others = all.Except(failed).ToList();
            proxy.AvailableDestinations =
                others.Count > 0 ? others
                : all.Count > 0 ? all
                : proxy.AllDestinations;
            proxy.ProxiedDestination = null;
            if (others.Count == 0)
            {
                await Task.Delay(
                    TimeSpan.FromMilliseconds((50 << Math.Min(attempt, 4)) + Random.Shared.Next(25)),
                    clock,
                    context.RequestAborted
                );
            }
        }
    }

    /// <summary>Forwards it to one replica. A read is taken from a replica that stops being ready before it answers,
    /// where another one is: a program that hangs is found out by its health in seconds, by its silence in half a
    /// minute.</summary>
    /// <returns>Whether it was taken away.</returns>
    private async Task<bool> ForwardOnceAsync(HttpContext context, IReverseProxyFeature proxy, Func<Task> next)
    {
        if (proxy.AllDestinations.Count < 2 || !Failures.IsRead(context.Request))
        {
            await next();
            return false;
        }

        var caller = context.RequestAborted;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(caller);
        await using var look = clock.CreateTimer(
            _ =>
            {
                if (!context.Response.HasStarted && IsBetterAskedElsewhere(proxy))
                {
                    patience.Cancel();
                }
            },
            null,
            settings.HealthInterval,
            settings.HealthInterval
        );
        context.RequestAborted = patience.Token;
        try
        {
            await next();
        }
        finally
        {
            context.RequestAborted = caller;
        }

        return patience.IsCancellationRequested && !caller.IsCancellationRequested;
    }

    private static bool IsBetterAskedElsewhere(IReverseProxyFeature proxy) =>
        proxy.ProxiedDestination is { Health.Active: DestinationHealth.Unhealthy }
        && proxy.AllDestinations.Any(d => d.Health.Active != DestinationHealth.Unhealthy);

    // What never left may be sent again; else reads only, and only without a body: a body is gone.
    private static bool MayBeRepeated(HttpRequest request, IForwarderErrorFeature failure) =>
        Failures.IsUnconnected(failure)
        || (
            Failures.IsRead(request)
            && !Failures.IsUnsendable(failure)
            // A service that was silent for the whole time is not asked again: the caller has waited long enough.
            && failure.Error
                is ForwarderError.Request
                    or ForwarderError.ResponseHeaders
                    or ForwarderError.ResponseBodyDestination
        );

    private static (int Status, string Code) StatusOf(IForwarderErrorFeature failure)
    {
        if (Failures.IsUnconnected(failure))
        {
            return (StatusCodes.Status503ServiceUnavailable, "service-unavailable");
        }

        if (Failures.IsUnsendable(failure))
        {
            return (StatusCodes.Status400BadRequest, "malformed");
        }

        for (var exception = failure.Exception; exception is not null; exception = exception.InnerException)
        {
            if (exception is BadHttpRequestException { StatusCode: var status } && status is >= 400 and < 500)
            {
                return (status, status == StatusCodes.Status413PayloadTooLarge ? "too-large" : "malformed");
            }
        }

        return failure.Error switch
        {
            ForwarderError.NoAvailableDestinations => (StatusCodes.Status503ServiceUnavailable, "service-unavailable"),
            // Canceled by the caller it needs no answer; by us, it was silent.
            ForwarderError.RequestTimedOut or ForwarderError.RequestCanceled or ForwarderError.UpgradeActivityTimeout =>
                (StatusCodes.Status504GatewayTimeout, "service-timeout"),
            ForwarderError.RequestBodyClient => (StatusCodes.Status400BadRequest, "malformed"),
            _ => (StatusCodes.Status502BadGateway, "service-unreachable"),
        };
    }

    private static async Task AnswerAsync(HttpContext context, IReverseProxyFeature proxy, int status, string code)
    {
        var service = proxy.Cluster.Config.ClusterId;
        context.Response.Clear();
        context.Response.StatusCode = status;
        var texts = context.RequestServices.GetRequiredService<Texts>();
        var problem = Problems.Create(
            context,
            status,
            code,
            texts.Find(code, new Dictionary<string, object?> { ["service"] = service })
        );
        problem.Extensions["service"] = service;
        await context.Response.WriteAsJsonAsync(problem, Json.Options, Problems.ContentType, context.RequestAborted);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Service} gave no answer ({Error}) in attempt {Attempt}; trying again."
    )]
    private static partial void Retrying(ILogger logger, string service, ForwarderError error, int attempt);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Service} gave no answer ({Error}) after {Attempts} attempt(s)."
    )]
    private static partial void Failed(
        ILogger logger,
        string service,
        ForwarderError error,
        int attempts,
        Exception? exception
    );
}
