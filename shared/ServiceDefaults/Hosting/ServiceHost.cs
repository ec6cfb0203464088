using System.Net;
using System.Reflection;
using System.Resources;
using System.Text;
using System.Text.RegularExpressions;
using CustomerService.Rules;
using FluentValidation;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace CustomerService.ServiceDefaults;

/// <summary>What every service of the system has in common: how it listens, answers, signs in, is watched and
/// stops.</summary>
public static partial class ServiceHost
{
    // A line of a request that every server in between takes, with room for its method.
    private const int LongestAddress = 8000;

    /// <summary>The same for a service whose tests replace services before they are built.</summary>
    public static Task<int> RunAsync(
        string[] args,
        Func<string[], Action<IServiceCollection>?, WebApplication> build
    ) => RunAsync(args, given => build(given, null));

    /// <summary>
    /// Runs a service's program: without a command it serves; with one (<c>migrate</c>, <c>health</c>,
    /// <c>verify-audit</c>,
    /// <c>dead-letters</c> …) it does that and exits. A wrong setting ends the program with code 2 and one
    /// clear line.
    /// </summary>
    public static async Task<int> RunAsync(string[] args, Func<string[], WebApplication> build)
    {
        var command = args.FirstOrDefault() is { } first && !first.StartsWith('-') ? first : null;
        try
        {
            if (command == "health")
            {
                return await HealthAsync(args[1..]);
            }

            await using var app = build(
                command is null ? args : args.Skip(1).Where(a => a.StartsWith("--", StringComparison.Ordinal)).ToArray()
            );
            if (command is null)
            {
                // Now, not while the host starts: it would log the fault with a stack trace before the one line
                // that is meant.
                app.Services.GetService<IStartupValidator>()?.Validate();
                await app.RunAsync();
                return 0;
            }

            var commands = app.Services.GetServices<IServiceCommand>().ToList();
            if (commands.Find(c => c.Name == command) is not { } found)
            {
                await Console.Error.WriteLineAsync(
                    $"There is no command '{command}'. Commands: health, {string.Join(", ", commands.Select(c => c.Name))}."
                );
                return 2;
            }

            await using var scope = app.Services.CreateAsyncScope();
            return await found.RunAsync(args[1..], scope.ServiceProvider, Console.Out, CancellationToken.None);
        }
        catch (SettingException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
        catch (OptionsValidationException wrong)
        {
            await Console.Error.WriteLineAsync(string.Join("; ", wrong.Failures));
            return 2;
        }
    }

    /// <summary>Adds everything; the service adds its store, its messaging and its own parts.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="service">Name of the service, for example <c>repairs</c>.</param>
    /// <param name="assembly">The service's assembly: its validators are found there.</param>
    /// <param name="texts">Texts of the service, besides the common ones.</param>
    public static WebApplicationBuilder AddServiceDefaults(
        this WebApplicationBuilder builder,
        string service,
        Assembly assembly,
        params ResourceManager[] texts
    )
    {
        var hosting = HostingSettings.From(builder.Configuration);
        var auth = AuthSettings.From(builder.Configuration);
        var services = builder.Services;

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // As it reads them; by default what is not ASCII would end an answer with an exception.
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
            // More patient than the gateway: a slow body is the caller's fault, which is said there.
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(60, TimeSpan.FromSeconds(30));
            Listen(kestrel, hosting.Address, hosting.HttpPort, HttpProtocols.Http1);
            Listen(kestrel, hosting.Address, hosting.GrpcPort, HttpProtocols.Http2);
            Listen(kestrel, hosting.Address, hosting.ManagementPort, HttpProtocols.Http1);
        });
        Telemetry.AddTelemetry(builder, service);

        services.AddSingleton(hosting).AddSingleton(auth).AddSingleton(new PublicPaths(service));
        services.TryAddSingleton(TimeProvider.System);
        var zone = Settings.Zone(builder.Configuration);
        services.AddSingleton(provider => new CompanyClock(provider.GetRequiredService<TimeProvider>(), zone));
        // Read now, so that what is wrong in the company's files ends the start and not a request.
        services.AddSingleton(Policies.Load(builder.Configuration));
        foreach (var manager in texts)
        {
            services.AddSingleton(manager);
        }

        services.AddSingleton<Texts>();
        services.AddHttpContextAccessor();
        services.AddSingleton<CommandContexts>();
        services.AddScoped<Caller>().AddScoped<Bulk>();
        services.AddSingleton<WithdrawnTokens>();
        services.AddHostedService<MemoryAtRest>();
        services.AddProblemDetails();
        services.AddRequestLocalization(options =>
        {
            options
                .SetDefaultCulture("zh-Hant")
                .AddSupportedCultures("zh-Hant", "zh-Hans", "en")
                .AddSupportedUICultures("zh-Hant", "zh-Hans", "en");
            options.ApplyCurrentCultureToResponseHeaders = true;
        });
        services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<HostOptions>(options =>
            options.ShutdownTimeout = TimeSpan.FromSeconds(hosting.DrainSeconds)
        );
        services.AddHealthChecks().AddCheck("process", () => HealthCheckResult.Healthy(), tags: ["live"]);
        services.AddGrpc(options =>
        {
            options.EnableDetailedErrors = builder.Environment.IsDevelopment();
            options.Interceptors.Add<UnavailableAnswers>();
        });
        services.AddApiDescription(service);
        RolesBeforeMediaTypes(services);
        AddValidators(services, assembly);

        services
            .AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(bearer =>
            {
                bearer.MapInboundClaims = false;
                bearer.MetadataAddress = auth.MetadataAddress;
                bearer.RequireHttpsMetadata = auth.MetadataAddress.StartsWith("https", StringComparison.Ordinal);
                bearer.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidIssuers = [auth.Issuer, auth.Issuer.TrimEnd('/'), auth.Issuer.TrimEnd('/') + "/"],
                    ValidAudience = auth.Audience,
                    NameClaimType = auth.NameClaim,
                    RoleClaimType = auth.RoleClaim,
                    ClockSkew = TimeSpan.FromSeconds(30),
                };
                bearer.Events = OutdatedTokens.Events;
                bearer.TokenHandlers.Clear();
                bearer.TokenHandlers.Add(new RememberingTokenHandler(TimeProvider.System) { MapInboundClaims = false });
            });
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return builder;
    }

    /// <summary>The pipeline in front of the service's endpoints. Endpoints are mapped after this call.</summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        var port = app.Services.GetRequiredService<HostingSettings>().ManagementPort;
        foreach (var tag in new[] { "live", "ready", "startup" })
        {
            app.UseHealthChecks(
                "/health/" + tag,
                port,
                new HealthCheckOptions
                {
                    Predicate = check => check.Tags.Contains(tag),
                    ResponseWriter = async (context, report) =>
                        await context.Response.WriteAsJsonAsync(
                            new
                            {
                                status = report.Status.ToString().ToLowerInvariant(),
                                checks = report.Entries.ToDictionary(
                                    e => e.Key,
                                    e => new
                                    {
                                        status = e.Value.Status.ToString().ToLowerInvariant(),
                                        e.Value.Description,
                                    }
                                ),
                            }
                        ),
                }
            );
        }

        // Nothing but health on the management port: it is not guarded.
        app.MapWhen(
            context => context.Connection.LocalPort == port,
            closed =>
                closed.Run(context =>
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                })
        );

        app.UseRequestLocalization();
        app.Use(CorrelateAsync);
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandler = AnswerExceptionAsync,
                SuppressDiagnosticsCallback = IsExpected,
            }
        );
        app.UseStatusCodePages(async pages => await AnswerStatusAsync(pages.HttpContext));
        app.Use(RefuseUnsoundAddressAsync);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(OrganisationMoves.FollowAsync);
        app.Use(EndpointRoles.CheckAsync);
        app.Use(BodyEncoding.CheckAsync);
        app.Use(CommandPipeline.BufferBodyAsync);
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, string address, int port, HttpProtocols protocols)
    {
        if (address == "*")
        {
            kestrel.ListenAnyIP(port, listen => listen.Protocols = protocols);
        }
        else
        {
            kestrel.Listen(IPAddress.Parse(address), port, listen => listen.Protocols = protocols);
        }
    }

    /// <summary>Routing would answer 415 before anybody is asked who they are; the reader of the body answers the same
    /// after it. Where two endpoints have one route, the media type still says which is meant.</summary>
    private static void RolesBeforeMediaTypes(IServiceCollection services)
    {
        services.AddRouting();
        foreach (
            var policy in services
                .Where(s =>
                    s.ServiceType == typeof(MatcherPolicy) && s.ImplementationType?.Name == "AcceptsMatcherPolicy"
                )
                .ToList()
        )
        {
            services.Remove(policy);
        }

        services.AddSingleton<MatcherPolicy, ByMediaType>();
    }

    private static void AddValidators(IServiceCollection services, Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(t => t is { IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (
                var contract in type.GetInterfaces()
                    .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IValidator<>))
            )
            {
                services.AddSingleton(contract, type);
            }
        }
    }

    private static async Task CorrelateAsync(HttpContext context, RequestDelegate next)
    {
        var id = context.Request.Headers["X-Correlation-Id"].ToString();
        if (id.Length == 0)
        {
            await next(context);
            return;
        }

        System.Diagnostics.Activity.Current?.SetTag("correlation.id", id);
        var logger = context
            .RequestServices.GetRequiredService<ILoggerFactory>()
            .CreateLogger("CustomerService.Request");
        using (logger.BeginScope(new Dictionary<string, object> { ["CorrelationId"] = id }))
        {
            await next(context);
        }
    }

    private static Task RefuseUnsoundAddressAsync(HttpContext context, RequestDelegate next) =>
        context.Features.Get<IHttpRequestFeature>()?.RawTarget.Length > LongestAddress
            ? Problems
                .Result(context, StatusCodes.Status414UriTooLong, CodeOf(StatusCodes.Status414UriTooLong))
                .ExecuteAsync(context)
        : context.Request.QueryString.Value is { } query && !IsText(query)
            ? Problems
                .Result(
                    context,
                    StatusCodes.Status400BadRequest,
                    "malformed",
                    detail: context
                        .RequestServices.GetRequiredService<Texts>()
                        .Find("validation." + BodyGuard.UnsoundText)
                )
                .ExecuteAsync(context)
        : next(context);

    // A query's NUL and bytes that are not UTF-8 would reach a search as the letters of their escapes; in a path the
    // server itself refuses them.
    private static bool IsText(string query) =>
        !query.Contains("%00", StringComparison.Ordinal)
        && !EscapedByte().IsMatch(Uri.UnescapeDataString(query.Replace("%25", "", StringComparison.Ordinal)));

    // What stays escaped although it is no character of ASCII was none of Unicode either.
    [GeneratedRegex("%[89A-Fa-f][0-9A-Fa-f]")]
    private static partial Regex EscapedByte();

    // The caller's mistake or somebody's absence is no error of this program: no stack trace in the log.
    private static bool IsExpected(ExceptionHandlerSuppressDiagnosticsContext context) =>
        context.Exception is BadHttpRequestException
        || IsCancelled(context.Exception)
        || Unavailability.Is(context.Exception)
        || IsUnsoundText(context.Exception);

    // Whoever waits is gone, or something here gave up waiting for something else.
    private static bool IsCancelled(Exception? exception) =>
        exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled };

    // What slipped past every check on the way to the store is still the caller's text and not our failure.
    private static bool IsUnsoundText(Exception? exception) =>
        exception switch
        {
            PostgresException
            {
                SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter
            } => true,
            EncoderFallbackException => true,
            // The reader of forms has no exception of its own for what it does not take.
            InvalidDataException { Source: { } source }
                when source.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) => true,
            _ => exception?.InnerException is { } inner && IsUnsoundText(inner),
        };

    private static async Task AnswerExceptionAsync(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var texts = context.RequestServices.GetRequiredService<Texts>();
        var problem = exception switch
        {
            BadHttpRequestException bad => Problems.Create(
                context,
                bad.StatusCode,
                CodeOf(bad.StatusCode),
                detail: BadRequestDetails.Detail(bad, texts)
            ),
            _ when IsUnsoundText(exception) => Problems.Create(
                context,
                StatusCodes.Status400BadRequest,
                "malformed",
                detail: texts.Find("validation." + BodyGuard.UnsoundText)
            ),
            UnavailableException away => Problems.Create(context, StatusCodes.Status503ServiceUnavailable, away.Code),
            _ when Unavailability.Is(exception) || IsCancelled(exception) => Problems.Create(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "unavailable"
            ),
            _ => Problems.Create(context, StatusCodes.Status500InternalServerError, "internal"),
        };
        if (IsCancelled(exception) && !context.RequestAborted.IsCancellationRequested)
        {
            context
                .RequestServices.GetRequiredService<ILoggerFactory>()
                .CreateLogger("CustomerService.Request")
                .LogWarning(
                    exception,
                    "{Method} {Path} was given up in the middle, though its caller waits",
                    context.Request.Method,
                    SecretPaths.Mask(context.Request.Path)
                );
        }

        context.Response.StatusCode = problem.Status!.Value;
        await context.Response.WriteAsJsonAsync(problem, Json.Options, Problems.ContentType);
    }

    private static async Task AnswerStatusAsync(HttpContext context)
    {
        if (context.RequestServices.GetService<IProblemPage>() is { } page && await page.ShowAsync(context))
        {
            return;
        }

        var status = context.Response.StatusCode;
        var code =
            status == StatusCodes.Status401Unauthorized && OutdatedTokens.WasRefused(context)
                ? OutdatedTokens.Code
                : CodeOf(status);
        await context.Response.WriteAsJsonAsync(
            Problems.Create(context, status, code),
            Json.Options,
            Problems.ContentType
        );
    }

    private static string CodeOf(int status) =>
        status switch
        {
            401 => "unauthenticated",
            403 => "forbidden",
            404 => "not-found",
            405 => "method-not-allowed",
            415 => "media-type",
            413 => "too-large",
            414 => "address-too-long",
            429 => "too-many-requests",
            >= 500 => "internal",
            _ => "malformed",
        };

    private static async Task<int> HealthAsync(string[] args)
    {
        var configuration = new ConfigurationBuilder()
            .AddEnvironmentVariables()
            .AddCommandLine(args.Where(a => a.StartsWith("--", StringComparison.Ordinal)).ToArray())
            .Build();
        var management = HostingSettings.From(configuration).ManagementAddress;
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var response = await client.GetAsync(new Uri(management, "/health/ready"));
            await Console.Out.WriteLineAsync(await response.Content.ReadAsStringAsync());
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"No answer at {management.Authority}: {exception.Message}");
            return 1;
        }
    }
}
