using CustomerService.ServiceDefaults;

namespace CustomerService.Gateway.Limits;

/// <summary>Rate limits in two stages, and the size of bodies.</summary>
internal static class LimitsSetUp
{
    public static void AddLimits(this WebApplicationBuilder builder, GatewaySettings settings)
    {
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddSingleton(new RateLimits(settings));
    }

    /// <summary>Before the token is looked at: checking it costs something, too. Not for the probes of the
    /// management port.</summary>
    public static void LimitAddresses(this WebApplication app)
    {
        var management = app.Services.GetRequiredService<HostingSettings>().ManagementPort;
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.UseWhen(
            context => context.Connection.LocalPort != management,
            branch =>
            {
                branch.UseRequestLocalization();
                branch.UseRateLimiter(limits.OfAddresses);
                branch.Use(RequestSize.LimitAsync);
            }
        );
    }

    /// <summary>After sign-in.</summary>
    public static void LimitUsers(this WebApplication app) =>
        app.UseRateLimiter(app.Services.GetRequiredService<RateLimits>().OfUsers);
}
