using System.Net;
using System.Resources;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using CustomerService.Identity.Data;
using CustomerService.Identity.Departments;
using CustomerService.Identity.Keys;
using CustomerService.Identity.OpenId;
using CustomerService.Identity.Users;
using CustomerService.Identity.Users.Domain;
using CustomerService.Identity.Users.Features;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CustomerService.Identity;

internal static class IdentityService
{
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        // The name says where the compiled pages are, whoever hosts this.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ApplicationName = typeof(IdentityService).Assembly.GetName().Name }
        );
        builder.AddServiceDefaults(
            "identity",
            typeof(IdentityService).Assembly,
            new ResourceManager("CustomerService.Identity.Resources.Texts", typeof(IdentityService).Assembly)
        );
        var services = builder.Services;
        var settings = IdentitySettings.From(builder.Configuration);
        services.AddSingleton(settings);

        // Before the store's own command of this name, so that it is the one that is found.
        services.AddSingleton<IServiceCommand, MigrateIdentity>();
        services.AddServiceStore<IdentityDb>(builder.Configuration);
        services.AddOutbox<IdentityDb>(builder.Configuration, "identity");
        services.AddSingleton<IServiceCommand, Announce>();
        services.AddPersonalData<IdentityDb>();
        services.AddScoped<IWithdrawals, UserWithdrawals>();
        services.WatchWithdrawnTokens();
        AddAccounts(services, builder.Configuration, settings);
        AddIssuer(services, builder.Configuration, settings);
        services.Configure<RequestLocalizationOptions>(options =>
            options.RequestCultureProviders.Insert(0, new CustomRequestCultureProvider(UiLanguage.AskedForAsync))
        );
        services.AddRazorPages(options => options.Conventions.ConfigureFilter(new ShowAgainWhenExpired()));
        // Chinese as Chinese in the pages, not as numbers.
        services.Configure<WebEncoderOptions>(options =>
            options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All)
        );
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "customer-service.form";
            options.Cookie.SecurePolicy = settings.IsHttps
                ? CookieSecurePolicy.Always
                : CookieSecurePolicy.SameAsRequest;
        });
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            // Only the gateway reaches this service, from the loopback or a private network.
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (
                var network in (string[])
                    ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"]
            )
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            }
        });

        replace?.Invoke(services);
        var app = builder.Build();
        app.Use(PublicAddress.Of(settings));
        app.UseForwardedHeaders();
        app.UseServiceDefaults();
        PageSecurity.Use(app, settings);
        app.MapOpenId();
        app.MapRazorPages().AllowAnonymous();
        app.MapGet("/account/site.css", Stylesheet.Serve).AllowAnonymous().ExcludeFromDescription();

        var v1 = app.MapGroup("/v1");
        UsersModule.Map(v1);
        DepartmentsModule.Map(v1);
        v1.MapPersonalData("identity");
        // Who changed an account is for those alone who may.
        v1.MapGroup("").ForRoles(Roles.Administrator).MapAuditTrail<IdentityDb>();
        return app;
    }

    private static void AddAccounts(
        IServiceCollection services,
        IConfiguration configuration,
        IdentitySettings settings
    )
    {
        services
            .AddIdentityCore<User>(options => options.User.AllowedUserNameCharacters = "")
            .AddUserStore<UserStore>();
        services.AddScoped<ILookupNormalizer, UserNameFolding>();
        services.AddScoped<LockOut>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<UserPolicy>();
        services
            .AddAuthentication()
            .AddCookie(
                PasswordSignIn.Scheme,
                cookie =>
                {
                    cookie.Cookie.Name = "customer-service.session";
                    cookie.Cookie.SameSite = SameSiteMode.Lax;
                    cookie.Cookie.SecurePolicy = settings.IsHttps
                        ? CookieSecurePolicy.Always
                        : CookieSecurePolicy.SameAsRequest;
                    cookie.ExpireTimeSpan = TimeSpan.FromHours(10);
                    cookie.SlidingExpiration = true;
                }
            );

        var protection = services
            .AddDataProtection()
            .SetApplicationName("customer-service.identity")
            .PersistKeysToDbContext<IdentityDb>();
        if (configuration["Identity:DataProtection:Certificate"] is { Length: > 0 } path)
        {
            protection.ProtectKeysWithCertificate(
                Certificate(path, configuration["Identity:DataProtection:CertificatePassword"])
            );
        }
    }

    private static X509Certificate2 Certificate(string path, string? password)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException(
                $"Setting Identity:DataProtection:Certificate: {path} cannot be read as a PKCS#12 file with the password given: {wrong.Message.ReplaceLineEndings(" ")}"
            );
        }

        return certificate.HasPrivateKey
            ? certificate
            : throw new SettingException(
                $"Setting Identity:DataProtection:Certificate: {path} holds no private key, so what it seals could never be opened again."
            );
    }

    private static void AddIssuer(IServiceCollection services, IConfiguration configuration, IdentitySettings settings)
    {
        var keys = ServiceDefaults.Settings.Bind(configuration, "Identity:Keys", new KeyOptions());
        if (keys.Fault() is { } fault)
        {
            throw new SettingException(fault);
        }

        services.AddSingleton(Options.Create(keys));
        services.AddSingleton<KeyRing>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(provider =>
            provider.GetRequiredService<KeyRing>()
        );
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(provider =>
            provider.GetRequiredService<KeyRing>()
        );
        services.AddHostedService<KeyRotation>();
        services.AddHealthChecks().AddCheck<KeysCheck>("keys", tags: ["ready"]);
        services.AddHostedService<Housekeeping>();
        services.AddScoped<Clients>();

        services
            .AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityDb>().ReplaceDefaultEntities<Guid>())
            .AddServer(server =>
            {
                server.SetIssuer(settings.Issuer);
                server
                    .SetAuthorizationEndpointUris(Endpoints.Authorize)
                    .SetTokenEndpointUris(Endpoints.Token)
                    .SetEndSessionEndpointUris(Endpoints.EndSession)
                    .SetUserInfoEndpointUris(Endpoints.UserInfo)
                    .SetRevocationEndpointUris(Endpoints.Revoke)
                    .SetIntrospectionEndpointUris(Endpoints.Introspect);
                server
                    .AllowAuthorizationCodeFlow()
                    .RequireProofKeyForCodeExchange()
                    .AllowClientCredentialsFlow()
                    .AllowRefreshTokenFlow();
                server.RegisterScopes(Scopes.Profile, Scopes.Email, Scopes.Roles, Clients.ApiScope);
                server.RegisterClaims(
                    Claims.Name,
                    Claims.PreferredUsername,
                    Claims.Email,
                    Claims.Role,
                    Tokens.Department,
                    Tokens.Organisation,
                    Tokens.Region
                );
                server.Configure(options =>
                {
                    options.CodeChallengeMethods.Clear();
                    options.CodeChallengeMethods.Add(CodeChallengeMethods.Sha256);
                });
                server.AddEventHandler(SpendCode.Descriptor);
                server.DisableAccessTokenEncryption();
                server.SetAccessTokenLifetime(settings.AccessTokenLifetime);
                server.SetRefreshTokenLifetime(settings.RefreshTokenLifetime);
                server
                    .UseAspNetCore()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableTokenEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough()
                    .EnableUserInfoEndpointPassthrough()
                    .EnableErrorPassthrough()
                    // TLS ends before the gateway, and the services ask for keys and tokens at the inner
                    // address. Nobody else reaches this
                    // program; what must be kept to TLS, the cookies, goes by the public address.
                    .DisableTransportSecurityRequirement();
            });

        // Its own API knows the keys without asking itself over the network.
        services
            .AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .PostConfigure<KeyRing>(
                (bearer, ring) =>
                {
                    bearer.ConfigurationManager = null;
                    bearer.Configuration = new OpenIdConnectConfiguration { Issuer = settings.Issuer.AbsoluteUri };
                    bearer.TokenValidationParameters.IssuerSigningKeyResolver = (_, _, _, _) => ring.PublishedKeys;
                }
            );
    }
}
