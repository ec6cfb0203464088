using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CustomerService.Messaging;

/// <summary>Set-up of what publishes. A service that consumes too calls <c>AddMessaging</c> instead, which includes
/// it.</summary>
public static class OutboxRegistration
{
    /// <summary>
    /// Gives a program on EF Core and PostgreSQL its outbox and relay, and nothing that consumes. Call it besides
    /// <c>AddServiceStore</c>.
    /// </summary>
    /// <param name="services">The program's container.</param>
    /// <param name="configuration"><c>ConnectionStrings:RabbitMq</c> and the section <c>Messaging</c>, see
    /// <see cref="MessagingOptions"/>.</param>
    /// <param name="service">Name of the service, <c>kebab-case</c>; the first part of its events.</param>
    public static IServiceCollection AddOutbox<TDb>(
        this IServiceCollection services,
        IConfiguration configuration,
        string service
    )
        where TDb : ServiceDbContext
    {
        services.AddOutboxStore<TDb>().AddRelay(configuration, service);
        return services.Configure<MessagingOptions>(options => options.DeclaresStream = false);
    }

    internal static IServiceCollection AddOutboxStore<TDb>(this IServiceCollection services)
        where TDb : ServiceDbContext
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton(TimeProvider.System);
        services.ConfigureDbContext<TDb>(options => options.AddInterceptors(CommitInterceptor.Instance));
        services.TryAddSingleton<IOutboxStore, NpgsqlOutboxStore<TDb>>();
        return services;
    }

    internal static IServiceCollection AddRelay(
        this IServiceCollection services,
        IConfiguration configuration,
        string service
    )
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BrokerConnection>();
        services
            .AddOptions<MessagingOptions>()
            .Configure(options => options.Read(configuration, service))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<MessagingOptions>, MessagingOptionsValidator>();
        services.AddSingleton<OutboxRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxRelay>());
        services.AddHealthChecks().AddCheck<OutboxRelay>("outbox-relay", tags: ["ready"]);
        return services;
    }
}
