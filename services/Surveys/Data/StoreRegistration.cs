using CustomerService.Contracts.Surveys.V1;
using CustomerService.Contracts.Work;
using CustomerService.Messaging;
using CustomerService.Records;
using CustomerService.Records.Keeping;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Store;
using CustomerService.Surveys.Store.Mongo;
using CustomerService.Surveys.Store.Postgres;
using CustomerService.Work;
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
        services.AddSingleton<IServiceCommand, VerifyAuditCommand>();
        var kind = configuration["Store:Kind"] is { Length: > 0 } set ? set : "postgres";
        return kind switch
        {
            "postgres" => services.AddPostgres(configuration, consumers),
            "mongo" => services.AddMongo(configuration, consumers),
            _ => throw new SettingException($"Setting Store:Kind is '{kind}', expected postgres or mongo."),
        };
    }

    /// <summary>Whether the store cannot be reached at all, which says nothing about what was to be read or
    /// written.</summary>
    internal static bool IsAway(Exception exception) => MongoFaults.IsAway(exception) || Unavailability.Is(exception);

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
                "Setting ConnectionStrings:Store is no PostgreSQL connection string such as "
                    + "Host=…;Database=surveys;Username=…;Password=…; for MongoDB set Store:Kind=mongo."
            );
        }

        services.AddServiceStore<SurveysDb>(configuration, verifiesAudit: false);
        services.AddScoped<DocumentDbContext>(provider => provider.GetRequiredService<SurveysDb>());
        services.AddScoped<IDocumentStore, PostgresDocumentStore>();
        services.AddWork<SurveysDb, SurveysWorkChanged>();
        services.AddPersonalData<SurveysDb>();
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
        Check(text);
        services.AddSingleton(_ => new MongoDatabase(text, SurveyDocuments.All));
        services.AddScoped<MongoDocumentStore>();
        services.AddScoped<IDocumentStore>(provider => provider.GetRequiredService<MongoDocumentStore>());
        services.AddScoped<ICommandStore>(provider => provider.GetRequiredService<MongoDocumentStore>());
        services.AddScoped<IInboxUnitOfWork>(provider => provider.GetRequiredService<MongoDocumentStore>());
        services.AddScoped<IAccounts, MongoAccounts>();
        services.AddScoped<IWorkStore, MongoWorkStore>();
        services.AddScoped<IPersonalData, MongoPersonalData>();
        services.AddWork<SurveysWorkChanged>(IsAway);
        services.AddScoped<IWithdrawals, MongoAccounts>();
        services.AddSingleton<IOutboxStore, MongoOutboxStore>();
        services.AddSingleton<IServiceCommand, MigrateMongoCommand>();
        services.AddCalendarWatch();
        services.AddExceptionHandler<MongoAway>();
        services
            .AddHealthChecks()
            .AddCheck<MongoCheck>("store", tags: ["ready"])
            .AddCheck<MongoMigratedCheck>("migrations", tags: ["startup"]);
        services.AddMessaging(configuration, "surveys", consumers);
        return services;
    }

    private static void Check(string address)
    {
        MongoUrl url;
        try
        {
            url = MongoUrl.Create(address);
        }
        catch (MongoConfigurationException wrong)
        {
            throw new SettingException(
                "Setting ConnectionStrings:Store is no MongoDB address such as "
                    + $"mongodb://user:password@host:27017/surveys?replicaSet=rs0: {wrong.Message}"
            );
        }

        if (string.IsNullOrEmpty(url.DatabaseName))
        {
            throw new SettingException(
                "Setting ConnectionStrings:Store names no database; "
                    + "write mongodb://host:27017/surveys?replicaSet=rs0."
            );
        }
    }
}
