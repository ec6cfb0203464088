using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CustomerService.Gateway.Edge;

/// <summary>What every request meets first: proxies in front, headers, other sites, compression.</summary>
internal static class EdgeSetUp
{
    // Only what holds no secret next to a caller's own words: the sign-in pages are left out below.
    private static readonly string[] Compressed =
    [
        "application/json",
        "application/problem+json",
        "text/csv",
        "text/plain",
        "text/css",
        "text/javascript",
        "application/javascript",
    ];

    public static void AddEdge(this WebApplicationBuilder builder, GatewaySettings settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = settings.RequestBytes;
            // Longer than is answered, so that those who send too much are told; the server itself says nothing but 414.
            kestrel.Limits.MaxRequestLineSize = 64 * 1024;
            // Stricter than the services, which must never be the first to give up on a caller.
            kestrel.Limits.MaxRequestHeadersTotalSize = 24 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 80;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
        });
        builder.Services.AddCors(cors =>
            cors.AddDefaultPolicy(policy =>
                policy
                    .WithOrigins([.. settings.CorsOrigins])
                    .AllowAnyMethod()
                    .AllowAnyHeader()
                    .WithExposedHeaders("ETag", "Location", "Retry-After", "Idempotency-Replayed", Correlation.Header)
                    .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
            )
        );
        builder.Services.AddSingleton<IProblemPage, NothingHere>();
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = Compressed;
        });
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
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
    }

    public static void UseEdge(this WebApplication app, GatewaySettings settings)
    {
        if (settings.TrustedProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        app.Use(Headers.StripAsync);
        app.Use(Headers.SecureAsync);
        app.Use(Correlation.UseAsync);
        app.UseCors();
        app.UseWhen(
            context =>
                !context.Request.Path.StartsWithSegments("/connect")
                && !context.Request.Path.StartsWithSegments("/account"),
            branch => branch.UseResponseCompression()
        );
    }
}
