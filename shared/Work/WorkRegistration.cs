using System.Resources;
using CustomerService.Contracts;
using CustomerService.Contracts.Work;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Work;

/// <summary>Set-up of the work lists in a service.</summary>
public static class WorkRegistration
{
    /// <summary>Adds the work lists on the service's PostgreSQL store.</summary>
    /// <typeparam name="TDb">The store.</typeparam>
    /// <typeparam name="TEvent">The service's event that announces the steps of records.</typeparam>
    public static IServiceCollection AddWork<TDb, TEvent>(this IServiceCollection services)
        where TDb : ServiceDbContext
        where TEvent : IWorkChangedEvent
    {
        services.AddScoped<IWorkStore, EfWorkStore<TDb>>();
        return services.AddWork<TEvent>(Unavailability.Is);
    }

    /// <summary>The same for a store that brings an <see cref="IWorkStore"/> of its own.</summary>
    /// <typeparam name="TEvent">The service's event that announces the steps of records.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="isAway">Whether the store cannot be reached at all.</param>
    public static IServiceCollection AddWork<TEvent>(this IServiceCollection services, Func<Exception, bool> isAway)
        where TEvent : IWorkChangedEvent =>
        services
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<RefreshWork>(provider, isAway))
            .AddHostedService(provider => provider.GetRequiredService<RefreshWork>())
            .AddHostedService<WatchOverdueWork>()
            .AddSingleton<IWorkAnnouncer>(new Announcer(EventNames.Of(typeof(TEvent))))
            .AddSingleton(WorkTexts.Manager)
            .AddSingleton<IValidator<AssignmentEndpoints.Request>, AssignmentEndpoints.Validator>()
            .AddSingleton<IValidator<WorkEndpoints.SnoozeRequest>, WorkEndpoints.SnoozeValidator>();

    private sealed class Announcer(string eventName) : IWorkAnnouncer
    {
        public EventPart Changed(Aggregate record, IReadOnlyList<WorkRow> rows)
        {
            var subject = record.WorkSubject!;
            return new(
                eventName,
                new(
                    record.Id,
                    record.Version,
                    record.Kind,
                    subject.Number,
                    subject.Title,
                    subject.Severity,
                    record.StateName,
                    record.Assignee is { } assignee ? new(assignee.PersonId, assignee.Name, assignee.Department) : null,
                    [
                        .. rows.Select(row => new WorkItem(
                            row.Action,
                            row.Alternatives,
                            row.Rule,
                            row.Takers,
                            row.Exceptions,
                            row.Missing,
                            row.WaitsFor,
                            row.DueAt == WorkRow.NoDue ? null : row.DueAt
                        )),
                    ]
                )
            );
        }
    }
}

/// <summary>Texts of the refusals of rules S1 and S2, for people.</summary>
public static class WorkTexts
{
    /// <summary>In three languages.</summary>
    public static ResourceManager Manager { get; } =
        new("CustomerService.Work.Resources.Texts", typeof(WorkTexts).Assembly);
}
