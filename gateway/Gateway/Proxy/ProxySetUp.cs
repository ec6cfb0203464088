using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms;

namespace CustomerService.Gateway.Proxy;

/// <summary>Forwarding to the services.</summary>
internal static class ProxySetUp
{
    public static void AddProxy(this WebApplicationBuilder builder, GatewaySettings settings)
    {
        builder.Services.AddSingleton<Forwarding>();
        builder.Services.AddSingleton<IForwarderHttpClientFactory, OnceOnlyHttpClientFactory>();
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory(Routes.All(), Routes.Clusters(settings))
            .AddDnsDestinationResolver(names => names.RefreshPeriod = ReplicaAddresses.RefreshPeriod)
            .AddTransforms(routes => routes.AddResponseTransform(KeepOneLanguage));
        builder.Services.AddSingleton<IPassiveHealthCheckPolicy, UnreachableReplicas>();
        builder.Services.AddSingleton<IAvailableDestinationsPolicy, ReadyReplicas>();
        ReplicaAddresses.Decorate(builder.Services);
        // A probe that fails is no news; that a replica is out or back again is, and is said elsewhere.
        builder.Logging.AddFilter("Yarp", LogLevel.Warning);
        builder.Logging.AddFilter("Yarp.ReverseProxy.Health.ActiveHealthCheckMonitor", LogLevel.Error);
        builder.Logging.AddFilter("Yarp.ReverseProxy.Health.DestinationHealthUpdater", LogLevel.Information);
        builder.Logging.AddFilter("Yarp.ReverseProxy.Forwarder", LogLevel.Error);
    }

    public static void MapProxy(this WebApplication app)
    {
        var forwarding = app.Services.GetRequiredService<Forwarding>();
        app.MapReverseProxy(proxy =>
        {
            proxy.Use((context, next) => forwarding.ForwardAsync(context, next));
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
    }

    // The gateway said its own language before the service answered; it is the service that speaks.
    private static ValueTask KeepOneLanguage(ResponseTransformContext answer)
    {
        var language = answer.HttpContext.Response.Headers.ContentLanguage;
        if (language.Count > 1)
        {
            answer.HttpContext.Response.Headers.ContentLanguage = language[^1];
        }

        return ValueTask.CompletedTask;
    }
}
