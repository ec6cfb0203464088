using CustomerService.Reporting.Data;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.Reporting.Webhooks.Features;
using CustomerService.Reporting.Webhooks.Jobs;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CustomerService.Reporting.Webhooks;

/// <summary>Events over HTTP for systems without AMQP.</summary>
internal static class WebhooksModule
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        WebhookAddress.CheckNetworks(configuration);
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection("Webhooks"));
        services.AddSingleton(provider => new WebhookAddress(
            provider.GetRequiredService<IOptions<WebhookOptions>>().Value
        ));
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<SendDeliveries>();
        services.AddHostedService(provider => provider.GetRequiredService<SendDeliveries>());
        services.AddHostedService<PurgeDeliveries>();
    }

    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").ForRoles(WebhookFlow.Keepers).WithTags("Webhooks");
        RegisterWebhook.Map(routes);
        ReviseWebhook.Map(routes);
        SuspendWebhook.Map(routes);
        ResumeWebhook.Map(routes);
        RenewWebhookSecret.Map(routes);
        RemoveWebhook.Map(routes);
        GetWebhook.Map(routes);
        ListWebhooks.Map(routes);
        ListDeliveries.Map(routes);
        ReplayDeliveries.Map(routes);
    }
}
