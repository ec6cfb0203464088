using System.Resources;
using CustomerService.Gateway.ApiDocument;
using CustomerService.Gateway.Edge;
using CustomerService.Gateway.Limits;
using CustomerService.Gateway.Live;
using CustomerService.Gateway.Proxy;
using CustomerService.Gateway.Work;
using CustomerService.ServiceDefaults;

namespace CustomerService.Gateway;

/// <summary>The one door: routes, sign-in, limits, one description, live updates. No business rule.</summary>
internal static class GatewayService
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults(
            "gateway",
            typeof(GatewayService).Assembly,
            new ResourceManager("CustomerService.Gateway.Resources.Texts", typeof(GatewayService).Assembly)
        );
        var settings = GatewaySettings.From(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.AddEdge(settings);
        builder.AddLimits(settings);
        builder.AddApiDocument();
        builder.AddLive();
        builder.AddWorkLists();
        builder.AddProxy(settings);

        var app = builder.Build();
        app.UseEdge(settings);
        app.LimitAddresses();
        // Before sign-in is asked for: the door itself is nobody's record.
        app.UseDocsPolicy();
        app.UseServiceDefaults();
        app.LimitUsers();

        app.MapIcon();
        app.MapApiDocument(settings);
        app.MapEventSchemas();
        LiveEndpoint.Map(app);
        app.MapWorkLists();
        app.MapProxy();
        return app;
    }
}
