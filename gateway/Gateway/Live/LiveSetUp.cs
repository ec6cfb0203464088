namespace CustomerService.Gateway.Live;

/// <summary>Live updates for front ends.</summary>
internal static class LiveSetUp
{
    public static void AddLive(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(LiveSettings.From(builder.Configuration));
        services.AddSingleton<LiveHub>();
        services.AddSingleton<LiveSubscription>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveSubscription>());
    }
}
