using System.Net;
using System.Resources;
using CustomerService.Gateway.ApiDocument;
using CustomerService.Gateway.Edge;
using CustomerService.Gateway.Limits;
using CustomerService.Gateway.Live;
using CustomerService.Gateway.Proxy;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Scalar.AspNetCore;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;

namespace CustomerService.Gateway;

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
        var services = builder.Services;
        var settings = GatewaySettings.From(builder.Configuration);
        services.AddSingleton(settings);
        services.AddSingleton(LiveSettings.From(builder.Configuration));
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Forwarding>();
        services.AddSingleton<ApiDocuments>();
        services.AddHttpClient(ApiDocuments.Client);
        services.AddSingleton<LiveHub>();
        services.AddSingleton<LiveSubscription>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveSubscription>());
        services.AddSingleton<IForwarderHttpClientFactory, OnceOnlyHttpClientFactory>();
        services
            .AddReverseProxy()
            .LoadFromMemory(Routes.All(), Routes.Clusters(settings))
            .AddTransforms(routes =>
                routes.AddResponseTransform(answer =>
                {
                    // The gateway said its own language before the service answered; it is the service that speaks.
                    var language = answer.HttpContext.Response.Headers.ContentLanguage;
                    if (language.Count > 1)
                    {
                        answer.HttpContext.Response.Headers.ContentLanguage = language[^1];
                    }

                    return ValueTask.CompletedTask;
                })
            );
        // A probe that fails is no news; that a replica is out or back again is, and is said elsewhere.
        builder.Logging.AddFilter("Yarp", LogLevel.Warning);
        builder.Logging.AddFilter("Yarp.ReverseProxy.Health.ActiveHealthCheckMonitor", LogLevel.Error);
        builder.Logging.AddFilter("Yarp.ReverseProxy.Health.DestinationHealthUpdater", LogLevel.Information);
        builder.Logging.AddFilter("Yarp.ReverseProxy.Forwarder", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = settings.RequestBytes);
        services.AddCors(cors =>
            cors.AddDefaultPolicy(policy =>
                policy
                    .WithOrigins([.. settings.CorsOrigins])
                    .AllowAnyMethod()
                    .AllowAnyHeader()
                    .WithExposedHeaders("ETag", "Location", "Retry-After", "Idempotency-Replayed", Correlation.Header)
                    .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
            )
        );
        services.AddResponseCompression(compression =>
        {
            // Only what holds no secret next to a caller's own words: the sign-in pages are left out below.
            compression.EnableForHttps = true;
            compression.MimeTypes =
            [
                "application/json",
                "application/problem+json",
                "text/csv",
                "text/plain",
                "text/css",
                "text/javascript",
                "application/javascript",
            ];
        });
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
            foreach (var network in settings.TrustedProxies)
            {
                options.KnownIPNetworks.Add(network);
            }
        });

        var app = builder.Build();
        if (settings.TrustedProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        app.Use(Headers.StripAsync);
        app.Use(Headers.SecureAsync);
        app.Use(Correlation.UseAsync);
        // The page lives at /docs/, and sign-in comes back to /docs with the code in the query, which must not
        // get lost.
        app.Use(
            (context, next) =>
            {
                if (context.Request.Path != "/docs")
                {
                    return next(context);
                }

                context.Response.Redirect("/docs/" + context.Request.QueryString);
                return Task.CompletedTask;
            }
        );
        app.UseCors();
        app.UseWhen(
            context =>
                !context.Request.Path.StartsWithSegments("/connect")
                && !context.Request.Path.StartsWithSegments("/account"),
            branch => branch.UseResponseCompression()
        );
        var limits = app.Services.GetRequiredService<RateLimits>();
        var management = app.Services.GetRequiredService<HostingSettings>().ManagementPort;
        app.UseWhen(
            context => context.Connection.LocalPort != management,
            branch =>
            {
                branch.UseRequestLocalization();
                branch.Use(limits.LimitAddressAsync);
                branch.Use(RequestSize.LimitAsync);
            }
        );
        app.UseServiceDefaults();
        app.Use(limits.LimitUserAsync);
        app.Use(
            async (context, next) =>
            {
                if (context.Request.Path == "/docs/")
                {
                    // The page redeems the code itself, at the issuer.
                    var signIn = await context
                        .RequestServices.GetRequiredService<ApiDocuments>()
                        .SignInAsync(context.RequestAborted);
                    context.Response.Headers.ContentSecurityPolicy = Headers.DocsPolicy(signIn?.Token);
                }

                await next(context);
            }
        );

        app.MapGet(
                "/openapi/v1.json",
                async (HttpContext context, ApiDocuments documents) =>
                {
                    context.Response.Headers.CacheControl = "public, max-age=30";
                    return Results.Bytes(
                        await documents.GetAsync(context.RequestAborted),
                        "application/json; charset=utf-8"
                    );
                }
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapScalarApiReference(
                "/docs",
                scalar =>
                    scalar
                        .WithTitle("Customer service API")
                        .WithOpenApiRoutePattern("/openapi/v1.json")
                        // The page talks to this system only, not to the services of its makers.
                        .DisableDefaultFonts()
                        .DisableTelemetry()
                        .DisableAgent()
                        .DisableMcp()
                        .HideDeveloperTools()
                        .HideClientButton()
                        .AddPreferredSecuritySchemes("oauth")
                        .AddAuthorizationCodeFlow(
                            "oauth",
                            flow =>
                                flow.WithClientId("console")
                                    .WithPkce(Pkce.Sha256)
                                    .WithRedirectUri(settings.PublicAddress + "/docs")
                                    .WithSelectedScopes("openid", "profile", "roles", "api")
                        )
            )
            .AllowAnonymous();
        LiveEndpoint.Map(app);
        var forwarding = app.Services.GetRequiredService<Forwarding>();
        app.MapReverseProxy(proxy =>
        {
            proxy.Use((context, next) => forwarding.ForwardAsync(context, next));
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
        return app;
    }
}
