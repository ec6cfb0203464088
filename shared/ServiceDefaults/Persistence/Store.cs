using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerService.ServiceDefaults;

/// <summary>Registration of a service's own PostgreSQL store.</summary>
public static class Store
{
    /// <summary>
    /// Adds the context with the command pipeline's commit on it, <see cref="RecordNumbers"/>, its health checks, and
    /// the commands <c>migrate</c> and <c>verify-audit</c>. Reads <c>ConnectionStrings:Store</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="verifiesAudit">False where the context maps no aggregates, because it keeps documents: the service
    /// brings its own <c>verify-audit</c>.</param>
    public static IServiceCollection AddServiceStore<TDb>(
        this IServiceCollection services,
        IConfiguration configuration,
        bool verifiesAudit = true
    )
        where TDb : AuditedDbContext
    {
        var connection = Tuned(
            Settings.Required(configuration, "ConnectionStrings:Store", "the PostgreSQL database of this service")
        );
        // Pooled: to build the options and a new context for each request and message costs more
        // than all its queries on the client's side.
        services.AddDbContextPool<TDb>(options => Configure(options, connection));
        services.AddRecordNumbers<TDb>();
        services.AddScoped<ICommandStore, EfCommandStore<TDb>>();
        services.AddSingleton<OutcomePurge>();
        services.AddHostedService(provider => provider.GetRequiredService<OutcomePurge>());
        services.AddCalendarWatch();
        services.AddSingleton<IServiceCommand, MigrateCommand<TDb>>();
        if (verifiesAudit)
        {
            services.AddSingleton<IServiceCommand, VerifyAuditCommand<TDb>>();
        }

        services
            .AddHealthChecks()
            .AddCheck<StoreCheck<TDb>>("store", tags: ["ready"])
            .AddCheck<MigratedCheck<TDb>>("migrations", tags: ["startup"]);
        return services;
    }

    /// <summary>Warns before the announced years of a calendar end; a service on another kind of store adds it
    /// itself.</summary>
    public static IServiceCollection AddCalendarWatch(this IServiceCollection services) =>
        services.AddHostedService<CalendarWatch>();

    /// <summary>The numbers of records, counted in the database of this context.</summary>
    public static IServiceCollection AddRecordNumbers<TDb>(this IServiceCollection services)
        where TDb : DbContext =>
        services.AddSingleton(provider =>
        {
            var scopes = provider.GetRequiredService<IServiceScopeFactory>();
            return new RecordNumbers(async cancellationToken =>
            {
                // The same text gives a connection of the same pool.
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<TDb>();
                var connection = (NpgsqlConnection)((ICloneable)db.Database.GetDbConnection()).Clone();
                await connection.OpenAsync(cancellationToken);
                return connection;
            });
        });

    /// <summary>How every store is configured, at run time and for <c>dotnet ef</c>.</summary>
    internal static void Configure(DbContextOptionsBuilder options, string connection) =>
        options
            .UseNpgsql(connection, npgsql => npgsql.MigrationsHistoryTable("migrations"))
            .UseSnakeCaseNamingConvention()
            // A conflict is part of daily life and is answered by the caller; what nothing answers
            // is logged where it ends. Counting rows needs no order.
            .ConfigureWarnings(warnings =>
                warnings
                    .Log(
                        (RelationalEventId.CommandError, LogLevel.Debug),
                        (CoreEventId.SaveChangesFailed, LogLevel.Debug),
                        (CoreEventId.QueryIterationFailed, LogLevel.Debug),
                        (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug)
                    )
                    .Ignore(
                        CoreEventId.NoEntityTypeConfigurationsWarning,
                        CoreEventId.RowLimitingOperationWithoutOrderByWarning
                    )
            );

    /// <summary>
    /// A connection string with what suits a service, unless it says otherwise itself: statements
    /// that come often are prepared, so that the server plans them once for each connection; and a
    /// connection that goes back to the pool is not reset, because nothing here changes a session
    /// (transactions, their locks and <c>SET LOCAL</c> end with the transaction). Behind a pooler
    /// that hands out a connection for a transaction only, set <c>Max Auto Prepare=0</c>.
    /// </summary>
    /// <exception cref="SettingException">It is no connection string.</exception>
    public static string Tuned(string connection)
    {
        DbConnectionStringBuilder given;
        NpgsqlConnectionStringBuilder tuned;
        try
        {
            given = new DbConnectionStringBuilder { ConnectionString = connection };
            tuned = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception wrong)
            when (wrong is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            // The reader's message names the part that is wrong, and never a value: the password
            // stays where it is.
            throw new SettingException(
                "Setting ConnectionStrings:Store is no PostgreSQL connection string such as "
                    + $"Host=…;Database=…;Username=…;Password=…: {wrong.Message.ReplaceLineEndings(" ")}"
            );
        }

        if (string.IsNullOrWhiteSpace(tuned.Host))
        {
            throw new SettingException(
                "Setting ConnectionStrings:Store names no host, expected a PostgreSQL connection string such as "
                    + "Host=…;Database=…;Username=…;Password=…."
            );
        }

        if (!given.ContainsKey("Max Auto Prepare") && !given.ContainsKey("MaxAutoPrepare"))
        {
            tuned.MaxAutoPrepare = 50;
        }

        if (!given.ContainsKey("No Reset On Close") && !given.ContainsKey("NoResetOnClose"))
        {
            tuned.NoResetOnClose = true;
        }

        return tuned.ConnectionString;
    }

    private sealed class MigrateCommand<TDb> : IServiceCommand
        where TDb : DbContext
    {
        public string Name => "migrate";

        public async Task<int> RunAsync(
            string[] args,
            IServiceProvider services,
            TextWriter output,
            CancellationToken cancellationToken
        )
        {
            var store = services.GetRequiredService<TDb>();
            var pending = (await store.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            // With many rows a step takes longer than a request may.
            store.Database.SetCommandTimeout(TimeSpan.FromHours(1));
            var derived = services.GetServices<IDerivedSchema>().ToList();
            // Without a migration in one step: who reads meanwhile waits, and misses nothing.
            await using var transaction =
                pending.Count == 0 ? await store.Database.BeginTransactionAsync(cancellationToken) : null;
            foreach (var schema in derived)
            {
                await store.Database.ExecuteSqlRawAsync(schema.Drop, cancellationToken);
            }

            if (transaction is null)
            {
                await store.Database.MigrateAsync(cancellationToken);
            }

            foreach (var schema in derived)
            {
                await store.Database.ExecuteSqlRawAsync(schema.Create, cancellationToken);
            }

            if (transaction is not null)
            {
                await transaction.CommitAsync(cancellationToken);
            }

            await output.WriteLineAsync(
                pending.Count == 0 ? "The database is up to date." : "Applied: " + string.Join(", ", pending)
            );
            return 0;
        }
    }

    private sealed class StoreCheck<TDb>(TDb store) : IHealthCheck
        where TDb : DbContext
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        ) =>
            await store.Database.CanConnectAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The database cannot be reached.");
    }

    private sealed class MigratedCheck<TDb>(TDb store) : IHealthCheck
        where TDb : DbContext
    {
        // Once migrated it stays so while this process lives.
        private static bool _migrated;

        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        )
        {
            if (!_migrated)
            {
                _migrated = !(await store.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
            }

            return _migrated
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("Migrations are pending: run the program with 'migrate'.");
        }
    }
}
