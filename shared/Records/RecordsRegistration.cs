using System.Linq.Expressions;
using System.Resources;
using CustomerService.Attachments;
using CustomerService.Contracts.Files.Grpc.V1;
using CustomerService.Mailing;
using CustomerService.Messaging;
using CustomerService.Records.Features;
using CustomerService.Records.Keeping;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Records;

/// <summary>The service whose records these are.</summary>
/// <param name="Service">Its name, as its events begin.</param>
internal sealed record RecordsOf(string Service);

internal sealed class PersonalDataLog(IRecordStore store) : IPersonalDataLog
{
    public void Add(PersonalDataExport export) => store.Add(export);
}

/// <summary>Set-up of what every record has: a line each for tables, consumers, store and routes.</summary>
public static class RecordsRegistration
{
    /// <summary>Adds the parts of records in the service's PostgreSQL store.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">Where files are kept, see <c>AddAttachments</c>, and where the other services
    /// are.</param>
    /// <param name="files">What the service says of files.</param>
    public static IServiceCollection AddRecords<TDb>(
        this IServiceCollection services,
        IConfiguration configuration,
        FileEvents files
    )
        where TDb : ServiceDbContext =>
        services
            .AddRecords(configuration, files)
            .AddScoped<IRecordStore, EfRecordStore<TDb>>()
            .AddScoped<IKeepingStore, EfKeepingStore<TDb>>()
            .AddPersonalData<TDb>();

    /// <summary>The same for a service that registers an <see cref="IRecordStore"/> of its own.</summary>
    public static IServiceCollection AddRecords(
        this IServiceCollection services,
        IConfiguration configuration,
        FileEvents files
    )
    {
        services.AddAttachments(configuration).AddSingleton(files);
        services.AddScoped<IPersonalDataLog, PersonalDataLog>();
        foreach (var owner in FileOwners.Services)
        {
            services.AddQuestions<FileContents.FileContentsClient>(FileOwners.ClientOf(owner), configuration, owner);
        }

        services.AddScoped<IFileServices, FileOwners>().AddScoped<ContentAdoption>();
        services.AddScoped(provider => new Files(
            provider.GetRequiredService<IRecordStore>(),
            provider.GetRequiredService<RecordsOf>(),
            provider.GetRequiredService<FileEvents>(),
            provider.GetRequiredService<IFileServices>(),
            provider.GetRequiredService<IBlobs>(),
            provider.GetRequiredService<Thumbnails>()
        ));
        services.AddScoped(provider => new NewFiles(
            provider.GetRequiredService<IRecordStore>(),
            provider.GetRequiredService<IKeepingStore>(),
            provider.GetRequiredService<FileIntake>(),
            provider.GetRequiredService<FileEvents>()
        ));
        services.AddSingleton<IValidator<FileOrderRequest>, FileOrderRequest.Validator>();
        services.AddSingleton<IValidator<RemoveFileRequest>, RemoveFileRequest.Validator>();

        // The name under which the service publishes.
        services.AddSingleton(provider => new RecordsOf(
            provider.GetRequiredService<IOptions<MessagingOptions>>().Value.Service
        ));
        services.AddSingleton<RecordKinds>();
        services.AddScoped(provider => new Links(
            provider.GetRequiredService<IRecordStore>(),
            provider.GetRequiredService<IKeepingStore>(),
            provider.GetRequiredService<RecordsOf>()
        ));
        services.AddScoped<RecordPeople>();
        services.AddSingleton<IValidator<NoteRequest>, NoteRequest.Validator>();
        services.AddSingleton<IValidator<StrikeRequest>, StrikeRequest.Validator>();
        services.AddSingleton<IValidator<TagRequest>, TagRequest.Validator>();
        services.AddSingleton<IValidator<LinkRequest>, LinkRequest.Validator>();
        services.AddScoped<IMarkedRecords, MarkedRecords>();
        var mail = MailOptions.Read(configuration);
        services.AddSingleton(mail).AddSingleton(new MailServer(mail)).AddScoped<Mails>();
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<SendMails>(provider, provider.GetRequiredService<KeepingOptions>().IsAway)
        );
        services.AddHostedService(provider => provider.GetRequiredService<SendMails>());
        return services.AddSingleton(RecordsTexts.Manager);
    }

    /// <summary>Keeps the closed records of these kinds until their day, and erases them afterwards (C8).</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">Section <c>Retention</c>, see <see cref="KeepingOptions"/>.</param>
    /// <param name="kinds">The kinds of records.</param>
    public static IServiceCollection AddRetention(
        this IServiceCollection services,
        IConfiguration configuration,
        IReadOnlyList<KeptKind> kinds
    )
    {
        services.AddOptions<KeepingOptions>().Bind(configuration.GetSection("Retention"));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<KeepingOptions>>().Value);
        services.AddSingleton(new KeptKinds(kinds));
        services.AddScoped(provider => new RecordKeeping(
            provider.GetRequiredService<IKeepingStore>(),
            provider.GetRequiredService<KeptKinds>(),
            provider.GetRequiredService<RecordsOf>(),
            provider.GetRequiredService<CommandContexts>(),
            provider.GetRequiredService<Thumbnails>(),
            provider.GetRequiredService<IFileServices>(),
            provider.GetRequiredService<ContentAdoption>(),
            provider.GetRequiredService<KeepingOptions>(),
            provider.GetRequiredService<ILogger<RecordKeeping>>()
        ));
        services.AddSingleton<IValidator<HoldRequest>, HoldRequest.Validator>();
        services.AddSingleton<IValidator<RetentionReason>, RetentionReason.Validator>();
        services.AddSingleton<IValidator<KeepLongerRequest>, KeepLongerRequest.Validator>();
        services.AddSingleton<IValidator<EraseDueRequest>, EraseDueRequest.Validator>();
        services.AddSingleton<NoteClosedRecords>().AddHostedService(p => p.GetRequiredService<NoteClosedRecords>());
        services.AddSingleton<DropErasedContents>().AddHostedService(p => p.GetRequiredService<DropErasedContents>());
        return services;
    }

    /// <summary>Maps how long records are kept, holds, erasing, and a person's data (C8). Called once a service.</summary>
    public static void MapRetention(this IEndpointRouteBuilder v1)
    {
        RetentionEntries.Map(v1);
        v1.MapPersonalData(v1.ServiceProvider.GetRequiredService<RecordsOf>().Service);
    }

    /// <summary>Shows what a module keeps of a record in its timeline: the steps of these aggregates.</summary>
    /// <param name="services">The services.</param>
    /// <param name="recordOf">The record that it belongs to.</param>
    public static IServiceCollection AddToTimelines<TPart>(
        this IServiceCollection services,
        Expression<Func<TPart, Guid>> recordOf
    )
        where TPart : Aggregate
    {
        ArgumentNullException.ThrowIfNull(recordOf);
        return services.AddSingleton(new TimelinePart((db, record) => Identities(db, recordOf, record)));
    }

    /// <summary>Adds the tables. Call it in the service's <c>OnModelCreating</c>.</summary>
    public static ModelBuilder AddRecords(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model
            .ApplyConfiguration(new NoteMapping())
            .ApplyConfiguration(new FollowerMapping())
            .ApplyConfiguration(new TagMapping())
            .ApplyConfiguration(new RecordLinkMapping())
            .ApplyConfiguration(new RecordFileMapping())
            .ApplyConfiguration(new OutgoingMailMapping())
            .ApplyConfiguration(new FileOrderMapping())
            .ApplyConfiguration(new FileCarryMapping())
            .ApplyConfiguration(new RetentionEntryMapping())
            .ApplyConfiguration(new PersonalDataExportMapping());
    }

    /// <summary>Adds the consumers that keep the links which other services announce, and the files which records
    /// take along.</summary>
    public static MessagingBuilder ConsumeRecordLinks(this MessagingBuilder bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        return bus.Consume<TrackLinks>().Consume<TrackFiles>();
    }

    /// <summary>Maps notes, followers, tags, links, files and timeline of a record in a PostgreSQL store.</summary>
    /// <param name="routes">The versioned routes of the service.</param>
    /// <param name="collection">Name of the collection in the address, for example <c>repair-orders</c>.</param>
    /// <param name="visible">Which records the actor sees.</param>
    /// <param name="number">The record's number; null where it has none.</param>
    /// <param name="outsidersSee">The actions of the flow table that customers and repair units see in the timeline;
    /// what nobody lists they do not.</param>
    public static MappedRecord MapRecords<TDb, TRecord>(
        this IEndpointRouteBuilder routes,
        string collection,
        Func<IQueryable<TRecord>, Actor, IQueryable<TRecord>> visible,
        Expression<Func<TRecord, string?>> number,
        params IReadOnlyList<Enum> outsidersSee
    )
        where TDb : ServiceDbContext
        where TRecord : Aggregate
    {
        var read = number.Compile();
        return routes.MapRecords(
            collection,
            typeof(TRecord).Name,
            async (services, actor, id, cancellation) =>
                await visible(services.GetRequiredService<TDb>().Set<TRecord>().AsNoTracking(), actor)
                    .FirstOrDefaultAsync(record => record.Id == id, cancellation)
                    is { } record
                    ? new FoundRecord(read(record))
                    : null,
            (db, id) => db.Set<TRecord>().Where(record => record.Id == id).Select(record => record.Id),
            outsidersSee
        );
    }

    /// <summary>The same for a record in another store.</summary>
    /// <param name="routes">The versioned routes of the service.</param>
    /// <param name="collection">Name of the collection in the address.</param>
    /// <param name="name">Name of the record in those of the operations, for example <c>RepairOrder</c>.</param>
    /// <param name="find">Finds a record that the actor sees; null where there is none.</param>
    /// <param name="outsidersSee">The actions that customers and repair units see in the timeline.</param>
    public static MappedRecord MapRecords(
        this IEndpointRouteBuilder routes,
        string collection,
        string name,
        FindRecord find,
        params IReadOnlyList<Enum> outsidersSee
    ) => routes.MapRecords(collection, name, find, null, outsidersSee);

    private static MappedRecord MapRecords(
        this IEndpointRouteBuilder routes,
        string collection,
        string name,
        FindRecord find,
        Func<DbContext, Guid, IQueryable<Guid>>? itself,
        IReadOnlyList<Enum> outsidersSee
    )
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(name);
        var service = routes.ServiceProvider.GetRequiredService<RecordsOf>().Service;
        var kind = new RecordKind(
            service,
            Spelling.Kebab(name),
            collection,
            name,
            find,
            itself,
            [.. outsidersSee.Select(action => Spelling.Kebab(action.ToString()))]
        );
        routes.ServiceProvider.GetRequiredService<RecordKinds>().Add(kind);
        new RecordNotes(kind).Map(routes);
        new RecordFollowers(kind).Map(routes);
        new RecordTags(kind).Map(routes);
        new RecordLinks(kind).Map(routes);
        new RecordFiles(kind).Map(routes);
        new RecordTimeline(kind).Map(routes);
        return new(kind);
    }

    /// <summary>Maps the question by which other services fetch the files that this one owns. Called once a
    /// service.</summary>
    public static void MapFileContents(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.MapGrpcService<FileContentQuestions>();
    }

    private static IQueryable<Guid> Identities<TPart>(DbContext db, Expression<Func<TPart, Guid>> recordOf, Guid record)
        where TPart : Aggregate
    {
        Expression<Func<Guid>> wanted = () => record;
        return db.Set<TPart>()
            .Where(
                Expression.Lambda<Func<TPart, bool>>(Expression.Equal(recordOf.Body, wanted.Body), recordOf.Parameters)
            )
            .Select(part => part.Id);
    }
}

/// <summary>Texts of the refusals of rule S2, for people.</summary>
public static class RecordsTexts
{
    /// <summary>In three languages.</summary>
    public static ResourceManager Manager { get; } =
        new("CustomerService.Records.Resources.Texts", typeof(RecordsTexts).Assembly);
}
