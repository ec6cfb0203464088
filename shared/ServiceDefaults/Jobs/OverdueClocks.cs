using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerService.ServiceDefaults;

/// <summary>A clock of a service that can run out, and the records of which it has.</summary>
/// <param name="Name">Its name among the figures, <c>kebab-case</c>.</param>
/// <param name="CountAsync">Counts the records.</param>
internal sealed record OverdueClock(
    string Name,
    Func<IServiceProvider, CompanyClock, CancellationToken, Task<long>> CountAsync
);

/// <summary>Registration of what is shown as overdue.</summary>
public static class OverdueClocks
{
    /// <summary>Shows once a minute how many records are overdue, as <c>records.overdue</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">Name of the clock, <c>kebab-case</c>.</param>
    /// <param name="overdue">The rule's own expression of what is overdue; an index serves it.</param>
    public static IServiceCollection AddOverdueClock<TDb, TRecord>(
        this IServiceCollection services,
        string name,
        Func<TDb, CompanyClock, IQueryable<TRecord>> overdue
    )
        where TDb : DbContext
    {
        services.AddSingleton(
            new OverdueClock(
                name,
                async (scope, clock, cancellation) =>
                    await overdue(scope.GetRequiredService<TDb>(), clock).LongCountAsync(cancellation)
            )
        );
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OverdueWatch>());
        return services;
    }
}

/// <summary>Counts what is overdue.</summary>
internal sealed class OverdueWatch(
    IServiceScopeFactory scopes,
    IEnumerable<OverdueClock> clocks,
    CompanyClock company,
    ILogger<OverdueWatch> log
) : PeriodicJob(TimeSpan.FromMinutes(1), company.Time, log, first: TimeSpan.FromSeconds(20))
{
    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var clock in clocks)
        {
            JobTelemetry.Counted(clock.Name, await clock.CountAsync(scope.ServiceProvider, company, stoppingToken));
        }
    }
}
