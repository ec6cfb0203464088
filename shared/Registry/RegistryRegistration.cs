using System.Resources;
using CustomerService.Messaging;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerService.Registry;

/// <summary>Set-up of the copies in a service: a line each for its tables, its consumers and its look-up.</summary>
public static class RegistryRegistration
{
    /// <summary>Adds <see cref="RegistryLookup"/> on the service's store, and the texts of its refusals.</summary>
    public static IServiceCollection AddRegistry<TDb>(this IServiceCollection services)
        where TDb : ServiceDbContext
    {
        services.TryAddScoped(provider => new RegistryStore(provider.GetRequiredService<TDb>()));
        services.TryAddSingleton<RegistryQuestions>();
        services.TryAddScoped(provider => new RegistryLookup(
            provider.GetRequiredService<RegistryStore>(),
            provider.GetRequiredService<RegistryQuestions>()
        ));
        services.TryAddScoped<RegistryMoves>();
        services.TryAddScoped<IOrganisationMoves>(provider => provider.GetRequiredService<RegistryLookup>());
        return services.AddSingleton(RegistryTexts.Manager);
    }

    /// <summary>Adds the tables. Call it in the service's <c>OnModelCreating</c>.</summary>
    public static ModelBuilder AddRegistry(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model
            .ApplyConfiguration(new OrganisationCopyMapping())
            .ApplyConfiguration(new ProjectCopyMapping())
            .ApplyConfiguration(new PersonCopyMapping())
            .AddDepartments()
            .AddMovedReferences();
    }

    /// <summary>Adds the table of departments, for a service that only names them.</summary>
    public static ModelBuilder AddDepartments(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.ApplyConfiguration(new DepartmentCopyMapping());
    }

    /// <summary>Adds the table of what merges moved, for a service that has no copies.</summary>
    public static ModelBuilder AddMovedReferences(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.ApplyConfiguration(new MovedReferenceMapping());
    }

    /// <summary>Adds the consumers that keep the copies, each with a queue of its own.</summary>
    public static MessagingBuilder ConsumeRegistry(this MessagingBuilder bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        return bus.Consume<TrackOrganisations>().Consume<TrackProjects>().Consume<TrackPeople>().ConsumeDepartments();
    }

    /// <summary>Adds the consumer that keeps the departments alone.</summary>
    public static MessagingBuilder ConsumeDepartments(this MessagingBuilder bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        return bus.Consume<TrackDepartments>();
    }
}

/// <summary>Texts of the refusals of rule S3, for people.</summary>
public static class RegistryTexts
{
    /// <summary>In three languages.</summary>
    public static ResourceManager Manager { get; } =
        new("CustomerService.Registry.Resources.Texts", typeof(RegistryTexts).Assembly);
}
