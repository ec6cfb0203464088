using CustomerService.Messaging;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MongoDB.Driver;
using Npgsql;

namespace CustomerService.Surveys.Data;

/// <summary>Chooses the store: <c>Store:Kind</c> = <c>postgres</c> (default) or <c>mongo</c>;
/// <c>ConnectionStrings:Store</c> fits it.</summary>
internal static class StoreRegistration
{
    public static IServiceCollection AddSurveyStore(
        this IServiceCollection services,
        IConfiguration configuration,
        Action<MessagingBuilder> consumers
    )
    {
        var kind = configuration["Store:Kind"] is { Length: > 0 } set ? set : "postgres";
        return kind switch
        {
            "postgres" => services.AddPostgres(configuration, consumers),
            "mongo" => services.AddMongo(configuration, consumers),
            _ => throw new SettingException($"Setting Store:Kind is '{kind}', expected postgres or mongo."),
        };
    }

    /// <summary>Whether the store could not be asked at all, which says nothing about what was to be read or
    /// written.</summary>
    internal static bool IsAway(Exception exception) =>
        exception
            is MongoConnectionException
                or TimeoutException
                or MongoNotPrimaryException
                or MongoNodeIsRecoveringException
                or MongoExecutionTimeoutException
                or NpgsqlException { IsTransient: true }
        || (exception.InnerException is { } inner && IsAway(inner));

    private static IServiceCollection AddPostgres(
        this IServiceCollection services,
        IConfiguration configuration,
        Action<MessagingBuilder> consumers
    )
    {
        var text = Settings.Required(
            configuration,
            "ConnectionStrings:Store",
            "the PostgreSQL database of this service"
        );
        try
        {
            _ = new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException)
        {
            throw new SettingException(
                "Setting ConnectionStrings:Store is no PostgreSQL connection string such as Host=…;Database=surveys;Username=…;Password=…; for MongoDB set Store:Kind=mongo."
            );
        }

        services.AddServiceStore<SurveysDb>(configuration);
        // Its verify-audit looks for aggregates that EF Core maps; here they are documents.
        services.Remove(
            services.Single(s =>
                s.ServiceType == typeof(IServiceCommand)
                && s.ImplementationType?.Name.StartsWith("VerifyAuditCommand", StringComparison.Ordinal) == true
            )
        );
        services.AddSingleton<IServiceCommand, VerifyAuditCommand>();
        var commands = services
            .Last(s => s.ServiceType == typeof(ICommandStore) && !s.IsKeyedService)
            .ImplementationType!;
        services.AddKeyedScoped(typeof(ICommandStore), PostgresSurveyStore.CommandsKey, commands);
        services.AddScoped<ISurveyStore, PostgresSurveyStore>();
        // The pipeline's store is this one: only it can begin a command anew, because only it knows the documents.
        services.AddScoped<ICommandStore>(provider => provider.GetRequiredService<ISurveyStore>());
        services.AddMessaging<SurveysDb>(configuration, "surveys", consumers);
        return services;
    }

    private static IServiceCollection AddMongo(
        this IServiceCollection services,
        IConfiguration configuration,
        Action<MessagingBuilder> consumers
    )
    {
        var text = Settings.Required(configuration, "ConnectionStrings:Store", "the MongoDB database of this service");
        MongoUrl url;
        try
        {
            url = MongoUrl.Create(text);
        }
        catch (MongoConfigurationException wrong)
        {
            throw new SettingException(
                "Setting ConnectionStrings:Store is no MongoDB address such as mongodb://user:password@host:27017/surveys?replicaSet=rs0: "
                    + wrong.Message
            );
        }

        if (string.IsNullOrEmpty(url.DatabaseName))
        {
            throw new SettingException(
                "Setting ConnectionStrings:Store names no database; write mongodb://host:27017/surveys?replicaSet=rs0."
            );
        }

        services.AddSingleton(_ => new MongoDatabase(text));
        services.AddScoped<MongoSurveyStore>();
        services.AddScoped<ISurveyStore>(provider => provider.GetRequiredService<MongoSurveyStore>());
        services.AddScoped<ICommandStore>(provider => provider.GetRequiredService<MongoSurveyStore>());
        services.AddScoped<IInboxUnitOfWork>(provider => provider.GetRequiredService<MongoSurveyStore>());
        services.AddSingleton<IOutboxStore, MongoOutboxStore>();
        services.AddSingleton<IServiceCommand, MigrateMongoCommand>();
        services.AddSingleton<IServiceCommand, VerifyAuditCommand>();
        services.AddExceptionHandler<MongoAway>();
        services
            .AddHealthChecks()
            .AddCheck<MongoCheck>("store", tags: ["ready"])
            .AddCheck<MongoMigratedCheck>("migrations", tags: ["startup"]);
        services.AddMessaging(configuration, "surveys", consumers);
        return services;
    }

    private sealed class MongoCheck(MongoDatabase database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        ) =>
            await database.FaultAsync(cancellationToken) is { } fault
                ? HealthCheckResult.Unhealthy(fault)
                : HealthCheckResult.Healthy();
    }

    private sealed class MongoMigratedCheck(MongoDatabase database) : IHealthCheck
    {
        // Once migrated it stays so while this process lives.
        private static bool _migrated;

        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        )
        {
            if (await database.FaultAsync(cancellationToken) is { } fault)
            {
                return HealthCheckResult.Unhealthy(fault);
            }

            _migrated = _migrated || await database.IsMigratedAsync(cancellationToken);
            return _migrated
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("Collections are missing: run the program with 'migrate'.");
        }
    }

    /// <summary>A store that is away is no fault of this program: 503, as with the other services' stores.</summary>
    private sealed class MongoAway : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(
            HttpContext context,
            Exception exception,
            CancellationToken cancellationToken
        )
        {
            if (!IsAway(exception))
            {
                return false;
            }

            await Problems
                .Result(context, StatusCodes.Status503ServiceUnavailable, "unavailable")
                .ExecuteAsync(context);
            return true;
        }
    }
}
