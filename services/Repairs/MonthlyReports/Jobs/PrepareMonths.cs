using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.MonthlyReports.Jobs;

/// <summary>Prepares the report of each month that is over (C3.1.3); any number of replicas may run it.</summary>
internal sealed class PrepareMonths(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    RepairsSettings settings,
    ILogger<PrepareMonths> log
) : PeriodicJob(settings.SweepEvery, contexts.Clock.Time, log, first: TimeSpan.FromMinutes(1))
{
    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<MonthPreparation>().PrepareAsync(stoppingToken) is not null)
        {
            await scope.ServiceProvider.GetRequiredService<ICommandStore>().CommitAsync(null, stoppingToken);
        }
    }
}
