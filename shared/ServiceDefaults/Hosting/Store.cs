using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace CustomerService.ServiceDefaults;

/// <summary>Registration of a service's own PostgreSQL store.</summary>
public static class Store
{
    /// <summary>
    /// Adds the DbContext with audit, outbox (when <c>AddMessaging</c> is used) and the command pipeline's commit on it, its health check,
    /// and the commands <c>migrate</c> and <c>verify-audit</c>. Reads <c>ConnectionStrings:Store</c>.
    /// </summary>
    public static IServiceCollection AddServiceStore<TDbContext>(this IServiceCollection services, IConfiguration configuration)
        where TDbContext : DbContext
    {
        var connection = Settings.Required(configuration, "ConnectionStrings:Store", "the PostgreSQL database of this service");
        services.AddSingleton<IInterceptor, AuditInterceptor>();
        services.AddDbContext<TDbContext>((provider, options) => options
            .UseNpgsql(connection, npgsql => npgsql.MigrationsHistoryTable("migrations"))
            .UseSnakeCaseNamingConvention()
            // A conflict is part of daily life and is answered by whoever called; what nobody answers is logged where it ends.
            .ConfigureWarnings(warnings => warnings.Log(
                (RelationalEventId.CommandError, LogLevel.Debug),
                (CoreEventId.SaveChangesFailed, LogLevel.Debug),
                (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug)))
            .AddInterceptors(provider.GetServices<IInterceptor>()));
        services.AddScoped<ICommandStore, EfCommandStore<TDbContext>>();
        services.AddSingleton<IServiceCommand, MigrateCommand<TDbContext>>();
        services.AddSingleton<IServiceCommand, VerifyAuditCommand<TDbContext>>();
        services.AddHealthChecks()
            .AddCheck<StoreCheck<TDbContext>>("store", tags: ["ready"])
            .AddCheck<MigratedCheck<TDbContext>>("migrations", tags: ["startup"]);
        return services;
    }

    private sealed class MigrateCommand<TDbContext> : IServiceCommand
        where TDbContext : DbContext
    {
        public string Name => "migrate";

        public async Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, CancellationToken cancellationToken)
        {
            var store = services.GetRequiredService<TDbContext>();
            var pending = (await store.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            // With many rows a step takes longer than a request may.
            store.Database.SetCommandTimeout(TimeSpan.FromHours(1));
            await store.Database.MigrateAsync(cancellationToken);
            await output.WriteLineAsync(pending.Count == 0 ? "The database is up to date." : "Applied: " + string.Join(", ", pending));
            return 0;
        }
    }

    private sealed class StoreCheck<TDbContext>(TDbContext store) : IHealthCheck
        where TDbContext : DbContext
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await store.Database.CanConnectAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The database cannot be reached.");
    }

    private sealed class MigratedCheck<TDbContext>(TDbContext store) : IHealthCheck
        where TDbContext : DbContext
    {
        // Once migrated it stays so while this process lives.
        private static bool _migrated;

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (!_migrated)
            {
                _migrated = !(await store.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
            }

            return _migrated ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Migrations are pending: run the program with 'migrate'.");
        }
    }
}
